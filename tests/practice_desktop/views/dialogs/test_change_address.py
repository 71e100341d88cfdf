from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.dialogs.change_address import ChangeAddressDialog
from practice_desktop.views.tasks import Tasks
from tests.practice_desktop.stand_ins import Clock
from tests.practice_desktop.views.hand import Answer, button, press


@pytest.fixture
def priya(desk: Desk) -> int:
    priya = desk.clients.add(ClientDraft("Priya", "Desai", email="priya@example.com"))
    desk.portal_access.invite(priya, InvitationRequest(()))
    desk.sender.send_due()
    return priya


@pytest.fixture
def dialog(desk: Desk, priya: int, tasks: Tasks, window: QMainWindow) -> ChangeAddressDialog:
    dialog = ChangeAddressDialog(window, priya, desk.clients, desk.portal_access, tasks)
    dialog.open()
    return dialog


def test_it_says_what_happens_to_the_old_link(dialog: ChangeAddressDialog) -> None:
    assert "old address stops working at once" in dialog.consequence.text()


def test_it_says_what_happens_to_the_sessions_of_an_active_client(
    desk: Desk, priya: int, tasks: Tasks, window: QMainWindow, clock: Clock
) -> None:
    desk.portal_access.accept(priya, clock() + timedelta(hours=1))
    dialog = ChangeAddressDialog(window, priya, desk.clients, desk.portal_access, tasks)
    assert "signed out everywhere" in dialog.consequence.text()


def test_it_says_that_nothing_is_sent_to_a_disabled_client(
    desk: Desk, priya: int, tasks: Tasks, window: QMainWindow, clock: Clock
) -> None:
    desk.portal_access.accept(priya, clock())
    desk.portal_access.disable(priya)
    dialog = ChangeAddressDialog(window, priya, desk.clients, desk.portal_access, tasks)
    assert dialog.consequence.text().startswith("Nothing is sent, and access stays disabled.")


def test_typing_and_enter_change_it(
    dialog: ChangeAddressDialog, desk: Desk, priya: int, qtbot: QtBot
) -> None:
    assert not button(dialog, "Change address").isEnabled()
    QTest.keyClicks(dialog.address.editor, "priya@example.org")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.address.editor, Qt.Key.Key_Return)
    assert desk.clients.profile(priya).draft.email == "priya@example.org"


def test_a_slip_is_pointed_out_and_corrected_only_on_request(
    dialog: ChangeAddressDialog,
) -> None:
    dialog.address.set_text("priya@gmial.com")
    assert dialog.address.text() == "priya@gmial.com"
    press(dialog, "Did you mean priya@gmail.com?")
    assert dialog.address.text() == "priya@gmail.com"


def test_what_cannot_be_taken_is_told_beside_the_field(
    dialog: ChangeAddressDialog, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    dialog.address.set_text("priya@")
    press(dialog, "Change address")
    qtbot.waitUntil(lambda: not tasks.busy)
    assert dialog.address.field.error
    assert dialog.address.text() == "priya@"
    assert desk.clients.profile(priya).draft.email == "priya@example.com"


def test_leaving_a_typed_address_asks_first(dialog: ChangeAddressDialog, qtbot: QtBot) -> None:
    dialog.address.set_text("priya@example.org")
    Answer("Cancel")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
