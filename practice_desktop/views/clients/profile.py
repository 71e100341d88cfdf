"""One client: who it is, the chip, and the tabs Details, Portal, History."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.clients import ClientProfile
from practice_desktop.services.clock import now
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.details_tab import DetailsTab
from practice_desktop.views.clients.history_tab import HistoryTab
from practice_desktop.views.messages import ask, show_problem
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.when import age, date_text, month_text
from practice_desktop.views.widgets.avatar import Avatar, initials
from practice_desktop.views.widgets.buttons import MoreActionsButton
from practice_desktop.views.widgets.chip import Chip, status_tone
from practice_desktop.views.widgets.label import ElidedLabel
from practice_desktop.views.widgets.line import horizontal_line

TABS = ("Details", "Portal", "History")
DETAILS, PORTAL, HISTORY = range(3)


@runtime_checkable
class _ShowsClient(Protocol):
    """The Portal and History tabs; they read what they show themselves."""

    def show_client(self, client_id: int) -> None: ...


class ClientProfilePane(QWidget):
    """The Portal and History tabs are made when they are first looked at."""

    settings_wanted = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self.client_id: int | None = None
        self._profile: ClientProfile | None = None
        self.avatar = Avatar()
        self.name_label = ElidedLabel("", "title")
        self.line_label = ElidedLabel("", "muted")
        self.chip = Chip()
        self.more = MoreActionsButton()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Client")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for title in TABS:
            self.tabs.addTab(title)
        self.details = DetailsTab(desk.clients)
        self.details.setup_wanted.connect(self.start_setup)
        self.details.change_address_wanted.connect(self._change_address)
        self.details.saved.connect(self.refresh)
        self._pages: dict[int, QWidget] = {DETAILS: self.details}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.details)
        self.tabs.currentChanged.connect(self._show_tab)
        self._lay_out()

    def show_client(self, client_id: int) -> None:
        """Raises NotFound."""
        self.client_id = client_id
        self._show(self._desk.clients.profile(client_id))
        self._show_tab(self.tabs.currentIndex())

    def refresh(self) -> None:
        """Read again what is shown; a client who is gone is left as last seen."""
        if self.client_id is None:
            return
        try:
            self._show(self._desk.clients.profile(self.client_id))
        except Problem as problem:
            self.line_label.setText(problem.sentence)
            return
        self._refresh_tab()

    def may_leave(self) -> bool:
        return self.details.may_leave()

    def start_setup(self) -> None:
        from practice_desktop.views.dialogs.setup_wizard import SetupWizard

        if self.client_id is None or not self.details.may_leave():
            return
        desk = self._desk
        wizard = SetupWizard(
            self,
            self.client_id,
            desk.clients,
            desk.portal_access,
            desk.documentation,
            desk.forms,
            desk.practice,
            self._tasks,
        )
        wizard.finished.connect(self.refresh)
        wizard.open()

    def _lay_out(self) -> None:
        head = QWidget()
        head.setProperty("role", "surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        who = QHBoxLayout()
        who.setContentsMargins(26, 18, 26, 0)
        who.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.name_label)
        words.addWidget(self.line_label)
        words.addStretch(1)
        who.addWidget(self.avatar)
        who.addLayout(words, 1)
        who.addWidget(self.chip)
        who.addWidget(self.more)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(25, 10, 26, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        top = QVBoxLayout(head)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addLayout(who)
        top.addLayout(tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(horizontal_line())
        column.addWidget(self._stack, 1)

    def _show(self, profile: ClientProfile) -> None:
        self._profile = profile
        draft = profile.draft
        self.avatar.show_initials(initials(draft.first_name, draft.last_name))
        self.name_label.setText(profile.name)
        self.line_label.setText(describe(profile, date.today()))
        self.chip.show_word(profile.status.word, status_tone(profile.status), profile.status_why)
        if profile.archived_at is None:
            self.more.set_actions([("Archive", True, "", self._archive, True)])
        else:
            self.more.set_actions([("Bring back", True, "", self._bring_back, False)])
        self.details.show_profile(profile)

    def _show_tab(self, index: int) -> None:
        if index not in self._pages:
            page = self._make_tab(index)
            self._pages[index] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._pages[index])
        self._refresh_tab()

    def _refresh_tab(self) -> None:
        page = self._stack.currentWidget()
        if self.client_id is not None and isinstance(page, _ShowsClient):
            page.show_client(self.client_id)

    def _make_tab(self, index: int) -> QWidget:
        desk = self._desk
        if index == HISTORY:
            return HistoryTab(desk.history)
        from practice_desktop.views.clients.portal_tab import PortalTab

        tab = PortalTab(
            desk.portal_access,
            desk.documentation,
            desk.clients,
            desk.forms,
            desk.practice,
            self._tasks,
        )
        tab.settings_wanted.connect(self.settings_wanted)
        return tab

    def _change_address(self) -> None:
        from practice_desktop.views.dialogs.change_address import ChangeAddressDialog

        if self.client_id is None or not self.details.may_leave():
            return
        dialog = ChangeAddressDialog(
            self, self.client_id, self._desk.clients, self._desk.portal_access, self._tasks
        )
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def _archive(self) -> None:
        if self._profile is None or not self.details.may_leave():
            return
        name = self._profile.addressed_as
        sentence = (
            f"{name} leaves the list and loses access to the portal, if there is any. Documents, "
            "answers and history are kept. Bring back returns the client to the list; "
            "Enable Access gives access back."
        )
        if ask(self, f"Archive {self._profile.name}?", sentence, "Archive", dangerous=True):
            self._write(self._desk.clients.archive)

    def _bring_back(self) -> None:
        self._write(self._desk.clients.bring_back)

    def _write(self, verb: Callable[[list[int]], None]) -> None:
        if self.client_id is None:
            return
        try:
            verb([self.client_id])
        except Problem as problem:
            show_problem(self, problem)
        self.refresh()


def describe(profile: ClientProfile, today: date) -> str:
    """The line under the name: "she/her · 36 · client since Oct 2026"."""
    if profile.archived_at is not None:
        return f"Archived {_day(profile.archived_at)}"
    if profile.needs_setup:
        return f"New client · added {_day(profile.created_at)}"
    draft = profile.draft
    born = draft.date_of_birth
    facts = (
        draft.pronouns,
        str(age(born, today)) if born else "",
        f"client since {month_text(profile.created_at.astimezone().date())}",
    )
    line = " · ".join(fact for fact in facts if fact)
    return line[:1].upper() + line[1:] if line.startswith("client") else line


def _day(moment: datetime) -> str:
    day, today = moment.astimezone().date(), now().astimezone().date()
    if day == today:
        return "today"
    if (today - day).days == 1:
        return "yesterday"
    return f"on {date_text(day)}"
