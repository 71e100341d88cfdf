"""What a person's hand does in a test: find by the label, press, answer."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from practice_desktop.views.widgets.buttons import MoreActionsButton

Q = TypeVar("Q", bound=QDialog)

_PATIENCE = 200
"""Looks for a question, 10 ms apart."""


def button(within: QWidget, label: str) -> QAbstractButton:
    """The one visible button with this accessible name."""
    found = [
        each
        for each in within.findChildren(QAbstractButton)
        if each.accessibleName() == label and each.isVisibleTo(within)
    ]
    assert len(found) == 1, f"{len(found)} buttons are called {label}"
    return found[0]


def press(within: QWidget, label: str) -> None:
    """Click the button as a mouse does; one that is off fails the test."""
    pressed = button(within, label)
    assert pressed.isEnabled(), f"{label} is off"
    # A tick answers only on its box and words, which stand at its left.
    place = QPoint(10, pressed.height() // 2) if pressed.isCheckable() else QPoint()
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton, pos=place)


def entries(dots: MoreActionsButton) -> dict[str, QAction]:
    """What stands behind three dots, separators left out."""
    return {
        action.text().replace("&&", "&"): action
        for action in dots.menu().actions()
        if not action.isSeparator()
    }


def choose(dots: MoreActionsButton, label: str) -> None:
    entry = entries(dots)[label]
    assert entry.isEnabled(), f"{label} is off"
    entry.trigger()


def top_dialog(kind: type[Q]) -> Q:
    """The open dialog of this class."""
    found = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, kind) and widget.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} of {kind.__name__} are open"
    return found[0]


class Answer:
    """Presses `label` in the next question that waits; `asked` is what it said."""

    def __init__(self, label: str) -> None:
        self.asked = ""
        self._label = label
        self._left = _PATIENCE
        QTimer.singleShot(0, self._look)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        sentence = dialog.accessibleDescription() if dialog is not None else ""
        if dialog is not None and sentence:
            self.asked = sentence
            press(dialog, self._label)
        elif self._left:
            self._left -= 1
            QTimer.singleShot(10, self._look)
