import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.settings.practice_section import PracticeSection
from practice_desktop.vocabulary import Feature
from tests.practice_desktop.views.hand import press


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> PracticeSection:
    section = PracticeSection(desk.practice)
    qtbot.addWidget(section)
    section.show()
    return section


def test_save_and_undo_are_off_until_something_is_edited(section: PracticeSection) -> None:
    assert not section.bar.save.isEnabled()
    section.name.setText("Harbor Counseling Group")
    assert section.bar.save.isEnabled()
    press(section, "Undo")
    assert section.name.text() == "Harbor Counseling"
    assert not section.bar.save.isEnabled()


def test_everything_edited_is_saved(section: PracticeSection, desk: Desk) -> None:
    section.name.setText("Harbor Counseling Group")
    section.phone.setText("(207) 555-0199")
    section.link_days.setValue(21)
    section.offered[Feature.APPOINTMENT_REQUESTS].box.setChecked(False)
    section.defaults[Feature.CLIENT_UPLOADS].box.setChecked(True)
    section.hold.box.setChecked(True)
    press(section, "Save")
    row = desk.practice.load()
    assert (row.name, row.phone, row.link_days) == (
        "Harbor Counseling Group",
        "(207) 555-0199",
        21,
    )
    assert Feature.APPOINTMENT_REQUESTS not in row.offered
    assert Feature.CLIENT_UPLOADS in row.defaults
    assert row.hold_new_messages
    assert section.bar.message.text() == "Saved."


def test_what_the_practice_does_not_offer_cannot_come_ticked(section: PracticeSection) -> None:
    section.offered[Feature.SECURE_MESSAGES].box.setChecked(False)
    row = section.defaults[Feature.SECURE_MESSAGES]
    assert not row.box.isEnabled()
    assert row.note.text() == "The practice does not offer it."
    section.offered[Feature.SECURE_MESSAGES].box.setChecked(True)
    assert row.box.isEnabled()


def test_what_cannot_be_saved_stays_with_the_reason_beside_it(
    section: PracticeSection, desk: Desk
) -> None:
    section.name.setText("Harbor\u202eCounseling")
    press(section, "Save")
    assert section.error("name")
    assert section.name.text()
    assert desk.practice.load().name == "Harbor Counseling"


def test_somebody_elses_change_is_shown_under_ones_own_and_not_overwritten(
    section: PracticeSection, desk: Desk
) -> None:
    section.phone.setText("(207) 555-0199")
    desk.practice.save(name="Harbor Counseling Group")
    section.refresh()
    press(section, "Save")
    assert "Somebody else" in section.bar.message.text()
    assert section.phone.text() == "(207) 555-0199"
    assert section.name.text() == "Harbor Counseling Group"
    assert desk.practice.load().phone == "(207) 555-0140"
    press(section, "Save")
    row = desk.practice.load()
    assert (row.name, row.phone) == ("Harbor Counseling Group", "(207) 555-0199")
