"""A dressed window and the thread helper, for every test of a view."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import apply_theme


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """The light theme, whatever the system says."""
    if not qapp.styleSheet():
        apply_theme(qapp, dark=False)


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """The window that dialogs open over, at the smallest size that the program supports."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    return window
