import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.errors import DataFolderProblem
from practice_desktop.services.clients import ClientDraft
from practice_desktop.views.bridge import Bridge
from practice_desktop.wiring import Program, open_program
from tests.practice_desktop.stand_ins import Letterbox, MemorySecrets


@pytest.fixture
def bridge(program: Program) -> Iterator[Bridge]:
    bridge = Bridge(program.database.data_version)
    program.database.on_commit = bridge.note_commit
    yield bridge
    bridge.stop()
    program.database.on_commit = None


def test_many_commits_are_told_as_one(bridge: Bridge, program: Program, qtbot: QtBot) -> None:
    heard: list[int] = []
    bridge.data_changed.connect(lambda: heard.append(1))
    with qtbot.waitSignal(bridge.data_changed):
        for number in range(5):
            program.desk.clients.add(ClientDraft(f"Ada {number}", "Brennan"))
    assert heard == [1]


def test_a_commit_on_another_thread_is_told_on_this_one(bridge: Bridge, qtbot: QtBot) -> None:
    places: list[threading.Thread] = []
    bridge.data_changed.connect(lambda: places.append(threading.current_thread()))
    worker = threading.Thread(target=bridge.note_commit)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(places))
    assert places == [threading.main_thread()]


def test_another_process_writing_is_noticed(
    bridge: Bridge, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    bridge.start()
    other = open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox())
    try:
        with qtbot.waitSignal(bridge.data_changed):
            other.desk.clients.add(ClientDraft("Ada", "Brennan"))
    finally:
        other.close()


def test_a_database_that_went_away_is_told_once(qtbot: QtBot) -> None:
    answers = iter([1])

    def version() -> int:
        for answer in answers:
            return answer
        raise DataFolderProblem("The database is gone.")

    bridge = Bridge(version)
    bridge.start()
    with qtbot.waitSignal(bridge.data_lost) as lost:
        pass
    assert str(lost.args[0]) == "The database is gone."
    bridge.stop()
