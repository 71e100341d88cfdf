import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.errors import Problem
from practice_desktop.views.dialogs.working_dialog import WorkingDialog
from practice_desktop.views.messages import MessageDialog
from practice_desktop.views.tasks import Tasks
from tests.practice_desktop.views.hand import top_dialog


@pytest.fixture
def dialog(window: QMainWindow, tasks: Tasks) -> WorkingDialog:
    dialog = WorkingDialog(window, "Title", "", tasks)
    dialog.body.addWidget(QLineEdit("typed"))
    dialog.open()
    return dialog


def typed_in(dialog: WorkingDialog) -> QLineEdit:
    (edit,) = dialog.findChildren(QLineEdit)
    return edit


def test_while_it_works_it_can_neither_be_changed_nor_closed(
    dialog: WorkingDialog, qtbot: QtBot
) -> None:
    may_end = threading.Event()
    answers: list[bool] = []
    dialog.work(lambda: may_end.wait(5), answers.append)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not typed_in(dialog).isEnabled()
    may_end.set()
    qtbot.waitUntil(lambda: answers == [True])
    assert typed_in(dialog).isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_problem_is_told_above_the_buttons_and_what_was_typed_stays(
    dialog: WorkingDialog, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise Problem("It did not work. Nothing was sent. Try again.")

    edit = typed_in(dialog)
    edit.setFocus()
    dialog.work(refuse, lambda _: None)
    qtbot.waitUntil(lambda: not dialog.working)
    assert dialog.error_label.text() == "It did not work. Nothing was sent. Try again."
    assert edit.text() == "typed"
    assert dialog.focusWidget() is edit


def test_a_bug_is_shown_as_one(dialog: WorkingDialog, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    dialog.work(fail, lambda _: None)
    qtbot.waitUntil(lambda: not dialog.working)
    assert top_dialog(MessageDialog).windowTitle() == "Something unexpected happened"
