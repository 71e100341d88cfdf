"""The window: the rail, and the page that was chosen on it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.desk import Desk
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.clients.page import ClientsPage
from practice_desktop.views.rail import NARROW_WIDTH, PAGES, WIDTH, Rail
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.search_field import SearchField
from practice_desktop.views.window_state import LEAST_HEIGHT, LEAST_WIDTH, WindowState

_NAMES = tuple(name for name, _icon in PAGES)
_STATUS_MS = 1000
_ROOMY = 1160


@runtime_checkable
class Leavable(Protocol):
    """A page that may hold unsaved edits."""

    def may_leave(self) -> bool: ...


@runtime_checkable
class Refreshable(Protocol):
    def refresh(self) -> None: ...


class MainWindow(QMainWindow):
    """Pages are made at the first visit. `closed` comes once, after the last question."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bridge: Bridge,
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._bridge = bridge
        self._pages: dict[str, QWidget] = {}
        self.setWindowTitle("Practice Desktop")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(state.width, state.height)
        self.rail = Rail()
        self.rail.page_wanted.connect(self.go_to)
        self.rail.staff_chosen.connect(self._work_as)
        self.rail.name_wanted.connect(self._add_name)
        self._stack = QStackedWidget()
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(inside)
        self._add_shortcuts()
        self._page_name = ""
        names = desk.practice.staff()
        desk.history.working_as = state.working_as if state.working_as in names else ""
        self._refresh_people()
        self.go_to(state.page if state.page in _NAMES else _NAMES[0])
        bridge.data_changed.connect(self.refresh)
        bridge.data_lost.connect(self._tell_lost)
        self._status = QTimer(self)
        self._status.setInterval(_STATUS_MS)
        self._status.timeout.connect(self._refresh_status)

    @property
    def page_name(self) -> str:
        return self._page_name

    @property
    def clients(self) -> ClientsPage:
        page = self.page("Clients")
        assert isinstance(page, ClientsPage)
        return page

    def page(self, name: str) -> QWidget:
        """The page with that name on the rail, made if it is not there yet."""
        if name not in self._pages:
            self._pages[name] = self._make(name)
            self._stack.addWidget(self._pages[name])
        return self._pages[name]

    def go_to(self, name: str) -> bool:
        """Show a page, unless unsaved edits keep the person on this one."""
        current = self._pages.get(self._page_name)
        if name != self._page_name and isinstance(current, Leavable) and not current.may_leave():
            self.rail.show_page(self._page_name)
            return False
        made_before = name in self._pages
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self._page_name = name
        self.rail.show_page(name)
        if made_before and isinstance(page, Refreshable):
            page.refresh()
        page.setFocus()
        return True

    def show_settings(self, section: str) -> None:
        if self.go_to("Settings") and section:
            self.page("Settings").show_section(section)  # type: ignore[attr-defined]

    def show_client(self, client_id: int) -> None:
        """Open a client's Portal tab, where a message's trouble is mended."""
        from practice_desktop.views.clients.profile import PORTAL

        if self.go_to("Clients"):
            self.clients.show_client(client_id)
            self.clients.profile.tabs.setCurrentIndex(PORTAL)

    def refresh(self) -> None:
        """Somebody committed: read again what is on screen."""
        self._refresh_people()
        self._refresh_status()
        page = self._pages[self._page_name]
        if isinstance(page, Refreshable):
            page.refresh()

    def follow_outbox(self) -> None:
        """Show the rail's last line from now on; what it says also changes without a commit."""
        self._status.start()
        self._refresh_status()

    def state(self) -> WindowState:
        """What to remember."""
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        return WindowState(
            width=size.width(),
            height=size.height(),
            maximized=self.isMaximized(),
            page=self._page_name,
            working_as=self._desk.history.working_as,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        for name, page in self._pages.items():
            if isinstance(page, Leavable) and not page.may_leave():
                self.go_to(name)
                event.ignore()
                return
        self._status.stop()
        event.accept()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.setFixedWidth(WIDTH if self.width() >= _ROOMY else NARROW_WIDTH)

    def _make(self, name: str) -> QWidget:
        desk = self._desk
        if name == "Clients":
            clients = ClientsPage(desk, self._tasks)
            clients.settings_wanted.connect(self.show_settings)
            return clients
        if name == "Outbox":
            from practice_desktop.views.outbox_page import OutboxPage

            outbox = OutboxPage(desk.outbox, desk.sender, desk.practice, self._tasks, self._bridge)
            outbox.settings_wanted.connect(self.show_settings)
            outbox.client_wanted.connect(self.show_client)
            return outbox
        if name == "Forms":
            from practice_desktop.views.forms_page import FormsPage

            return FormsPage(desk.forms, self._tasks, self._bridge)
        if name == "Settings":
            from practice_desktop.views.settings.page import SettingsPage

            return SettingsPage(desk.practice, desk.mail_account, desk.mail_templates, self._tasks)
        from practice_desktop.views.activity_page import ActivityPage

        return ActivityPage()

    def _add_shortcuts(self) -> None:
        for number, name in enumerate(_NAMES, 1):
            self._shortcut(f"Ctrl+{number}", partial(self.go_to, name))
        self._shortcut("Ctrl+N", self._new_client)
        self._shortcut("Ctrl+F", self._search)

    def _shortcut(self, keys: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(keys, self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(slot)

    def _new_client(self) -> None:
        if self.go_to("Clients"):
            self.clients.add_client()

    def _search(self) -> None:
        """The search of the page on screen; the clients' where it has none."""
        page = self._pages[self._page_name]
        for field in page.findChildren(SearchField):
            if field.isVisible():
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                field.selectAll()
                return
        if self.go_to("Clients"):
            self.clients.focus_search()

    def _refresh_people(self) -> None:
        desk = self._desk
        self.rail.show_practice(desk.practice.load().name)
        self.rail.show_staff(desk.practice.staff(), desk.history.working_as)

    def _refresh_status(self) -> None:
        try:
            self.rail.show_outbox(self._desk.outbox.summary())
        except Problem as problem:
            self._status.stop()
            self._tell_lost(problem)

    def _work_as(self, name: str) -> None:
        self._desk.history.working_as = name
        self.rail.show_staff(self._desk.practice.staff(), name)

    def _add_name(self) -> None:
        from practice_desktop.views.dialogs.staff_name import StaffNameDialog

        dialog = StaffNameDialog(self, self._desk.practice)
        dialog.added.connect(self._work_as)
        dialog.open()

    def _tell_lost(self, problem: Problem) -> None:
        from practice_desktop.views.messages import show_problem

        show_problem(self, problem)
