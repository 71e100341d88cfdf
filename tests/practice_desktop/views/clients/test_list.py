import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import PAGE, ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.list import ClientList
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import ClientFilter
from tests.practice_desktop.views.hand import press


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    names = (("Ada", "Brennan"), ("Marcus", "Chen"), ("Priya", "Desai"), ("Jonas", "Ekström"))
    return {f"{first} {last}": desk.clients.add(ClientDraft(first, last)) for first, last in names}


@pytest.fixture
def pane(desk: Desk, people: dict[str, int], tasks: Tasks, window: QMainWindow) -> ClientList:
    pane = ClientList(desk.client_list, tasks)
    window.setCentralWidget(pane)
    pane.start()
    return pane


def names(pane: ClientList) -> list[str]:
    return [pane.model.index(row).data() for row in range(pane.model.rowCount())]


def test_every_keystroke_searches(pane: ClientList) -> None:
    QTest.keyClicks(pane.search, "ekstr")
    assert names(pane) == ["Jonas Ekström"]
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    assert len(names(pane)) == 4


def test_a_filter_without_clients_says_so(pane: ClientList) -> None:
    pane.filters.choose(ClientFilter.ARCHIVED)
    assert pane.empty.isVisible()
    assert pane.empty.title_label.text() == "Nobody here"
    pane.filters.choose(ClientFilter.ALL)
    assert pane.view.isVisible()


def test_a_search_without_hits_says_so(pane: ClientList) -> None:
    QTest.keyClicks(pane.search, "zzz")
    assert pane.empty.title_label.text() == "Nobody found"


def test_a_new_practice_is_told_what_to_do_first(
    desk: Desk, tasks: Tasks, window: QMainWindow
) -> None:
    pane = ClientList(desk.client_list, tasks)
    window.setCentralWidget(pane)
    pane.start()
    assert pane.empty.title_label.text() == "No clients yet"


def test_arrows_move_the_selection(pane: ClientList, people: dict[str, int], qtbot: QtBot) -> None:
    pane.select(people["Ada Brennan"])
    with qtbot.waitSignal(pane.selection_changed) as changed:
        QTest.keyClick(pane.view, Qt.Key.Key_Down)
    assert changed.args == [[people["Marcus Chen"]]]


def test_shift_selects_several(pane: ClientList, people: dict[str, int]) -> None:
    pane.select(people["Ada Brennan"])
    QTest.keyClick(pane.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert pane.selected_ids() == [people["Ada Brennan"], people["Marcus Chen"]]


def test_select_all_means_all_that_match_loaded_or_not(
    pane: ClientList, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(PAGE):
        desk.clients.add(ClientDraft("Lena", f"Ibsen {number}"))
    pane.refresh()
    assert pane.model.rowCount() == PAGE
    with qtbot.waitSignal(pane.selection_changed) as changed:
        QTest.keyClick(pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert changed.args is not None
    assert len(changed.args[0]) == PAGE + 4
    pane.model.fetchMore(pane.view.rootIndex())
    assert len(pane.view.selectionModel().selectedIndexes()) == PAGE + 4
    pane.select(pane.selected_ids()[0])
    assert len(pane.selected_ids()) == 1


def test_somebody_added_meanwhile_leaves_the_selection_where_it_is(
    pane: ClientList, people: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    pane.select(people["Marcus Chen"])
    index = pane.model.index(2)
    pane.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    desk.clients.add(ClientDraft("Abel", "Aalto"))
    heard: list[object] = []
    pane.selection_changed.connect(heard.append)
    pane.refresh()
    assert names(pane)[0] == "Abel Aalto"
    assert pane.selected_ids() == [people["Marcus Chen"], people["Priya Desai"]]
    assert heard == []
    qtbot.waitUntil(lambda: pane.filters.chips[ClientFilter.ALL].text() == "All 5")


def test_the_sort_menu_sorts(pane: ClientList) -> None:
    menu = pane.sort_button.menu()
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert words == ["Last name", "First name", "Newest first"]
    menu.actions()[1].trigger()
    assert names(pane)[1] == "Jonas Ekström"


def test_the_menu_key_asks_for_the_menu_at_the_row(pane: ClientList, qtbot: QtBot) -> None:
    pane.view.setCurrentIndex(pane.model.index(1))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    with qtbot.waitSignal(pane.menu_wanted) as wanted:
        pane.view.contextMenuEvent(event)
    assert wanted.args is not None
    inside = pane.view.viewport().mapFromGlobal(wanted.args[0])
    assert pane.view.indexAt(inside).row() == 1


def test_the_buttons_ask_for_what_they_say(pane: ClientList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.new_wanted):
        press(pane, "New client")
    with qtbot.waitSignal(pane.import_wanted):
        press(pane, "Import")
