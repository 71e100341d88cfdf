"""Settings > Email against a real mail server on loopback."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.errors import PasswordStoreLocked
from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.services.mail_account import MailAccount
from practice_desktop.views.settings.email_section import EmailSection
from practice_desktop.views.tasks import Tasks
from practice_desktop.wiring import Program, open_program
from tests.mail_server import MailCatcher, make_certificates
from tests.practice_desktop.stand_ins import Clock, MemorySecrets
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def program(tmp_path: Path, clock: Clock, password_store: MemorySecrets) -> Iterator[Program]:
    opened = open_program(tmp_path, secrets=password_store, transport=SmtpTransport(), clock=clock)
    opened.desk.practice.save(name="Harbor Counseling")
    yield opened
    opened.close()


@pytest.fixture
def account(program: Program) -> MailAccount:
    return program.desk.mail_account


@pytest.fixture
def section(account: MailAccount, tasks: Tasks, qtbot: QtBot) -> EmailSection:
    section = EmailSection(account, tasks)
    qtbot.addWidget(section)
    section.show()
    return section


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[MailCatcher]:
    with MailCatcher(make_certificates(tmp_path / "certificates")) as catcher:
        yield catcher


def type_account(section: EmailSection, catcher: MailCatcher) -> None:
    server = catcher.server()
    form = section.form
    form.provider.setCurrentIndex(form.provider.findText("Other"))
    form.security.setCurrentIndex(form.security.findData(server.security))
    form.host.setText(server.host)
    form.port.setValue(server.port)
    form.user.setText(server.user)
    form.password.setText(catcher.password)
    form.from_address.set_text(server.user)
    form.ca_file.setText(server.ca_file)


def save(section: EmailSection, qtbot: QtBot) -> None:
    with qtbot.waitSignal(section.saved):
        press(section, "Save")


def test_what_is_typed_is_saved_and_the_password_leaves_the_screen(
    section: EmailSection, account: MailAccount, catcher: MailCatcher, qtbot: QtBot
) -> None:
    assert not section.bar.save.isEnabled()
    type_account(section, catcher)
    save(section, qtbot)
    stored = account.load()
    assert stored is not None
    assert stored.host == "127.0.0.1"
    assert account.password() == catcher.password
    assert section.form.password.text() == ""
    assert not section.bar.save.isEnabled()
    assert section.bar.message.text() == "Saved."


def test_a_test_message_saves_first_and_tells_each_step(
    section: EmailSection, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    section.recipient.set_text("dana@harbor.example")
    with qtbot.waitSignal(section.tested, timeout=10_000) as tested:
        press(section, "Send test message")
    assert tested.args == [True]
    assert section.steps.words() == ["Done"] * 4
    assert [mail.recipient for mail in catcher.mails] == ["dana@harbor.example"]
    assert "accepted the test message" in section.result.text()


def test_after_a_test_message_the_focus_is_on_its_button_again(
    section: EmailSection, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    section.recipient.set_text("dana@harbor.example")
    section.activateWindow()
    section.send_test.setFocus()
    qtbot.waitUntil(section.send_test.hasFocus)
    with qtbot.waitSignal(section.tested, timeout=10_000):
        press(section, "Send test message")
        assert not section.send_test.hasFocus()
    assert section.send_test.hasFocus()


def test_a_wrong_password_is_told_at_its_step(
    section: EmailSection, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    section.form.password.setText("wrong")
    section.recipient.set_text("dana@harbor.example")
    with qtbot.waitSignal(section.tested, timeout=10_000):
        press(section, "Send test message")
    assert section.steps.words() == ["Done", "Done", "Failed", "Not tried"]
    assert "user name or password" in section.steps.sentences["Signed in"].text()
    assert len(catcher.attempts) == 1
    assert section.send_test.isEnabled()


def test_what_cannot_be_saved_stands_beside_its_field_and_stays_typed(
    section: EmailSection, account: MailAccount, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    section.form.from_address.set_text("nobody")
    with qtbot.waitSignal(section.refused):
        press(section, "Save")
    assert section.form.fields["from_address"].error
    assert section.form.password.text() == catcher.password
    assert account.load() is None
    assert section.bar.save.isEnabled()


def test_a_locked_password_store_is_said_and_nothing_is_lost(
    section: EmailSection,
    account: MailAccount,
    catcher: MailCatcher,
    password_store: MemorySecrets,
    qtbot: QtBot,
) -> None:
    type_account(section, catcher)
    password_store.trouble = PasswordStoreLocked("The password store is locked.")
    with qtbot.waitSignal(section.refused):
        press(section, "Save")
    assert section.bar.message.text() == "The password store is locked."
    assert section.form.host.text() == "127.0.0.1"
    assert account.load() is None


def test_a_recipient_that_cannot_be_is_said_beside_the_field(
    section: EmailSection, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    save(section, qtbot)
    section.recipient.set_text("nobody")
    with qtbot.waitSignal(section.tested):
        press(section, "Send test message")
    assert section.recipient.field.error
    assert not section.steps.isVisible()


def test_undo_brings_back_what_is_saved(
    section: EmailSection, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    save(section, qtbot)
    section.form.host.setText("smtp.other.example")
    section.form.password.setText("x")
    press(section, "Undo")
    assert section.form.host.text() == "127.0.0.1"
    assert section.form.password.text() == ""
    assert section.may_leave()


def test_unsaved_edits_are_asked_about_before_they_are_left(
    section: EmailSection, account: MailAccount, catcher: MailCatcher
) -> None:
    assert section.may_leave()
    type_account(section, catcher)
    question = Answer("Cancel")
    assert not section.may_leave()
    assert "not saved" in question.asked
    Answer("Save")
    assert section.may_leave()
    assert account.load() is not None
    section.form.host.setText("smtp.other.example")
    Answer("Discard changes")
    assert section.may_leave()
    assert section.form.host.text() == "127.0.0.1"


def test_a_save_on_leaving_that_is_refused_keeps_the_person_here(
    section: EmailSection, catcher: MailCatcher
) -> None:
    type_account(section, catcher)
    section.form.host.setText("")
    Answer("Save")
    assert not section.may_leave()
    assert section.form.fields["host"].error


def test_refreshing_keeps_what_is_typed_and_shows_what_others_saved(
    section: EmailSection, account: MailAccount, catcher: MailCatcher, qtbot: QtBot
) -> None:
    type_account(section, catcher)
    section.refresh()
    assert section.form.host.text() == "127.0.0.1"
    save(section, qtbot)
    loaded = account.load()
    assert loaded is not None
    account.save(replace(loaded, sender_name="Front desk"), None)
    section.refresh()
    assert section.form.sender_name.text() == "Front desk"
