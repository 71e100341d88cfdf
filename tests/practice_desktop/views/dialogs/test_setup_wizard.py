from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.errors import PasswordStoreLocked
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.dialogs.mail_preview import MailPreviewDialog
from practice_desktop.views.dialogs.setup_wizard import SetupWizard
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import ClientType, Feature, PortalStatus
from tests.practice_desktop.views.hand import Answer, button, press, top_dialog

OpenWizard = Callable[[], SetupWizard]


@pytest.fixture
def sam(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Samuel", "Grant"))


@pytest.fixture
def wizard(desk: Desk, sam: int, tasks: Tasks, window: QMainWindow, qtbot: QtBot) -> SetupWizard:
    wizard = SetupWizard(
        window,
        sam,
        desk.clients,
        desk.portal_access,
        desk.documentation,
        desk.forms,
        desk.practice,
        tasks,
    )
    wizard.open()
    qtbot.waitUntil(wizard.isVisible)
    return wizard


def fill_address(wizard: SetupWizard, address: str) -> None:
    wizard.email_page.address.set_text(address)


def test_the_whole_way_by_mouse_queues_an_invitation_with_what_was_ticked(
    wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot
) -> None:
    assert wizard.windowTitle() == "Set up Samuel Grant"
    fill_address(wizard, "s.grant@example.net")
    press(wizard, "Continue")
    press(wizard, "Invite to Portal")
    wizard.features_page.feature(Feature.SECURE_MESSAGES).box.setChecked(False)
    press(wizard, "PCL-5")
    with qtbot.waitSignal(wizard.accepted):
        press(wizard, "Send Invitation")
    card = desk.portal_access.card(sam)
    assert card.status is PortalStatus.QUEUED
    ticked = {choice.feature for choice in card.features if choice.ticked}
    assert Feature.SECURE_MESSAGES not in ticked
    assert Feature.APPOINTMENT_REQUESTS in ticked
    assert "PCL-5" in [row.title for row in desk.documentation.documents(sam)]
    assert not desk.clients.profile(sam).needs_setup


def test_the_whole_way_by_keyboard(wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot) -> None:
    assert wizard.focusWidget() is wizard.email_page.address.editor
    QTest.keyClicks(wizard.email_page.address.editor, "s.grant@example.net")
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    with qtbot.waitSignal(wizard.accepted):
        QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
    assert desk.portal_access.card(sam).status is PortalStatus.QUEUED


def test_not_now_finishes_setup_without_an_invitation(
    wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot
) -> None:
    fill_address(wizard, "s.grant@example.net")
    press(wizard, "Continue")
    with qtbot.waitSignal(wizard.accepted):
        press(wizard, "Not now")
    profile = desk.clients.profile(sam)
    assert not profile.needs_setup
    assert profile.draft.email == "s.grant@example.net"
    assert profile.status is PortalStatus.NOT_INVITED


def test_leaving_half_way_keeps_the_address(
    wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot
) -> None:
    fill_address(wizard, "s.grant@example.net")
    with qtbot.waitSignal(wizard.rejected):
        QTest.keyClick(wizard, Qt.Key.Key_Escape)
    profile = desk.clients.profile(sam)
    assert profile.draft.email == "s.grant@example.net"
    assert profile.needs_setup


def test_the_first_page_shows_a_way_out_that_keeps_the_address(
    wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot
) -> None:
    fill_address(wizard, "s.grant@example.net")
    with qtbot.waitSignal(wizard.rejected):
        press(wizard, "Finish later")
    profile = desk.clients.profile(sam)
    assert profile.draft.email == "s.grant@example.net"
    assert profile.needs_setup


def test_leaving_with_an_impossible_address_asks_first(
    wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot
) -> None:
    fill_address(wizard, "s.grant@")
    Answer("Cancel")
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()
    assert wizard.email_page.address.text() == "s.grant@"
    Answer("Leave")
    with qtbot.waitSignal(wizard.rejected):
        QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert desk.clients.profile(sam).draft.email == ""


def test_leaving_chosen_forms_asks_first(
    wizard: SetupWizard, desk: Desk, sam: int, qtbot: QtBot
) -> None:
    fill_address(wizard, "s.grant@example.net")
    press(wizard, "Continue")
    press(wizard, "Invite to Portal")
    press(wizard, "PCL-5")
    asked = Answer("Leave")
    with qtbot.waitSignal(wizard.rejected):
        QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert "The address is kept" in asked.asked
    assert desk.clients.profile(sam).draft.email == "s.grant@example.net"


def test_an_impossible_address_is_told_beside_the_field(wizard: SetupWizard) -> None:
    fill_address(wizard, "nobody")
    press(wizard, "Continue")
    assert wizard.email_page.address.field.error
    assert button(wizard, "Continue").isVisible()


def test_without_consent_to_mail_only_not_now_is_on(wizard: SetupWizard) -> None:
    fill_address(wizard, "s.grant@example.net")
    wizard.email_page.may_email.box.setChecked(False)
    press(wizard, "Continue")
    assert not button(wizard, "Invite to Portal").isEnabled()
    assert button(wizard, "Not now").isEnabled()
    press(wizard, "Back")
    wizard.email_page.may_email.box.setChecked(True)
    press(wizard, "Continue")
    assert button(wizard, "Invite to Portal").isEnabled()


def test_the_packet_of_the_client_type_comes_ticked(
    desk: Desk, sam: int, tasks: Tasks, window: QMainWindow
) -> None:
    forms = {form.title: form.id for form in desk.forms.library()}
    chosen = (forms["PHQ-9"], forms["GAD-7"])
    for packet in desk.forms.packets():
        desk.forms.delete_packet(packet.id)
    desk.forms.add_packet("New adult", chosen, ClientType.INDIVIDUAL)
    wizard = SetupWizard(
        window,
        sam,
        desk.clients,
        desk.portal_access,
        desk.documentation,
        desk.forms,
        desk.practice,
        tasks,
    )
    assert set(wizard.features_page.request().form_ids) == set(chosen)
    assert not wizard.features_page.edited


def test_the_preview_shows_what_will_leave(wizard: SetupWizard, tasks: Tasks, qtbot: QtBot) -> None:
    fill_address(wizard, "s.grant@example.net")
    press(wizard, "Continue")
    press(wizard, "Invite to Portal")
    press(wizard, "Preview email")
    qtbot.waitUntil(lambda: not tasks.busy)
    preview = top_dialog(MailPreviewDialog)
    assert "Harbor Counseling invites you" in preview.pane.subject_label.text()
    assert "s.grant@example.net" in preview.pane.to_label.text()


def test_a_failure_is_told_and_everything_chosen_stays(
    wizard: SetupWizard,
    desk: Desk,
    sam: int,
    tasks: Tasks,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_client_id: int, _request: InvitationRequest) -> None:
        raise PasswordStoreLocked("The password store is locked. Unlock it and try again.")

    fill_address(wizard, "s.grant@example.net")
    press(wizard, "Continue")
    press(wizard, "Invite to Portal")
    press(wizard, "PCL-5")
    with monkeypatch.context() as patch:
        patch.setattr(desk.portal_access, "invite", refuse)
        press(wizard, "Send Invitation")
        assert not button(wizard, "Send Invitation").isEnabled()
        qtbot.waitUntil(lambda: not tasks.busy)
    assert wizard.error_label.text().startswith("The password store is locked.")
    with qtbot.waitSignal(wizard.accepted):
        press(wizard, "Send Invitation")
    assert "PCL-5" in [row.title for row in desk.documentation.documents(sam)]


def test_markup_in_a_name_is_no_markup_in_the_tooltip_that_says_why_not(
    desk: Desk, tasks: Tasks, window: QMainWindow
) -> None:
    draft = ClientDraft('<img src="/etc/hosts">', "Grant", email="g@example.net", may_email=False)
    wizard = SetupWizard(
        window,
        desk.clients.add(draft),
        desk.clients,
        desk.portal_access,
        desk.documentation,
        desk.forms,
        desk.practice,
        tasks,
    )
    wizard.open()
    press(wizard, "Continue")
    tip = button(wizard, "Invite to Portal").toolTip()
    assert "has not agreed to be e-mailed" in tip
    assert "<img" not in tip
