import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.settings.wording_section import WordingSection
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import MessageKind
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def section(desk: Desk, tasks: Tasks, qtbot: QtBot) -> WordingSection:
    section = WordingSection(desk.mail_templates, desk.practice, tasks)
    qtbot.addWidget(section)
    section.show()
    return section


def shown(section: WordingSection) -> str:
    return section.preview.body.toPlainText()


def test_it_opens_on_the_invitation_with_what_a_client_reads(section: WordingSection) -> None:
    assert section.subject.text() == "{{ practice_name }} invites you to its client portal"
    assert section.text.toPlainText().startswith("Hello")
    assert not section.edited
    assert "Hello Jonas," in shown(section)
    assert "Accept invitation" in shown(section)
    assert "Harbor Counseling invites you" in section.preview.subject_label.text()


def test_the_preview_follows_what_is_typed(section: WordingSection, qtbot: QtBot) -> None:
    section.subject.setText("Welcome")
    section.text.setPlainText("Dear {{ first_name }}\n\n{{ link }}")
    qtbot.waitUntil(lambda: "Dear Jonas" in shown(section))
    assert section.preview.subject_label.text() == "Subject Welcome"


def test_problems_are_told_with_their_line_and_the_last_good_preview_stays(
    section: WordingSection, qtbot: QtBot
) -> None:
    section.text.setPlainText("Dear {{ frist_name }}\n\n{{ link }}\n{{ clinician }}")
    qtbot.waitUntil(lambda: bool(section.error("body")))
    first, second = section.error("body").splitlines()
    assert first.startswith("Line 1 of the text: There is no variable frist_name")
    assert second.startswith("Line 4 of the text: There is no variable clinician")
    assert "Hello Jonas," in shown(section)
    section.subject.setText("{{ code }}")
    qtbot.waitUntil(lambda: bool(section.error("subject")))


def test_a_broken_wording_is_not_saved_and_stays_typed(section: WordingSection, desk: Desk) -> None:
    section.text.setPlainText("No link")
    press(section, "Save")
    assert "Not saved" in section.bar.message.text()
    assert section.error("body")
    assert section.text.toPlainText() == "No link"
    assert not desk.mail_templates.wording(MessageKind.INVITATION).own


def test_an_own_wording_is_saved_and_the_shipped_one_can_come_back(
    section: WordingSection, desk: Desk
) -> None:
    section.subject.setText("Welcome")
    press(section, "Save")
    assert desk.mail_templates.wording(MessageKind.INVITATION).subject == "Welcome"
    assert not section.edited
    Answer("Restore")
    press(section, "Restore the shipped wording")
    assert not desk.mail_templates.wording(MessageKind.INVITATION).own
    assert section.subject.text().startswith("{{ practice_name }}")
    assert not section.restore.isVisible()


def test_a_variable_is_put_where_the_cursor_stands(section: WordingSection, desk: Desk) -> None:
    section.text.setPlainText("")
    press(section, "practice_phone")
    assert section.text.toPlainText() == "{{ practice_phone }}"
    assert {button.text() for button in section.variables} == set(
        desk.mail_templates.variables(MessageKind.INVITATION)
    )


def test_the_discreet_e_mail_can_be_seen(section: WordingSection) -> None:
    press(section, "Show the discreet e-mail")
    assert section.preview.subject_label.text() == "Subject You have an invitation"
    assert "Harbor" not in section.preview.from_label.text()


def test_another_e_mail_asks_first_about_what_is_not_saved(section: WordingSection) -> None:
    section.subject.setText("Welcome")
    Answer("Cancel")
    section.kind.setCurrentIndex(1)
    assert section.kind.currentText() == "Invitation"
    assert section.subject.text() == "Welcome"
    Answer("Discard changes")
    section.kind.setCurrentIndex(1)
    assert section.kind.currentText() == "Notification"
    assert section.subject.text() == "{{ practice_name }}: something new in your portal"
    assert section.may_leave()


def test_leaving_can_save(section: WordingSection, desk: Desk) -> None:
    section.subject.setText("Welcome")
    Answer("Save")
    assert section.may_leave()
    assert desk.mail_templates.wording(MessageKind.INVITATION).subject == "Welcome"


def test_a_wording_changed_by_somebody_else_is_said(section: WordingSection, desk: Desk) -> None:
    desk.mail_templates.save(MessageKind.INVITATION, "Theirs", "{{ link }}")
    section.subject.setText("Mine")
    press(section, "Save")
    assert "Somebody else changed this wording" in section.bar.message.text()
    assert section.subject.text() == "Mine"


def test_undo_and_refresh_show_what_is_in_force(section: WordingSection, desk: Desk) -> None:
    section.subject.setText("Mine")
    section.refresh()
    assert section.subject.text() == "Mine"
    press(section, "Undo")
    desk.mail_templates.save(MessageKind.INVITATION, "Theirs", "{{ link }}")
    section.refresh()
    assert section.subject.text() == "Theirs"
