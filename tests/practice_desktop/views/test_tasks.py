import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.errors import Problem
from practice_desktop.views.messages import MessageDialog
from practice_desktop.views.tasks import Tasks
from tests.practice_desktop.views.hand import top_dialog


def test_work_is_done_elsewhere_and_its_answer_comes_back_here(tasks: Tasks, qtbot: QtBot) -> None:
    places: list[threading.Thread] = []
    tasks.run(
        threading.current_thread, lambda where: places.extend([where, threading.current_thread()])
    )
    qtbot.waitUntil(lambda: len(places) == 2)
    assert places[0] is not places[1]
    assert places[1] is threading.main_thread()


def test_what_it_raises_comes_back_too(tasks: Tasks, qtbot: QtBot) -> None:
    def work() -> None:
        raise Problem("It did not work.")

    told: list[Exception] = []
    tasks.run(work, lambda _answer: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "It did not work."


def test_a_problem_that_nobody_takes_is_shown(
    tasks: Tasks, window: QMainWindow, qtbot: QtBot
) -> None:
    def work() -> None:
        raise Problem("It did not work.")

    window.activateWindow()
    tasks.run(work, lambda _answer: None)
    qtbot.waitUntil(lambda: not tasks.busy)
    dialog = top_dialog(MessageDialog)
    assert dialog.sentence_label.text() == "It did not work."
    dialog.reject()


def test_busy_is_told_once_until_the_last_answer(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[bool] = []
    tasks.busy_changed.connect(heard.append)
    for _ in range(5):
        tasks.run(lambda: None, lambda _answer: None)
    assert tasks.busy
    qtbot.waitUntil(lambda: not tasks.busy)
    assert heard[0] is True
    assert heard[-1] is False


def test_an_answer_for_a_closed_window_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    owner, release, called = QObject(), threading.Event(), [0]

    def note(_answer: object) -> None:
        called[0] += 1

    tasks.run(release.wait, note, owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    release.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert called == [0]


def test_closing_waits_for_what_runs_and_drops_its_answer() -> None:
    tasks, begun, done = Tasks(), threading.Event(), []
    release = threading.Event()

    def work() -> None:
        begun.set()
        release.wait()
        done.append("worked")

    tasks.run(work, lambda _answer: done.append("answered"))
    begun.wait()
    release.set()
    tasks.close()
    assert done == ["worked"]


def test_an_answer_that_was_on_its_way_when_it_closed_begins_nothing_new(qtbot: QtBot) -> None:
    tasks, answered = Tasks(), []

    def note(_answer: object) -> None:
        answered.append("answered")
        tasks.run(lambda: None, note)

    done = threading.Event()
    tasks.run(done.set, note)
    done.wait()
    tasks.close()
    QApplication.processEvents()
    assert answered == []
    tasks.run(lambda: answered.append("worked"), note)
    assert answered == []
