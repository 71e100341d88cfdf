import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import PAGE, ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.list_model import ROW_ROLE, ClientModel
from practice_desktop.vocabulary import ClientFilter, ClientOrder


@pytest.fixture
def model(desk: Desk) -> ClientModel:
    return ClientModel(desk.client_list)


def names(model: ClientModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def fill(desk: Desk, count: int) -> None:
    for number in range(count):
        desk.clients.add(ClientDraft("Ada", f"Brennan {number:03}"))


def test_a_row_says_all_that_is_painted(model: ClientModel, desk: Desk) -> None:
    desk.clients.add(ClientDraft("Ada", "Brennan", email="ada.brennan@example.org"))
    desk.clients.add(ClientDraft("Marcus", "Chen"))
    model.show()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [model.index(row).data(role) for row in range(2)] == [
        "Ada Brennan, ada.brennan@example.org, Not invited",
        "Marcus Chen, No email on file, Not invited",
    ]
    assert model.index(0).data(ROW_ROLE).first_name == "Ada"


def test_it_keeps_qts_rules_for_models(model: ClientModel, desk: Desk) -> None:
    """On less than a page: the tester itself fetches more, in the middle of a reset."""
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, mode, model)
    fill(desk, 3)
    model.show()
    model.refresh()
    desk.clients.add(ClientDraft("Zoe", "Adams"))
    model.refresh()
    model.show(search="zoe")


def test_a_long_list_is_read_a_page_at_a_time(model: ClientModel, desk: Desk) -> None:
    fill(desk, PAGE + 5)
    model.show()
    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == PAGE + 5
    assert not model.canFetchMore(QModelIndex())


def test_search_filter_and_order_are_kept_until_changed(model: ClientModel, desk: Desk) -> None:
    ada = desk.clients.add(ClientDraft("Ada", "Zimmer"))
    desk.clients.add(ClientDraft("Zoe", "Adams"))
    desk.clients.finish_setup(ada)
    model.show(order=ClientOrder.FIRST_NAME)
    assert names(model) == ["Ada Zimmer", "Zoe Adams"]
    model.show(order=ClientOrder.NAME)
    assert names(model) == ["Zoe Adams", "Ada Zimmer"]
    model.show(shown=ClientFilter.NEEDS_SETUP)
    model.show(search="z")
    assert names(model) == ["Zoe Adams"]


def test_a_change_of_one_row_leaves_the_others_alone(
    model: ClientModel, desk: Desk, qtbot: QtBot
) -> None:
    fill(desk, 3)
    model.show()
    profile = desk.clients.profile(model.row(model.index(1)).id)
    desk.clients.confirm_address(
        profile.id, "ada@example.org", may_email=True, discreet_email=False
    )
    with qtbot.waitSignal(model.dataChanged) as changed:
        assert model.refresh() is False
    assert changed.args is not None
    assert changed.args[0].row() == 1
    assert model.row(model.index(1)).email == "ada@example.org"


def test_somebody_new_is_seen_at_the_next_reading(model: ClientModel, desk: Desk) -> None:
    fill(desk, 2)
    model.show()
    added = desk.clients.add(ClientDraft("Zoe", "Adams"))
    assert model.refresh() is True
    assert names(model)[0] == "Zoe Adams"
    assert model.position(added) == 0
    assert model.position(10_000) is None
