from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.clients.portal_tab import PortalTab
from practice_desktop.views.clients.profile import (
    HISTORY,
    PORTAL,
    ClientProfilePane,
    describe,
)
from practice_desktop.views.dialogs.change_address import ChangeAddressDialog
from practice_desktop.views.dialogs.setup_wizard import SetupWizard
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import Feature
from tests.practice_desktop.stand_ins import Clock
from tests.practice_desktop.views.hand import Answer, choose, entries, press, top_dialog

SAMUEL = ClientDraft(
    "Samuel", "Grant", pronouns="he/him", date_of_birth=date(1989, 3, 14), email="sam@example.net"
)


@pytest.fixture
def samuel(desk: Desk) -> int:
    return desk.clients.add(SAMUEL)


@pytest.fixture
def pane(desk: Desk, samuel: int, tasks: Tasks, window: QMainWindow) -> ClientProfilePane:
    pane = ClientProfilePane(desk, tasks)
    window.setCentralWidget(pane)
    pane.show_client(samuel)
    return pane


def test_the_head_says_who_it_is_and_where_they_stand(pane: ClientProfilePane) -> None:
    assert pane.name_label.text() == "Samuel Grant"
    assert pane.line_label.text().startswith("New client · added ")
    assert pane.chip.accessibleName() == "Not invited"


def test_the_line_of_a_client_whose_setup_is_done(desk: Desk, samuel: int) -> None:
    desk.clients.finish_setup(samuel)
    profile = desk.clients.profile(samuel)
    today = date(2026, 11, 23)
    assert describe(profile, today) == "he/him · 37 · client since Nov 2026"
    bare = replace(profile, draft=ClientDraft("Samuel", "Grant"))
    assert describe(bare, today) == "Client since Nov 2026"


def test_tabs_are_made_when_they_are_first_looked_at(pane: ClientProfilePane) -> None:
    assert pane.findChild(PortalTab) is None
    pane.tabs.setCurrentIndex(PORTAL)
    assert pane.findChild(PortalTab) is not None
    pane.tabs.setCurrentIndex(HISTORY)
    assert [pane.tabs.tabText(index) for index in range(3)] == ["Details", "Portal", "History"]


def test_the_chip_follows_what_happens(pane: ClientProfilePane, desk: Desk, samuel: int) -> None:
    desk.portal_access.invite(samuel, InvitationRequest((Feature.SECURE_MESSAGES,)))
    pane.refresh()
    assert pane.chip.accessibleName() == "Queued"
    assert pane.chip.toolTip()


def test_start_setup_opens_the_wizard_for_this_client(pane: ClientProfilePane) -> None:
    press(pane, "Start Setup")
    wizard = top_dialog(SetupWizard)
    assert wizard.windowTitle() == "Set up Samuel Grant"
    wizard.reject()


def test_a_locked_address_leads_to_the_dialog_that_changes_it(
    pane: ClientProfilePane, desk: Desk, samuel: int
) -> None:
    desk.portal_access.invite(samuel, InvitationRequest((Feature.SECURE_MESSAGES,)))
    pane.refresh()
    press(pane.details, "Change email address…")
    top_dialog(ChangeAddressDialog).reject()


def test_archiving_asks_first_and_can_be_undone(
    pane: ClientProfilePane, desk: Desk, samuel: int
) -> None:
    Answer("Cancel")
    choose(pane.more, "Archive")
    assert desk.clients.profile(samuel).archived_at is None
    answer = Answer("Archive")
    choose(pane.more, "Archive")
    assert "Bring back" in answer.asked
    assert desk.clients.profile(samuel).archived_at is not None
    assert pane.line_label.text().startswith("Archived ")
    assert list(entries(pane.more)) == ["Bring back"]
    choose(pane.more, "Bring back")
    assert desk.clients.profile(samuel).archived_at is None


def test_a_later_day_is_named(pane: ClientProfilePane, desk: Desk, samuel: int) -> None:
    profile = desk.clients.profile(samuel)
    clock = Clock()
    clock.advance(days=-400)
    old = replace(profile, created_at=clock())
    assert describe(old, date(2026, 11, 23)) == "New client · added on 19 Oct 2025"


def test_settings_wanted_on_the_portal_tab_reach_the_window(
    pane: ClientProfilePane, qtbot: QtBot
) -> None:
    pane.tabs.setCurrentIndex(PORTAL)
    tab = pane.findChild(PortalTab)
    assert tab is not None
    with qtbot.waitSignal(pane.settings_wanted) as wanted:
        tab.settings_wanted.emit("Email")
    assert wanted.args == ["Email"]
