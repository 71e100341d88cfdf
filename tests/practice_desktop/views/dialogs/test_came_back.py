import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.dialogs.came_back import CameBackDialog
from practice_desktop.vocabulary import PortalStatus
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def priya(desk: Desk) -> int:
    priya = desk.clients.add(ClientDraft("Priya", "Desai", email="priya@example.com"))
    desk.portal_access.invite(priya, InvitationRequest(()))
    desk.sender.send_due()
    return priya


def test_what_was_pasted_is_kept_with_the_invitation(
    desk: Desk, priya: int, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = CameBackDialog(window, priya, "priya@example.com", desk.portal_access)
    dialog.open()
    QTest.keyClicks(dialog.words, "mailbox full")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Mark as not delivered")
    card = desk.portal_access.card(priya)
    assert (card.status, card.problem) == (PortalStatus.NOT_DELIVERED, "mailbox full")


def test_it_stays_open_with_the_reason_where_it_is_not_possible(
    desk: Desk, priya: int, window: QMainWindow
) -> None:
    dialog = CameBackDialog(window, priya, "priya@example.com", desk.portal_access)
    dialog.open()
    desk.portal_access.delete(priya)
    dialog.words.setPlainText("mailbox full")
    press(dialog, "Mark as not delivered")
    assert dialog.isVisible()
    assert "Nothing was changed" in dialog.error_label.text()
    assert dialog.words.toPlainText() == "mailbox full"


def test_leaving_what_was_pasted_asks_first(
    desk: Desk, priya: int, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = CameBackDialog(window, priya, "priya@example.com", desk.portal_access)
    dialog.open()
    dialog.words.setPlainText("mailbox full")
    Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.portal_access.card(priya).status is PortalStatus.INVITED
