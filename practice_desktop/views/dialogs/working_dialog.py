"""A dialog that has something done off the UI thread and stays open until it is."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from practice_desktop.errors import Problem
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.messages import show_unexpected
from practice_desktop.views.tasks import Tasks

T = TypeVar("T")


class WorkingDialog(DialogFrame):
    """While it works nothing in it can be changed, and it cannot be closed.

    A failure is told above the buttons, with everything typed still in place.
    """

    def __init__(
        self, parent: QWidget, title: str, subtitle: str, tasks: Tasks, *, width: int = 560
    ) -> None:
        super().__init__(parent, title, subtitle, width=width)
        self._tasks = tasks
        self._held: list[QWidget] = []

    @property
    def working(self) -> bool:
        return bool(self._held)

    def may_close(self) -> bool:
        return not self.working

    def work(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Have `work` done, then `done` with its answer, unless it raises."""
        focus = self.focusWidget()
        self.show_error("")
        self._hold()

        def finish(answer: T) -> None:
            self._release()
            done(answer)

        def fail(error: Exception) -> None:
            self._release()
            if focus is not None:
                focus.setFocus()
            if isinstance(error, Problem):
                self.fail(error)
            else:
                show_unexpected(self, error)

        self._tasks.run(work, finish, fail, owner=self)

    def fail(self, problem: Problem) -> None:
        """Say what happened; a subclass may put it beside a field instead."""
        self.show_error(problem.sentence)

    def _hold(self) -> None:
        for layout in (self.body, self.footer):
            for index in range(layout.count()):
                item = layout.itemAt(index)
                widget = item.widget() if item is not None else None
                if widget is not None and widget.isEnabled():
                    widget.setEnabled(False)
                    self._held.append(widget)

    def _release(self) -> None:
        for widget in self._held:
            widget.setEnabled(True)
        self._held.clear()
