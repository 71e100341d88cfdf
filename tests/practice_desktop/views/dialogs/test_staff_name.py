import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.staff_name import StaffNameDialog
from tests.practice_desktop.views.hand import press


@pytest.fixture
def dialog(window: QMainWindow, desk: Desk) -> StaffNameDialog:
    dialog = StaffNameDialog(window, desk.practice)
    dialog.open()
    return dialog


def test_a_name_is_added_and_told(dialog: StaffNameDialog, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.name, "  Robin   Li ")
    with qtbot.waitSignal(dialog.added) as added:
        press(dialog, "Add")
    assert added.args == ["Robin Li"]
    assert "Robin Li" in desk.practice.staff()


def test_no_name_is_told_beside_the_field(dialog: StaffNameDialog) -> None:
    press(dialog, "Add")
    assert dialog.field.error
    assert dialog.isVisible()
