from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QMainWindow

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.history import PAGE, Change, HistoryRow
from practice_desktop.views.clients.history_tab import HistoryTab, byline, change_text
from practice_desktop.wiring import Program

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def samuel(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Samuel", "Grant"))


@pytest.fixture
def tab(desk: Desk, window: QMainWindow) -> HistoryTab:
    tab = HistoryTab(desk.history)
    window.setCentralWidget(tab)
    return tab


def lines(tab: HistoryTab) -> list[str]:
    return [tab.model.index(row).data() for row in range(tab.model.rowCount())]


def test_every_change_stands_there_newest_first_with_who_made_it(
    tab: HistoryTab, desk: Desk, samuel: int
) -> None:
    profile = desk.clients.profile(samuel)
    desk.history.working_as = "Robin"
    desk.clients.save(samuel, profile.version, ClientDraft("Samuel", "Grant", phone="555 0199"))
    tab.show_client(samuel)
    first, second = lines(tab)
    assert first.startswith("Details changed, ")
    assert first.endswith("· Robin, Phone: 555 0199")
    assert second.startswith("Client added, ")
    assert second.endswith("· Dana")


def test_a_long_history_is_read_a_page_at_a_time(
    tab: HistoryTab, program: Program, samuel: int
) -> None:
    with program.database.write() as session:
        for number in range(PAGE + 5):
            program.desk.history.record(session, samuel, "note", f"Line {number}")
    tab.show_client(samuel)
    assert tab.model.rowCount() == PAGE
    tab.model.fetchMore(QModelIndex())
    assert tab.model.rowCount() == PAGE + 6
    assert not tab.model.canFetchMore(QModelIndex())
    assert lines(tab)[-1].startswith("Client added")


def test_rows_are_as_high_as_their_words_need(
    tab: HistoryTab, program: Program, samuel: int
) -> None:
    changes = [Change("Address", "18 Quay Street " * 20, "elsewhere"), Change("Phone", "1", "2")]
    with program.database.write() as session:
        program.desk.history.record(session, samuel, "details", "Details changed", changes)
    tab.show_client(samuel)
    tall, plain = (tab.view.visualRect(tab.model.index(row)).height() for row in (0, 1))
    assert tall > plain + 40
    assert not tab.grab().isNull()


def test_a_client_without_history_says_what_will_stand_here(tab: HistoryTab) -> None:
    tab.show_client(999)
    assert tab.empty.isVisible()


def test_older_lines_keep_their_time_of_day() -> None:
    row = HistoryRow(1, datetime(2026, 10, 2, 9, 14, tzinfo=UTC), "", "Client added", ())
    assert byline(row, NOW).startswith("2 Oct 2026 ")
    assert "·" not in byline(row, NOW)


def test_a_first_value_stands_alone_and_a_removed_one_is_called_empty() -> None:
    assert change_text(Change("Phone", "", "555 0199")) == "Phone: 555 0199"
