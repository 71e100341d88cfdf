import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.errors import Problem
from practice_desktop.views.messages import (
    QuestionDialog,
    Unsaved,
    ask,
    ask_unsaved,
    code_locations,
    show_problem,
    show_unexpected,
)
from tests.practice_desktop.views.hand import Answer, press


def test_technical_words_stand_behind_details(window: QMainWindow) -> None:
    dialog = show_problem(window, Problem("The address does not exist.", details="550 5.1.1"))
    assert dialog.sentence_label.text() == "The address does not exist."
    assert not dialog.details_label.isVisible()
    press(dialog, "Details")
    assert dialog.details_label.isVisible()
    assert dialog.details_label.text() == "550 5.1.1"
    press(dialog, "OK")


def test_without_technical_words_there_is_no_details_button(window: QMainWindow) -> None:
    dialog = show_problem(window, Problem("Somebody else saved in between."))
    assert not dialog.details_button.isVisible()
    dialog.reject()


@pytest.mark.parametrize(("label", "expected"), [("Delete", True), ("Cancel", False)])
def test_a_question_waits_for_its_answer(window: QMainWindow, label: str, expected: bool) -> None:
    answer = Answer(label)
    assert ask(window, "Delete?", "The link stops working.", "Delete", dangerous=True) is expected
    assert answer.asked == "The link stops working."


def test_enter_does_not_say_yes_to_what_takes_something_away(
    window: QMainWindow, qtbot: QtBot
) -> None:
    def press_enter() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QuestionDialog)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, press_enter)
    assert not ask(window, "Delete?", "The link stops working.", "Delete", dangerous=True)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Save", Unsaved.SAVE),
        ("Discard changes", Unsaved.DISCARD),
        ("Cancel", Unsaved.STAY),
    ],
)
def test_unsaved_edits_can_be_saved_given_up_or_kept(
    window: QMainWindow, label: str, expected: Unsaved
) -> None:
    Answer(label)
    assert ask_unsaved(window, "Save first?", "Samuel is not saved.") is expected


def test_an_unexpected_error_shows_where_it_was_and_no_word_of_what(window: QMainWindow) -> None:
    try:
        int("Samuel Grant")
    except ValueError as error:
        dialog = show_unexpected(window, error)
        kind, place = code_locations(error)
    assert kind == "ValueError"
    assert place.startswith("views/test_messages.py:") or "test_messages.py:" in place
    assert "Samuel" not in dialog.details_label.text()
    dialog.reject()
