"""The Clients page: the list, and beside it one client, several, or what to do first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.list import NARROW_WIDTH, WIDTH, ClientList
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import ActionMenu
from practice_desktop.views.widgets.empty_state import EmptyState
from practice_desktop.views.widgets.line import vertical_line
from practice_desktop.vocabulary import ClientFilter

if TYPE_CHECKING:
    # What only a chosen client needs is not loaded for the first window.
    from practice_desktop.views.clients.profile import ClientProfilePane
    from practice_desktop.views.clients.several import SeveralClients

_ROOMY = 940


class ClientsPage(QWidget):
    settings_wanted = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._selected: list[int] = []
        self.list = ClientList(desk.client_list, tasks)
        self.list.selection_changed.connect(self._follow_selection)
        self.list.new_wanted.connect(self.add_client)
        self.list.import_wanted.connect(self.import_clients)
        self.list.menu_wanted.connect(self._open_menu)
        self._profile: ClientProfilePane | None = None
        self._several: SeveralClients | None = None
        self.nobody = EmptyState("Choose a client", "Details, portal and history appear here.")
        self._right = QStackedWidget()
        self._right.addWidget(self.nobody)
        self.setFocusProxy(self.list.view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(vertical_line())
        row.addWidget(self._right, 1)
        self.list.start()

    @property
    def profile(self) -> "ClientProfilePane":
        """The right pane for one client, made when the first one is looked at."""
        if self._profile is None:
            from practice_desktop.views.clients.profile import ClientProfilePane

            self._profile = ClientProfilePane(self._desk, self._tasks)
            self._profile.settings_wanted.connect(self.settings_wanted)
            self._right.addWidget(self._profile)
        return self._profile

    @property
    def several(self) -> "SeveralClients":
        """The right pane for several, made when several are first selected."""
        if self._several is None:
            from practice_desktop.views.clients.several import SeveralClients

            self._several = SeveralClients()
            self._several.invite_wanted.connect(self._invite)
            self._several.forms_wanted.connect(self._request_forms)
            self._several.archive_wanted.connect(self._archive)
            self._several.bring_back_wanted.connect(self._bring_back)
            self._right.addWidget(self._several)
        return self._several

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = WIDTH if self.width() >= _ROOMY else NARROW_WIDTH
        self.list.setFixedWidth(max(wanted, self.list.least_width()))

    def refresh(self) -> None:
        """Read again: somebody wrote."""
        self.list.refresh()
        if self._profile is not None and self._right.currentWidget() is self._profile:
            self._profile.refresh()
        elif len(self._selected) > 1:
            self._show_several()

    def may_leave(self) -> bool:
        """Ask about unsaved edits before the page or the window goes."""
        return self._profile is None or self._profile.may_leave()

    def show_client(self, client_id: int) -> None:
        """Show one client, in the list too where it can be."""
        if self.list.model.position(client_id) is None:
            self.list.show_all()
            self.list.refresh()
            self.list.model.load_to(client_id)
        self.list.select_quietly(client_id)
        self._show([client_id])

    def focus_search(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    def add_client(self) -> None:
        from practice_desktop.views.dialogs.new_client import NewClientDialog

        if not self.may_leave():
            return
        dialog = NewClientDialog(self, self._desk.clients)
        dialog.added.connect(self.show_client)
        dialog.open()

    def import_clients(self) -> None:
        from practice_desktop.views.dialogs.client_import import ClientImportDialog

        dialog = ClientImportDialog(self, self._desk.client_import, self._tasks)
        dialog.invite_requested.connect(self._invite_these)
        dialog.open()

    def _follow_selection(self, ids: list[int]) -> None:
        if self._profile is None or not self._profile.details.dirty or ids == self._selected:
            self._show(ids)
        else:
            # The list is still handling the click; a question must not open inside it.
            QTimer.singleShot(0, self, lambda: self._leave_for(ids))

    def _leave_for(self, ids: list[int]) -> None:
        if self.may_leave():
            self._show(ids)
        elif self._selected:
            self.list.select_quietly(self._selected[0])

    def _show(self, ids: list[int]) -> None:
        self._selected = ids
        if not ids:
            self._right.setCurrentWidget(self.nobody)
        elif len(ids) > 1:
            self._show_several()
        else:
            try:
                self.profile.show_client(ids[0])
            except Problem as problem:
                from practice_desktop.views.messages import show_problem

                show_problem(self, problem)
                self._right.setCurrentWidget(self.nobody)
                return
            self._right.setCurrentWidget(self.profile)

    def _show_several(self) -> None:
        archived = self.list.model.shown is ClientFilter.ARCHIVED
        self.several.show_count(len(self._selected), archived=archived)
        self._right.setCurrentWidget(self.several)

    def _open_menu(self, place: QPoint) -> None:
        if not self._selected:
            return
        menu = ActionMenu(self)
        if self.list.model.shown is ClientFilter.ARCHIVED:
            menu.fill([("Bring back", True, "", self._bring_back, False)])
        else:
            menu.fill(
                [
                    ("Invite to Portal…", True, "", self._invite, False),
                    ("Request forms…", True, "", self._request_forms, False),
                    ("Archive", True, "", self._archive, True),
                ]
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _invite(self) -> None:
        self._invite_these(self._selected)

    def _invite_these(self, ids: list[int]) -> None:
        from practice_desktop.views.dialogs.invite import InviteDialog

        if not self.may_leave():
            return
        desk = self._desk
        dialog = InviteDialog(
            self,
            ids,
            desk.clients,
            desk.portal_access,
            desk.documentation,
            desk.forms,
            desk.practice,
            self._tasks,
        )
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def _request_forms(self) -> None:
        from practice_desktop.views.dialogs.request_forms import RequestFormsDialog

        desk = self._desk
        dialog = RequestFormsDialog(
            self, desk.documentation, self._selected, self._tasks, desk.forms.packets()
        )
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def _archive(self) -> None:
        from practice_desktop.views.messages import ask

        count = len(self._selected)
        whom = "this client" if count == 1 else f"{count:,} clients"
        sentence = (
            f"This takes {whom} out of the list and ends access to the portal, where there is "
            "any. Documents, answers and history are kept. Bring back returns them to the list; "
            "Enable Access gives access back."
        )
        if ask(self, f"Archive {whom}?", sentence, "Archive", dangerous=True):
            self._write(self._desk.clients.archive)

    def _bring_back(self) -> None:
        self._write(self._desk.clients.bring_back)

    def _write(self, verb: Callable[[list[int]], None]) -> None:
        ids = list(self._selected)

        def done(_answer: None) -> None:
            self.list.view.clearSelection()
            self._show([])
            self.refresh()

        self._tasks.run(lambda: verb(ids), done, owner=self)
