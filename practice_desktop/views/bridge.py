"""Tells the window that stored things changed: by a click, a worker, or another process."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from practice_desktop.errors import Problem

COALESCE_MS = 30
POLL_MS = 500


class Bridge(QObject):
    """`data_changed` follows commits within 30 ms, many at once as one; whoever shows something
    re-reads it then. `note_commit` may be called on any thread. `data_version` is a number that
    changes with every commit of anybody, so that the command line's writes are seen too.
    """

    data_changed = Signal()
    data_lost = Signal(object)
    _committed = Signal()

    def __init__(self, data_version: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_version = data_version
        self._seen: int | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(COALESCE_MS)
        self._soon.timeout.connect(self._tell)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)
        self._committed.connect(self._wait_for_more, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to watch for writes of other processes."""
        self._seen = self._read()
        self._poll.start()

    def stop(self) -> None:
        self._poll.stop()
        self._soon.stop()

    def note_commit(self) -> None:
        """Somebody in this process committed; safe on any thread."""
        self._committed.emit()

    def _wait_for_more(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        version = self._read()
        if version != self._seen:
            self._seen = version
            self._wait_for_more()

    def _tell(self) -> None:
        if self._poll.isActive():
            self._seen = self._read()
        self.data_changed.emit()

    def _read(self) -> int | None:
        try:
            return self._data_version()
        except Problem as problem:
            self._poll.stop()
            self.data_lost.emit(problem)
            return None
