"""The pictures in docs/pictures, drawn by the real windows on the demo's practice.

    python -m tests.pictures [FOLDER] [--dark]

Needs no screen. Windows are 1240 x 800 logical pixels at 125 %, as the designs are; a dialog is
drawn over the middle of its window.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1.25")

from practice_desktop.demo.practice import DemoPractice  # isort: skip

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from practice_desktop.services.desk import Desk
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.clients.profile import TABS
from practice_desktop.views.dialogs.client_import import ClientImportDialog
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import apply_theme
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.window_state import WindowState

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
_SETTLED_MS = 350
_LIST = """Client ID,First Name,Last Name,E-mail,Date of Birth,Phone,Insurance
H-101,Nora,Lind,nora.lind@example.org,03/14/1989,(555) 010-2210,Aetna
H-102,Ada,Brennan,ada.brennan@example.org,,(555) 010-9999,Cigna
H-103,,Okafor,okafor@example.org,12/31/1975,,
H-104,Tom,Reyes,tom.reyes@example,01/02/1990,(555) 010-7731,Aetna
"""


class Photographer:
    """Walks through the windows and keeps a picture of each."""

    def __init__(self, desk: Desk, window: MainWindow, tasks: Tasks, folder: Path) -> None:
        self._desk = desk
        self._window = window
        self._tasks = tasks
        self._folder = folder

    def walk(self) -> None:
        self._client("s.grant@example.net", "Details")
        self._keep("details")
        self._press("Start Setup")
        self._dialog("setup-address", lambda: self._press("Continue"))
        self._dialog("setup-portal", lambda: self._press("Invite to Portal"))
        self._dialog("setup-forms", self._close_dialogs)
        self._client("priya.d@example.com", "Portal")
        self._keep("portal-invited")
        self._press("Manage Documentation")
        self._dialog("manage-documentation", lambda: self._tick("PHQ-9", "PCL-5"))
        self._press("Continue")
        self._dialog("manage-documentation-review", self._close_dialogs)
        self._client("ada.brennan@example.org", "Portal")
        self._keep("portal-active")
        self._client("rosa.fig@example.com", "Portal")
        self._keep("portal-not-delivered")
        self._client("ada.brennan@example.org", "History")
        self._keep("history")
        self._window.go_to("Clients")
        self._window.clients.add_client()
        self._dialog("new-client", self._close_dialogs)
        self._import()
        for page in ("Outbox", "Activity", "Forms", "Settings"):
            self._window.go_to(page)
            self._keep(page.lower())
        for section in ("Portal", "Email", "Wording", "Staff"):
            self._window.show_settings(section)
            self._keep(f"settings-{section.lower()}")

    def _tick(self, *titles: str) -> None:
        for row in self._top().findChildren(CheckRow):
            if row.box.accessibleName() in titles:
                row.box.toggle()

    def _import(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clients.csv"
            path.write_text(_LIST, encoding="utf-8")
            ClientImportDialog(self._window, self._desk.client_import, self._tasks, path).open()
            self._dialog("import-columns", lambda: self._press("Continue"))
            self._dialog("import-preview", self._close_dialogs)

    def _client(self, address: str, tab: str) -> None:
        self._window.go_to("Clients")
        self._window.clients.show_client(self._desk.clients.find(address))
        settle(self._tasks)
        self._window.clients.profile.tabs.setCurrentIndex(TABS.index(tab))

    def _press(self, label: str) -> None:
        top: QWidget = self._top()
        for button in top.findChildren(QPushButton):
            if button.isVisible() and button.text().replace("&", "") == label:
                button.click()
                return
        raise LookupError(f"no button {label} in {top}")

    def _dialog(self, name: str, then: Callable[[], None]) -> None:
        settle(self._tasks)
        self._keep(name)
        then()

    def _close_dialogs(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.done(0)
        settle(self._tasks)

    def _top(self) -> QWidget:
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        return next((dialog for dialog in dialogs if dialog.isVisible()), self._window)

    def _keep(self, name: str) -> None:
        settle(self._tasks)
        picture: QPixmap = self._window.grab()
        top = self._top()
        if top is not self._window:
            inside = top.grab()
            painter = QPainter(picture)
            corner = self._window.rect().center() - top.rect().center()
            painter.drawPixmap(QPoint(corner.x(), corner.y()), inside)
            painter.end()
        picture.save(str(self._folder / f"{name}.png"))


def settle(tasks: Tasks) -> None:
    """Let what runs in the background arrive and be painted."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLED_MS, loop.quit)
    loop.exec()
    while tasks.busy:
        QApplication.processEvents()


def draw(folder: Path, *, dark: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(app, QApplication)
    app.setFont(QFont("Inter"))
    apply_theme(app, dark)
    with DemoPractice() as demo:
        program = demo.open()
        tasks = Tasks()
        bridge = Bridge(program.database.data_version)
        window = MainWindow(program.desk, tasks, bridge, WindowState(working_as="Dana"))
        window.show()
        window.follow_outbox()
        Photographer(program.desk, window, tasks, folder).walk()
        window.close()
        tasks.close()
        program.close()


if __name__ == "__main__":
    named = [word for word in sys.argv[1:] if not word.startswith("--")]
    draw(Path(named[0]) if named else FOLDER, dark="--dark" in sys.argv)
