from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.filter_bar import FilterBar
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import ClientFilter


def texts(bar: FilterBar) -> list[str]:
    return [chip.text() for chip in bar.chips.values()]


def test_chips_say_how_many_each_would_show(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    first = desk.clients.add(ClientDraft("Ada", "Brennan"))
    desk.clients.add(ClientDraft("Marcus", "Chen"))
    desk.clients.archive([first])
    bar = FilterBar(desk.client_list, tasks)
    qtbot.addWidget(bar)
    bar.refresh()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert texts(bar) == [
        "All 1",
        "Needs setup 1",
        "Not invited 1",
        "Invited 0",
        "Waiting for client 0",
        "Needs attention 0",
        "Archived 1",
    ]


def test_one_chip_is_chosen_at_a_time(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    bar = FilterBar(desk.client_list, tasks)
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.chosen) as chosen:
        bar.chips[ClientFilter.INVITED].click()
    assert chosen.args == [ClientFilter.INVITED]
    assert not bar.chips[ClientFilter.ALL].isChecked()


def test_a_second_wish_to_count_waits_for_the_first(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    bar = FilterBar(desk.client_list, tasks)
    qtbot.addWidget(bar)
    bar.refresh()
    desk.clients.add(ClientDraft("Ada", "Brennan"))
    bar.refresh()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert texts(bar)[0] == "All 1"
