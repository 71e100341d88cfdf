from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.errors import PasswordStoreLocked
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.documentation import DocumentKey
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.clients.portal_tab import PortalTab
from practice_desktop.views.dialogs.add_address import AddAddressDialog
from practice_desktop.views.dialogs.came_back import CameBackDialog
from practice_desktop.views.dialogs.change_address import ChangeAddressDialog
from practice_desktop.views.dialogs.invite import InviteDialog
from practice_desktop.views.dialogs.manage_documentation import ManageDocumentationDialog
from practice_desktop.views.messages import MessageDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import Feature
from tests.practice_desktop.stand_ins import Clock
from tests.practice_desktop.views.hand import Answer, choose, entries, press, top_dialog

OpenTab = Callable[[int], PortalTab]


@pytest.fixture
def priya(desk: Desk) -> int:
    draft = ClientDraft("Priya", "Desai", email="priya.d@example.com", phone="(207) 555-0101")
    return desk.clients.add(draft)


@pytest.fixture
def open_tab(desk: Desk, tasks: Tasks, window: QMainWindow, qtbot: QtBot) -> OpenTab:
    tab = PortalTab(
        desk.portal_access, desk.documentation, desk.clients, desk.forms, desk.practice, tasks
    )
    window.setCentralWidget(tab)

    def show(client_id: int) -> PortalTab:
        tab.show_client(client_id)
        qtbot.waitUntil(tab.isVisible)
        return tab

    return show


def invite(desk: Desk, client_id: int, *titles: str, sent: bool = True) -> None:
    forms = [form.id for form in desk.forms.library() if form.title in titles]
    assert len(forms) == len(titles)
    features = (Feature.SECURE_MESSAGES,)
    desk.portal_access.invite(client_id, InvitationRequest(features, tuple(forms)))
    if sent:
        desk.sender.send_due()


def idle(qtbot: QtBot, tab: PortalTab, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)
    assert tab.access.isEnabled()


def test_a_client_who_is_not_invited_has_a_button_and_no_three_dots(
    open_tab: OpenTab, priya: int
) -> None:
    tab = open_tab(priya)
    assert tab.access.chip.text() == "Not invited"
    assert tab.access.more.isHidden()
    press(tab, "Invite to Portal")
    assert top_dialog(InviteDialog).windowTitle() == "Invite Priya Desai to the portal"


def test_inviting_without_an_address_asks_for_one_and_goes_on(
    open_tab: OpenTab, desk: Desk, qtbot: QtBot
) -> None:
    marcus = desk.clients.add(ClientDraft("Marcus", "Chen"))
    tab = open_tab(marcus)
    assert "no email address" in tab.access.why_not.text()
    press(tab, "Invite to Portal")
    asking = top_dialog(AddAddressDialog)
    asking.page.address.set_text("marcus@example.org")
    press(asking, "Continue")
    assert desk.clients.profile(marcus).draft.email == "marcus@example.org"
    assert top_dialog(InviteDialog).windowTitle() == "Invite Marcus Chen to the portal"


def test_a_sentence_about_settings_leads_there(
    open_tab: OpenTab, desk: Desk, priya: int, qtbot: QtBot
) -> None:
    desk.practice.save(portal_address="")
    tab = open_tab(priya)
    assert not tab.access.invite.isEnabled()
    with qtbot.waitSignal(tab.settings_wanted) as told:
        press(tab, "Open Settings")
    assert told.args == ["Portal"]


def test_an_invited_client_shows_facts_and_every_action_in_order(
    open_tab: OpenTab, desk: Desk, priya: int
) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    assert tab.access.chip.text() == "Invited"
    assert tab.access.chip.toolTip()
    assert tab.access.title_label.text() == "Portal invitation"
    assert list(entries(tab.access.more)) == [
        "Resend Invitation",
        "Copy invitation link",
        "Change email address…",
        "It came back…",
        "Delete",
    ]
    assert "ask Priya to search for Harbor Counseling" in tab.note.text()


def test_resend_is_off_while_the_invitation_waits_and_says_why(
    open_tab: OpenTab, desk: Desk, priya: int
) -> None:
    invite(desk, priya, sent=False)
    tab = open_tab(priya)
    resend = entries(tab.access.more)["Resend Invitation"]
    assert not resend.isEnabled()
    assert "not left yet" in resend.toolTip()


