import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.page import ClientsPage
from practice_desktop.views.dialogs.client_import import ClientImportDialog
from practice_desktop.views.dialogs.invite import InviteDialog
from practice_desktop.views.dialogs.new_client import NewClientDialog
from practice_desktop.views.dialogs.request_forms import RequestFormsDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import ClientFilter
from tests.practice_desktop.views.hand import Answer, press, top_dialog


@pytest.fixture
def people(desk: Desk) -> list[int]:
    """In the order of the list."""
    return [
        desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org")),
        desk.clients.add(ClientDraft("Marcus", "Chen")),
        desk.clients.add(ClientDraft("Priya", "Desai", email="priya@example.com")),
    ]


@pytest.fixture
def page(desk: Desk, people: list[int], tasks: Tasks, window: QMainWindow) -> ClientsPage:
    page = ClientsPage(desk, tasks)
    window.setCentralWidget(page)
    return page


def select(page: ClientsPage, *rows: int) -> None:
    page.list.view.clearSelection()
    for row in rows:
        index = page.list.model.index(row)
        page.list.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def test_it_says_what_to_do_while_nobody_is_chosen(page: ClientsPage) -> None:
    assert page.nobody.isVisible()


def test_choosing_a_client_shows_the_profile(page: ClientsPage) -> None:
    select(page, 1)
    assert page.profile.isVisible()
    assert page.profile.name_label.text() == "Marcus Chen"


def test_several_are_shown_as_several(page: ClientsPage) -> None:
    select(page, 0, 2)
    assert page.several.title.text() == "2 clients selected"
    press(page.several, "Invite to Portal")
    top_dialog(InviteDialog).reject()
    press(page.several, "Request forms…")
    top_dialog(RequestFormsDialog).reject()


def test_several_are_archived_and_brought_back(
    page: ClientsPage, people: list[int], desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    select(page, 0, 2)
    answer = Answer("Archive")
    press(page.several, "Archive")
    assert "2 clients" in answer.asked
    qtbot.waitUntil(lambda: desk.clients.ids() == [people[1]])
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    page.list.filters.choose(ClientFilter.ARCHIVED)
    select(page, 0, 1)
    press(page.several, "Bring back")
    qtbot.waitUntil(lambda: len(desk.clients.ids()) == 3)
    qtbot.waitUntil(lambda: not tasks.busy)


@pytest.mark.parametrize(("label", "shown"), [("Cancel", 0), ("Discard changes", 1)])
def test_switching_the_client_with_unsaved_edits_asks_first(
    page: ClientsPage, people: list[int], label: str, shown: int, qtbot: QtBot
) -> None:
    select(page, 0)
    QTest.keyClicks(page.profile.details.form.pronouns, "she/her")
    answer = Answer(label)
    page.list.select(people[1])
    qtbot.waitUntil(lambda: bool(answer.asked))
    qtbot.waitUntil(lambda: page.list.selected_ids() == [people[shown]])
    assert page.profile.client_id == people[shown]


def test_a_new_client_is_shown_once_added(page: ClientsPage) -> None:
    page.list.filters.choose(ClientFilter.INVITED)
    press(page.list, "New client")
    dialog = top_dialog(NewClientDialog)
    QTest.keyClicks(dialog.first_name, "Samuel")
    QTest.keyClicks(dialog.last_name, "Grant")
    press(dialog, "Add client")
    assert page.profile.name_label.text() == "Samuel Grant"
    assert page.list.selected_ids() == [page.profile.client_id]


def test_import_opens_and_leads_on_to_inviting(page: ClientsPage, people: list[int]) -> None:
    press(page.list, "Import")
    dialog = top_dialog(ClientImportDialog)
    dialog.invite_requested.emit([people[0], people[2]])
    dialog.reject()
    top_dialog(InviteDialog).reject()


def test_somebody_elses_commit_is_seen(page: ClientsPage, people: list[int], desk: Desk) -> None:
    select(page, 0)
    profile = desk.clients.profile(people[0])
    desk.clients.save(profile.id, profile.version, ClientDraft("Ada", "Byron"))
    page.refresh()
    assert page.profile.name_label.text() == "Ada Byron"
    assert page.list.selected_ids() == [people[0]]


def test_a_row_has_a_menu(page: ClientsPage, qtbot: QtBot) -> None:
    select(page, 0)
    found: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            found.extend(action.text() for action in menu.actions() if action.text())
            menu.close()

    QTimer.singleShot(0, look)
    page.list.menu_wanted.emit(page.mapToGlobal(QPoint(20, 20)))
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["Invite to Portal…", "Request forms…", "Archive"]
