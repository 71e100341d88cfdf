"""The window's composition root: opens the data folder, shows the window, closes in order.

The order of the imports is deliberate: PySide6 replaces Python's import function with a slower
one, so that the database's libraries come first.
"""

import gc
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from practice_desktop.wiring import Program, open_program  # isort: skip

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from practice_desktop import paths
from practice_desktop.errors import DataFolderProblem
from practice_desktop.gateways.instance import FolderInstance
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import apply_theme
from practice_desktop.views.window_state import read_window_state, write_window_state

if TYPE_CHECKING:
    from practice_desktop.services.sender_holder import SenderHolder

DID_NOT_START = 1
_SWITCH_SECONDS = 0.0005
"""How long a worker may keep the window's thread from going on; Python's own 5 ms is a third of a
frame, and drawing a page of rows asks many times.
"""


def run(
    folder: Path, *, offline: bool = False, shown: Callable[[MainWindow], None] | None = None
) -> int:
    """Open the window on a data folder; returns the exit status once it is closed.

    A folder that cannot be used is told in a window, because nobody may be looking at a terminal.
    `shown` as in `run_program`.
    """
    app = application()
    try:
        folder = paths.prepare_data_dir(folder)
        if FolderInstance(folder).request("show window"):
            return 0
        program = open_program(folder)
    except DataFolderProblem as problem:
        from practice_desktop.views.messages import MessageDialog

        MessageDialog(
            None, "Practice Desktop cannot start", problem.sentence, problem.details
        ).exec()
        return DID_NOT_START
    return run_program(app, program, offline=offline, shown=shown)


def application() -> QApplication:
    """The one QApplication of this process, dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["practice-desktop"])
    app.setApplicationName("Practice Desktop")
    app.setApplicationDisplayName("Practice Desktop")
    apply_theme(app)
    return app


def run_program(
    app: QApplication,
    program: Program,
    *,
    offline: bool = False,
    shown: Callable[[MainWindow], None] | None = None,
) -> int:
    """Show the window of an open program until it is closed, then close the program.

    `shown` is called once the window stands; the demo opens its inbox beside it.
    """
    # The window says itself when it is done; a dialog or the demo's inbox must not end the program.
    app.setQuitOnLastWindowClosed(False)
    desk = program.desk
    tasks = Tasks()
    bridge = Bridge(program.database.data_version)
    program.database.on_commit = bridge.note_commit
    window = MainWindow(desk, tasks, bridge, read_window_state(program.folder))
    asked = _Asked(window)
    holder: SenderHolder | None = None
    guard = _Guard(program.folder, window)
    guard.install()
    window.closed.connect(app.quit)
    state = read_window_state(program.folder)
    if state.maximized:
        window.showMaximized()
    else:
        window.show()

    def settle() -> None:
        """What need not hold up the first window."""
        nonlocal holder
        if shown is not None:
            shown(window)
        from practice_desktop.services.sender_holder import SenderHolder

        desk.make_all()
        # What lives now lives as long as the program: looking through it again and again would
        # hold up the window for tens of milliseconds. __main__ switched collecting off.
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(_SWITCH_SECONDS)
        bridge.start()
        desk.sender.set_online(not offline)
        window.follow_outbox()
        holder = SenderHolder(FolderInstance(program.folder), desk.outbox, desk.sender)
        holder.start(asked.for_window.emit)
        if not offline:
            _watch_network(desk.sender.note_network)

    QTimer.singleShot(0, settle)
    try:
        status = app.exec()
        write_window_state(program.folder, window.state())
    finally:
        guard.remove()
        bridge.stop()
        tasks.close()
        program.database.on_commit = None
        if holder is not None:
            holder.stop()
        program.close()
        window.deleteLater()
    return status


def _watch_network(note_network: Callable[[bool], None]) -> None:
    """Let the system say when the network comes and goes; where it cannot, assume it is there."""
    from PySide6.QtNetwork import QNetworkInformation

    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        return
    network = QNetworkInformation.instance()

    def note(reachability: QNetworkInformation.Reachability) -> None:
        note_network(reachability is not QNetworkInformation.Reachability.Disconnected)

    note(network.reachability())
    network.reachabilityChanged.connect(note)


class _Asked(QObject):
    """Brings "show window" of another process from its thread to the window's."""

    for_window = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.for_window.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def _show(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


class _Guard:
    """Shows what nobody expected in one window, and writes it to the log, wherever it happened."""

    def __init__(self, folder: Path, window: MainWindow) -> None:
        self._folder = folder
        self._window = window
        self._shown: QDialog | None = None
        self._hook = sys.excepthook
        self._thread_hook = threading.excepthook

    def install(self) -> None:
        sys.excepthook = self._note
        threading.excepthook = self._note_thread

    def remove(self) -> None:
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _note(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        self._write(error)
        if self._shown is None:
            from practice_desktop.views.messages import show_unexpected

            self._shown = show_unexpected(self._window, error)
            self._shown.finished.connect(self._forget)

    def _note_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._write(arguments.exc_value)

    def _write(self, error: BaseException) -> None:
        from practice_desktop.views.error_log import ErrorLog

        ErrorLog(self._folder).write(error)

    def _forget(self) -> None:
        self._shown = None
