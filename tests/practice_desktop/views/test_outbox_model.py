"""The outbox as Qt reads it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from practice_desktop.views import outbox_model
from practice_desktop.views.outbox_model import CLIENT, LINE, STATE, SUBJECT, OutboxModel
from practice_desktop.vocabulary import OutboxFilter
from tests.practice_desktop.outbox_office import Office

DISPLAY = Qt.ItemDataRole.DisplayRole
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def names(model: OutboxModel) -> list[object]:
    return [model.index(row, CLIENT).data() for row in range(model.rowCount())]


def test_a_rows_accessible_text_says_what_it_shows(office: Office, qtbot: QtBot) -> None:
    office.invite()
    office.desk.sender.set_online(False)
    model = OutboxModel(office.desk.outbox)
    model.show()
    cells = [model.index(0, column) for column in (CLIENT, SUBJECT, STATE, LINE)]
    texts = [cell.data(DISPLAY) for cell in cells]
    assert texts[0] == "Jonas Ekström"
    assert texts[2] == "Waiting"
    assert texts[3].endswith("· offline")
    assert cells[0].data(ACCESSIBLE) == ", ".join(texts)
    assert cells[2].data(ACCESSIBLE) == "Waiting"


def test_the_model_keeps_qts_rules(office: Office, qtbot: QtBot) -> None:
    office.invite()
    model = OutboxModel(office.desk.outbox)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show()
    office.invite()
    model.refresh()
    model.sort(CLIENT, Qt.SortOrder.DescendingOrder)
    model.show(shown=OutboxFilter.SENT)
    assert model.rowCount() == 0


def test_rows_come_a_page_at_a_time(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_model, "PAGE", 2)
    for number in range(5):
        office.invite(office.add_client(f"Client {number}"))
    model = OutboxModel(office.desk.outbox)
    model.show()
    root = model.index(-1, -1)
    counts = [model.rowCount()]
    while model.canFetchMore(root):
        model.fetchMore(root)
        counts.append(model.rowCount())
    assert counts == [2, 4, 5]


def test_refreshing_tells_of_single_rows_where_the_rows_stay(office: Office, qtbot: QtBot) -> None:
    message = office.invite()
    model = OutboxModel(office.desk.outbox)
    model.show()
    office.desk.outbox.hold(message)
    with qtbot.waitSignal(model.dataChanged):
        assert model.refresh() is False
    assert model.index(0, STATE).data() == "Held"
    office.invite()
    with qtbot.waitSignal(model.modelReset):
        assert model.refresh() is True


def test_sorting_asks_the_outbox(office: Office, qtbot: QtBot) -> None:
    for name in ("Wen Huang", "Ada Brennan"):
        office.invite(office.add_client(name))
    model = OutboxModel(office.desk.outbox)
    model.sort(CLIENT, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["Ada Brennan", "Wen Huang"]
    model.sort(LINE, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["Wen Huang", "Ada Brennan"]
