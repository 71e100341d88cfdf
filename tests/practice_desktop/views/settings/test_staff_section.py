import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.settings.staff_section import StaffSection
from tests.practice_desktop.views.hand import Answer, button, press


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> StaffSection:
    desk.practice.add_staff("Dana")
    section = StaffSection(desk.practice)
    qtbot.addWidget(section)
    section.show()
    return section


def test_a_name_is_added_with_enter(section: StaffSection, desk: Desk) -> None:
    QTest.keyClicks(section.name, "Robin")
    QTest.keyClick(section.name, Qt.Key.Key_Return)
    assert desk.practice.staff() == ("Dana", "Robin")
    assert section.name.text() == ""


def test_a_name_in_the_list_already_is_told_beside_the_field(section: StaffSection) -> None:
    section.name.setText("dana")
    press(section, "Add")
    assert "in the list already" in section.field.error
    assert section.name.text() == "dana"


def test_removing_asks_first(section: StaffSection, desk: Desk) -> None:
    assert not button(section, "Remove").isEnabled()
    section.names.setCurrentRow(0)
    asked = Answer("Cancel")
    press(section, "Remove")
    assert "History keeps the name" in asked.asked
    assert desk.practice.staff() == ("Dana",)
    Answer("Remove")
    press(section, "Remove")
    assert desk.practice.staff() == ()
    assert section.nobody.isVisible()
    assert not section.names.isVisible()
