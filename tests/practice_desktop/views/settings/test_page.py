import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.settings.page import SettingsPage
from practice_desktop.views.settings.portal_section import PortalSection
from practice_desktop.views.settings.practice_section import PracticeSection
from practice_desktop.views.tasks import Tasks
from tests.practice_desktop.views.hand import Answer


@pytest.fixture
def page(desk: Desk, tasks: Tasks, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(desk.practice, desk.mail_account, desk.mail_templates, tasks)
    qtbot.addWidget(page)
    page.resize(828, 700)
    page.show()
    return page


def test_it_begins_with_the_practice_and_names_every_section(page: SettingsPage) -> None:
    names = [page.sections.item(row).text() for row in range(page.sections.count())]
    assert names == ["Practice", "Portal", "Email", "Wording", "Staff"]
    assert isinstance(page.section, PracticeSection)


def test_the_arrows_go_through_the_sections(page: SettingsPage) -> None:
    page.sections.setFocus()
    QTest.keyClick(page.sections, Qt.Key.Key_Down)
    assert isinstance(page.section, PortalSection)
    assert page.section.isVisible()


@pytest.mark.parametrize("name", ["Practice", "Portal", "Email", "Wording", "Staff"])
def test_a_sentence_can_lead_to_each_section(page: SettingsPage, name: str) -> None:
    page.show_section(name)
    assert page.sections.currentItem().text() == name
    assert page.section.isVisible()


def test_what_is_typed_in_one_section_stays_while_another_is_shown(page: SettingsPage) -> None:
    section = page.section
    assert isinstance(section, PracticeSection)
    section.phone.setText("(207) 555-0199")
    page.show_section("Staff")
    page.show_section("Practice")
    assert page.section is section
    assert section.phone.text() == "(207) 555-0199"


def test_unsaved_edits_are_asked_about_before_the_page_is_left(
    page: SettingsPage, desk: Desk
) -> None:
    section = page.section
    assert isinstance(section, PracticeSection)
    assert page.may_leave()
    section.phone.setText("(207) 555-0199")
    page.show_section("Staff")
    asked = Answer("Cancel")
    assert not page.may_leave()
    assert "under Practice" in asked.asked
    assert page.section is section
    Answer("Save")
    assert page.may_leave()
    assert desk.practice.load().phone == "(207) 555-0199"
    section.phone.setText("")
    Answer("Discard changes")
    assert page.may_leave()
    assert section.phone.text() == "(207) 555-0199"


def test_a_refresh_shows_what_others_changed(page: SettingsPage, desk: Desk) -> None:
    section = page.section
    assert isinstance(section, PracticeSection)
    desk.practice.save(phone="(207) 555-0111")
    page.refresh()
    assert section.phone.text() == "(207) 555-0111"
