"""A dressed window and the thread helper, for every test of a view."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow

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
def window(qapp: QApplication) -> Iterator[QMainWindow]:
    """The window that dialogs open over, at the smallest size that the program supports.

    It takes them with it, so that no test meets the dialogs of another.
    """
    window = QMainWindow()
    window.resize(1024, 700)
    window.show()
    yield window
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