def test_resending_queues_the_invitation_once_more(
    open_tab: OpenTab, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    choose(tab.access.more, "Resend Invitation")
    idle(qtbot, tab, tasks)
    assert not entries(tab.access.more)["Resend Invitation"].isEnabled()
    assert "same link" in tab.access.confirmation.text()


def test_copying_the_link_puts_it_on_the_clipboard_and_says_until_when(
    open_tab: OpenTab, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    choose(tab.access.more, "Copy invitation link")
    idle(qtbot, tab, tasks)
    assert QGuiApplication.clipboard().text() == desk.portal_access.link(priya)
    until = dict(desk.portal_access.card(priya).facts)["Link works until"]
    assert until in tab.access.confirmation.text()


def test_the_menu_opens_by_keyboard(open_tab: OpenTab, desk: Desk, priya: int) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    tab.access.more.setFocus()
    opened: list[str] = []
    menu = tab.access.more.menu()
    menu.aboutToShow.connect(lambda: opened.append("shown"))
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    QTest.keyClick(tab.access.more, Qt.Key.Key_Space)
    assert opened == ["shown"]


def test_deleting_asks_and_kills_the_invitation(open_tab: OpenTab, desk: Desk, priya: int) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    question = desk.portal_access.delete_question(priya)
    kept = Answer("Cancel")
    choose(tab.access.more, "Delete")
    assert kept.asked == question
    assert tab.access.chip.text() == "Invited"
    Answer("Delete")
    choose(tab.access.more, "Delete")
    assert tab.access.chip.text() == "Not invited"


def test_what_came_back_stands_behind_details(open_tab: OpenTab, desk: Desk, priya: int) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    choose(tab.access.more, "It came back…")
    dialog = top_dialog(CameBackDialog)
    dialog.words.setPlainText("550 5.1.1 no such user")
    press(dialog, "Mark as not delivered")
    assert tab.access.chip.text() == "Not delivered"
    assert tab.access.problem.isVisible()
    assert tab.access.server_words.isHidden()
    press(tab, "Details")
    assert tab.access.server_words.text() == "550 5.1.1 no such user"
    assert tab.access.server_words.isVisible()


def test_a_changed_address_is_shown_at_once(
    open_tab: OpenTab, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    choose(tab.access.more, "Change email address…")
    dialog = top_dialog(ChangeAddressDialog)
    dialog.address.set_text("priya@example.org")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Change address")
    assert tab.access.chip.text() == "Queued"
    assert desk.clients.profile(priya).draft.email == "priya@example.org"


def test_an_active_client_is_disabled_and_enabled_again(
    open_tab: OpenTab, desk: Desk, priya: int, clock: Clock, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya)
    desk.portal_access.accept(priya, clock() + timedelta(hours=1))
    tab = open_tab(priya)
    assert tab.access.title_label.text() == "Portal access"
    assert list(entries(tab.access.more)) == [
        "Send password reset link",
        "Change email address…",
        "Disable Access",
    ]
    asked = Answer("Disable Access")
    choose(tab.access.more, "Disable Access")
    assert "signed out at once" in asked.asked
    assert tab.access.chip.text() == "Disabled"
    assert list(entries(tab.access.more)) == ["Enable Access"]
    choose(tab.access.more, "Enable Access")
    idle(qtbot, tab, tasks)
    assert tab.access.chip.text() == "Active"


def test_a_password_reset_says_to_call_the_number_on_file_first(
    open_tab: OpenTab, desk: Desk, priya: int, clock: Clock, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya)
    desk.portal_access.accept(priya, clock())
    tab = open_tab(priya)
    asked = Answer("Send link")
    choose(tab.access.more, "Send password reset link")
    assert asked.asked.startswith("Call Priya on the number on file first: (207) 555-0101.")
    idle(qtbot, tab, tasks)
    assert "on its way" in tab.access.confirmation.text()


def test_a_tick_saves_at_once_and_two_in_a_row_both_count(
    open_tab: OpenTab, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya)
    tab = open_tab(priya)
    for feature in (Feature.SECURE_MESSAGES, Feature.CLIENT_UPLOADS):
        box = tab.features.feature(feature).box
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
    idle(qtbot, tab, tasks)
    choices = desk.portal_access.card(priya).features
    assert [choice.feature for choice in choices if choice.ticked] == [Feature.CLIENT_UPLOADS]


def test_a_feature_that_the_practice_switched_off_says_so(
    open_tab: OpenTab, desk: Desk, priya: int
) -> None:
    desk.practice.save(offered=(Feature.SECURE_MESSAGES,))
    row = open_tab(priya).features.feature(Feature.CLIENT_UPLOADS)
    assert not row.box.isEnabled()
    assert row.note.text()


def test_a_refused_verb_says_why_and_leaves_everything_usable(
    open_tab: OpenTab,
    desk: Desk,
    priya: int,
    tasks: Tasks,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invite(desk, priya)
    tab = open_tab(priya)

    def refuse(_client_id: int) -> str:
        raise PasswordStoreLocked("The password store is locked. Unlock it and try again.")

    monkeypatch.setattr(desk.portal_access, "link", refuse)
    choose(tab.access.more, "Copy invitation link")
    idle(qtbot, tab, tasks)
    told = top_dialog(MessageDialog)
    assert told.sentence_label.text() == "The password store is locked. Unlock it and try again."
    press(told, "OK")


def test_documents_are_listed_and_removed_from_their_own_three_dots(
    open_tab: OpenTab, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya, "PHQ-9", "GAD-7")
    tab = open_tab(priya)
    assert [line.title for line in tab.documents.lines] == ["PHQ-9", "GAD-7"]
    phq = tab.documents.lines[0]
    assert list(entries(phq.more)) == ["Request again", "Remove"]
    asked = Answer("Remove")
    choose(phq.more, "Remove")
    assert "Earlier answers" in asked.asked
    assert [line.title for line in tab.documents.lines] == ["GAD-7"]
    assert tab.earlier.isHidden()


def test_requesting_again_makes_a_fresh_request(
    open_tab: OpenTab, desk: Desk, priya: int, clock: Clock, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya, "PHQ-9")
    before = desk.documentation.documents(priya)[0].id
    tab = open_tab(priya)
    choose(tab.documents.lines[0].more, "Request again")
    idle(qtbot, tab, tasks)
    (document,) = desk.documentation.documents(priya)
    assert document.id != before
    assert "PHQ-9 was requested again" in tab.access.confirmation.text()


def test_nothing_requested_yet_says_what_to_do(open_tab: OpenTab, priya: int) -> None:
    tab = open_tab(priya)
    assert tab.documents.empty.isVisible()
    assert "Manage Documentation" in tab.documents.empty.sentence_label.text()


def test_manage_documentation_opens(
    open_tab: OpenTab, desk: Desk, priya: int, qtbot: QtBot
) -> None:
    tab = open_tab(priya)
    press(tab, "Manage Documentation")
    dialog = top_dialog(ManageDocumentationDialog)
    assert dialog.windowTitle() == "Manage Documentation"
    dialog.reject()


def test_a_notification_that_was_asked_for_is_confirmed(
    open_tab: OpenTab, desk: Desk, priya: int, tasks: Tasks, qtbot: QtBot
) -> None:
    invite(desk, priya, "PHQ-9")
    tab = open_tab(priya)
    press(tab, "Manage Documentation")
    dialog = top_dialog(ManageDocumentationDialog)
    press(dialog, "GAD-7")
    press(dialog, "Continue")
    press(dialog, "Save & Send Notification")
    idle(qtbot, tab, tasks)
    assert tab.access.confirmation.text() == "Saved, and Priya gets an e-mail."


def test_a_refresh_without_a_change_keeps_the_lines_and_the_focus(
    open_tab: OpenTab, desk: Desk, priya: int
) -> None:
    invite(desk, priya, "PHQ-9")
    tab = open_tab(priya)
    line = tab.documents.lines[0]
    line.more.setFocus()
    tab.refresh()
    assert tab.documents.lines[0] is line
    assert line.more.hasFocus()


def test_a_change_by_somebody_else_is_shown_by_a_refresh(
    open_tab: OpenTab, desk: Desk, priya: int
) -> None:
    tab = open_tab(priya)
    phq = next(form.id for form in desk.forms.library() if form.title == "PHQ-9")
    desk.documentation.save(priya, [DocumentKey(form_id=phq)], baseline=[], notify=False)
    tab.refresh()
    assert [line.title for line in tab.documents.lines] == ["PHQ-9"]
