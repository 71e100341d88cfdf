from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.add_address import AddAddressDialog


def test_only_a_valid_address_closes_it(desk: Desk, window: QMainWindow, qtbot: QtBot) -> None:
    marcus = desk.clients.add(ClientDraft("Marcus", "Chen"))
    dialog = AddAddressDialog(window, marcus, desk.clients)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.page.address.field.error
    QTest.keyClicks(dialog.page.address.editor, "marcus@example.org")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.page.address.editor, Qt.Key.Key_Return)
    assert desk.clients.profile(marcus).draft.email == "marcus@example.org"
