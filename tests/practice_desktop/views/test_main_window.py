from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.dialogs.new_client import NewClientDialog
from practice_desktop.views.dialogs.staff_name import StaffNameDialog
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.outbox_page import OutboxPage
from practice_desktop.views.settings.page import SettingsPage
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.window_state import WindowState
from practice_desktop.vocabulary import Feature
from practice_desktop.wiring import Program
from tests.practice_desktop.views.hand import Answer, press, top_dialog

_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def main(desk: Desk, program: Program, tasks: Tasks, qtbot: QtBot) -> Iterator[MainWindow]:
    desk.practice.add_staff("Dana")
    bridge = Bridge(program.database.data_version)
    program.database.on_commit = bridge.note_commit
    main = MainWindow(desk, tasks, bridge, WindowState(1024, 700, working_as="Dana"))
    main.show()
    main.follow_outbox()
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow)
    yield main
    bridge.stop()
    program.database.on_commit = None
    main.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_it_opens_on_the_clients_with_who_is_at_the_desk(main: MainWindow) -> None:
    assert main.page_name == "Clients"
    assert main.rail.practice_label.text() == "Harbor Counseling"
    assert main.rail.staff_button.accessibleName() == "Working as Dana"
    assert main.rail.status_label.text() == "Everything sent"


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (Qt.Key.Key_1, "Clients"),
        (Qt.Key.Key_2, "Activity"),
        (Qt.Key.Key_3, "Outbox"),
        (Qt.Key.Key_4, "Forms"),
        (Qt.Key.Key_5, "Settings"),
    ],
)
def test_control_and_a_digit_lead_to_each_page(main: MainWindow, key: Qt.Key, page: str) -> None:
    main.go_to("Activity" if page == "Clients" else "Clients")
    QTest.keyClick(main, key, _CONTROL)
    assert main.page_name == page
    assert main.rail.buttons[page].isChecked()
    assert main.page(page).isVisible()


def test_control_n_adds_a_client_from_anywhere(main: MainWindow) -> None:
    main.go_to("Activity")
    QTest.keyClick(main, Qt.Key.Key_N, _CONTROL)
    assert main.page_name == "Clients"
    top_dialog(NewClientDialog).reject()


def test_control_f_goes_to_the_search(main: MainWindow, qtbot: QtBot) -> None:
    main.go_to("Activity")
    QTest.keyClick(main, Qt.Key.Key_F, _CONTROL)
    qtbot.waitUntil(main.clients.list.search.hasFocus)
    main.go_to("Forms")
    QTest.keyClick(main, Qt.Key.Key_F, _CONTROL)
    assert main.page_name == "Forms"


def test_a_click_on_the_rail_changes_the_page(main: MainWindow) -> None:
    press(main.rail, "Forms")
    assert main.page_name == "Forms"


@pytest.mark.parametrize(("label", "page"), [("Cancel", "Clients"), ("Save", "Activity")])
def test_leaving_a_page_with_unsaved_edits_asks_first(
    main: MainWindow, desk: Desk, label: str, page: str
) -> None:
    samuel = desk.clients.add(ClientDraft("Samuel", "Grant"))
    main.clients.show_client(samuel)
    main.clients.profile.details.form.pronouns.setText("he/him")
    Answer(label)
    press(main.rail, "Activity")
    assert main.page_name == page
    assert main.rail.buttons[page].isChecked()
    assert desk.clients.profile(samuel).draft.pronouns == ("he/him" if label == "Save" else "")


@pytest.mark.parametrize(("label", "closes"), [("Cancel", False), ("Discard changes", True)])
def test_closing_with_unsaved_edits_asks_first(
    main: MainWindow, desk: Desk, label: str, closes: bool
) -> None:
    main.clients.show_client(desk.clients.add(ClientDraft("Samuel", "Grant")))
    main.clients.profile.details.form.pronouns.setText("he/him")
    heard: list[None] = []
    main.closed.connect(lambda: heard.append(None))
    Answer(label)
    assert main.close() is closes
    assert bool(heard) is closes


def test_a_commit_reaches_whatever_is_on_screen(main: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    samuel = desk.clients.add(ClientDraft("Samuel", "Grant", email="sam@example.net"))
    main.clients.show_client(samuel)
    desk.portal_access.invite(samuel, InvitationRequest((Feature.SECURE_MESSAGES,)))
    qtbot.waitUntil(lambda: main.clients.profile.chip.text() == "Queued")
    qtbot.waitUntil(lambda: main.rail.buttons["Outbox"].accessibleDescription() == "1")


def test_a_name_is_added_and_taken_on(main: MainWindow, desk: Desk) -> None:
    main.rail.name_wanted.emit()
    dialog = top_dialog(StaffNameDialog)
    QTest.keyClicks(dialog.name, "Robin")
    press(dialog, "Add")
    assert desk.history.working_as == "Robin"
    assert main.rail.staff_button.accessibleName() == "Working as Robin"
    main.rail.staff_chosen.emit("Dana")
    assert desk.history.working_as == "Dana"


def test_a_sentence_can_lead_to_a_section_of_settings(main: MainWindow) -> None:
    main.clients.settings_wanted.emit("Portal")
    page = main.page("Settings")
    assert isinstance(page, SettingsPage)
    assert page.sections.currentItem().text() == "Portal"


def test_a_message_leads_to_the_portal_tab_of_its_client(
    main: MainWindow, desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    for number in range(150):
        desk.clients.add(ClientDraft("Client", f"Number {number:03}"))
    client_id = desk.clients.add(ClientDraft("Zoë", "Zander", email="zoe@example.org"))
    desk.portal_access.invite(client_id, InvitationRequest(features=()))
    main.go_to("Outbox")
    page = main.page("Outbox")
    assert isinstance(page, OutboxPage)
    qtbot.waitUntil(lambda: page.pane.client_button.isVisible() and not tasks.busy)
    page.pane.client_button.click()
    assert main.page_name == "Clients"
    assert main.clients.profile.client_id == client_id
    assert main.clients.profile.tabs.tabText(main.clients.profile.tabs.currentIndex()) == "Portal"
    assert main.clients.list.selected_ids() == [client_id]


def test_what_it_remembers_opens_it_again_the_same(
    main: MainWindow, desk: Desk, program: Program, tasks: Tasks, qtbot: QtBot
) -> None:
    main.resize(1100, 800)
    main.go_to("Forms")
    state = main.state()
    assert state == WindowState(1100, 800, page="Forms", working_as="Dana")
    again = MainWindow(desk, tasks, Bridge(program.database.data_version), state)
    qtbot.addWidget(again)
    assert (again.width(), again.page_name) == (1100, "Forms")


def test_a_page_or_a_name_that_is_gone_is_not_missed(
    desk: Desk, program: Program, tasks: Tasks, qtbot: QtBot
) -> None:
    state = replace(WindowState(), page="Billing", working_as="Nobody")
    main = MainWindow(desk, tasks, Bridge(program.database.data_version), state)
    qtbot.addWidget(main)
    assert main.page_name == "Clients"
    assert desk.history.working_as == ""
