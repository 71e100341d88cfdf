from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.add_address import AddAddressDialog
from practice_desktop.views.dialogs.invite import InviteDialog
from practice_desktop.views.dialogs.mail_preview import MailPreviewDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import PortalStatus
from tests.practice_desktop.views.hand import Answer, button, press, top_dialog

OpenInvitation = Callable[..., InviteDialog]


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Ada", "Brennan", email="ada.brennan@example.org"))


@pytest.fixture
def wen(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Wen", "Huang", email="wen.huang@example.com"))


@pytest.fixture
def marcus(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Marcus", "Chen"))


@pytest.fixture
def open_invitation(desk: Desk, tasks: Tasks, window: QMainWindow, qtbot: QtBot) -> OpenInvitation:
    def open_dialog(*client_ids: int) -> InviteDialog:
        dialog = InviteDialog(
            window,
            client_ids,
            desk.clients,
            desk.portal_access,
            desk.documentation,
            desk.forms,
            desk.practice,
            tasks,
        )
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return open_dialog


def test_one_client_goes_straight_to_features_and_forms(
    open_invitation: OpenInvitation, desk: Desk, ada: int, qtbot: QtBot
) -> None:
    dialog = open_invitation(ada)
    assert dialog.windowTitle() == "Invite Ada Brennan to the portal"
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.portal_access.card(ada).status is PortalStatus.QUEUED


def test_what_was_prepared_for_the_client_comes_ticked(
    open_invitation: OpenInvitation, desk: Desk, ada: int
) -> None:
    phq = next(item for item in desk.documentation.checklist(ada) if item.title == "PHQ-9")
    desk.documentation.save(ada, [phq.key], baseline=[], notify=False)
    assert open_invitation(ada).features_page.request().form_ids == (phq.key.form_id,)


def test_several_are_reviewed_invited_and_told_how_it_came_out(
    open_invitation: OpenInvitation, desk: Desk, ada: int, marcus: int, wen: int, qtbot: QtBot
) -> None:
    dialog = open_invitation(ada, marcus, wen)
    assert dialog.windowTitle() == "Invite 3 clients to the portal"
    assert "2 clients will be invited. 1 client will be left out." in (
        dialog.review_page.summary.text()
    )
    press(dialog, "Continue")
    press(dialog, "PHQ-9")
    press(dialog, "Send Invitation")
    qtbot.waitUntil(dialog.result_page.isVisible)
    assert "2 clients were invited. 1 client was left out." in dialog.result_page.summary.text()
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Close")
    for client_id in (ada, wen):
        assert desk.portal_access.card(client_id).status is PortalStatus.QUEUED
        assert [row.title for row in desk.documentation.documents(client_id)] == ["PHQ-9"]
    assert desk.portal_access.card(marcus).status is PortalStatus.NOT_INVITED


def test_a_missing_address_is_added_there_and_then(
    open_invitation: OpenInvitation, ada: int, marcus: int
) -> None:
    dialog = open_invitation(ada, marcus)
    press(dialog, "Add email address…")
    asking = top_dialog(AddAddressDialog)
    asking.page.address.set_text("marcus.chen@example.org")
    press(asking, "Continue")
    assert "2 clients will be invited." in dialog.review_page.summary.text()


def test_nobody_to_invite_leaves_continue_off(
    open_invitation: OpenInvitation, desk: Desk, ada: int, wen: int
) -> None:
    desk.practice.save(portal_address="")
    assert not button(open_invitation(ada, wen), "Continue").isEnabled()


def test_the_preview_is_of_somebody_who_is_invited(
    open_invitation: OpenInvitation, marcus: int, wen: int, tasks: Tasks, qtbot: QtBot
) -> None:
    dialog = open_invitation(marcus, wen)
    press(dialog, "Continue")
    press(dialog, "Preview email")
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "wen.huang@example.com" in top_dialog(MailPreviewDialog).pane.to_label.text()


def test_leaving_with_forms_chosen_asks_first(
    open_invitation: OpenInvitation, ada: int, qtbot: QtBot
) -> None:
    dialog = open_invitation(ada)
    press(dialog, "PHQ-9")
    Answer("Cancel")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        press(dialog, "Cancel")
