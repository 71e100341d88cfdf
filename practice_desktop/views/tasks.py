"""Work that would make the window wait: done on another thread, its answer brought back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

_THREADS = 3


class Tasks(QObject):
    """Runs callables on worker threads; what they return or raise arrives on the UI thread.

    An answer for a window that has been closed meanwhile is dropped: the owner of the bound
    method `done`, or `owner` where `done` is something else.
    """

    busy_changed = Signal(bool)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._running = 0
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Do `work` off the UI thread, then call `done` or `failed` on it.

        Without `failed` a Problem is shown as it stands, anything else as unexpected. Once
        closed, nothing is begun any more.
        """
        if self._closed:
            return
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="task")
        self._running += 1
        if self._running == 1:
            self.busy_changed.emit(True)
        self._pool.submit(self._work, work, done, failed, owner)

    @property
    def busy(self) -> bool:
        return self._running > 0

    def close(self) -> None:
        """Wait for what is running; what has not begun is dropped, and so is every answer."""
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _work(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        owner: QObject | None,
    ) -> None:
        try:
            answer = work()
        except Exception as error:
            told = failed or _show
            self._answered.emit((partial(told, error), _owner(told, owner)))
        else:
            self._answered.emit((partial(done, answer), _owner(done, owner)))

    def _deliver(self, delivery: tuple[Callable[[], None], QObject | None]) -> None:
        if self._closed:
            return
        call, owner = delivery
        self._running -= 1
        if not self._running:
            self.busy_changed.emit(False)
        if owner is None or shiboken6.isValid(owner):
            call()


def _owner(call: Callable[..., object], owner: QObject | None) -> QObject | None:
    held = owner if owner is not None else getattr(call, "__self__", None)
    return held if isinstance(held, QObject) else None


def _show(error: Exception) -> None:
    from practice_desktop.errors import Problem
    from practice_desktop.views.messages import show_problem, show_unexpected

    window = QApplication.activeWindow()
    if isinstance(error, Problem):
        show_problem(window, error)
    else:
        show_unexpected(window, error)
