"""The real window on the made-up practice, with the *Demo inbox* beside it."""

from PySide6.QtCore import QPoint

from practice_desktop.app import application, run_program
from practice_desktop.demo.inbox_window import DemoInbox
from practice_desktop.demo.practice import STAFF, DemoPractice
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.window_state import WindowState, write_window_state

_ASIDE = QPoint(60, 60)


def show(*, offline: bool = False) -> int:
    """Until the program's window is closed; then everything made up is removed."""
    app = application()
    with DemoPractice() as demo:
        inbox = DemoInbox(demo.catcher)

        def open_beside(window: MainWindow) -> None:
            inbox.move(window.frameGeometry().topLeft() + _ASIDE)
            inbox.show()
            window.activateWindow()

        program = demo.open()
        write_window_state(demo.folder, WindowState(working_as=STAFF[0]))
        try:
            return run_program(app, program, offline=offline, shown=open_beside)
        finally:
            inbox.stop_watching()
            inbox.close()
