"""The Forms page: the library by group, and the practice's packets."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.forms import FormRow, Forms, PacketRow
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.dialogs.packet import PacketDialog
from practice_desktop.views.messages import ask, show_problem
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import MoreActionsButton, primary_button
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.chip import Chip
from practice_desktop.views.widgets.empty_state import EmptyState
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.search_field import SearchField
from practice_desktop.vocabulary import FormGroup

_PACKETS_WIDTH = 320


class FormsPage(QWidget):
    """Rows are built when the page is first shown, and again only where something changed."""

    def __init__(self, forms: Forms, tasks: Tasks, bridge: Bridge) -> None:
        super().__init__()
        self._forms = forms
        self._tasks = tasks
        self._library: tuple[FormRow, ...] | None = None
        self._packets: tuple[PacketRow, ...] | None = None
        self._groups: list[_GroupCard] = []
        self.setProperty("role", "canvas")
        bridge.data_changed.connect(self._refresh_if_visible)

        self.search = SearchField("Find a form")
        self.search.setMaximumWidth(420)
        self.search.textChanged.connect(self._filter)
        self.new_packet_button = primary_button("New packet", "plus")
        self.new_packet_button.clicked.connect(partial(self._edit, None))
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(plain_label("Forms", "title"))
        top.addSpacing(8)
        top.addWidget(self.search, 1)
        top.addStretch()
        top.addWidget(self.new_packet_button)

        self._nothing = plain_label("No form has these words.", "muted")
        self._nothing.hide()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self._packet_column = QVBoxLayout()
        self._packet_column.setSpacing(16)
        self.packet_card = Card("Packets")
        self.packet_card.setFixedWidth(_PACKETS_WIDTH)
        self._packet_column.addWidget(self.packet_card)
        self._packet_column.addStretch(1)
        self._packet_rows: list[QWidget] = []

        library = QVBoxLayout()
        library.addWidget(self._nothing)
        library.addLayout(self._cards)
        library.addStretch(1)
        content = QWidget()
        content.setProperty("role", "canvas")
        both = QHBoxLayout(content)
        both.setContentsMargins(24, 0, 24, 24)
        both.setSpacing(16)
        both.addLayout(library, 1)
        both.addLayout(self._packet_column)
        scroll = QScrollArea()
        scroll.setProperty("role", "canvas")
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 20, 0, 0)
        whole.setSpacing(16)
        head = QWidget()
        head.setLayout(top)
        top.setContentsMargins(24, 0, 24, 0)
        whole.addWidget(head)
        whole.addWidget(scroll, 1)

    def refresh(self) -> None:
        """Read again, and show what changed."""
        library, packets = self._forms.library(), self._forms.packets()
        if library != self._library:
            self._library = library
            self._show_library(library)
        if packets != self._packets:
            self._packets = packets
            self._show_packets(packets)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _refresh_if_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_library(self, library: tuple[FormRow, ...]) -> None:
        for card in self._groups:
            self._cards.removeWidget(card)
            card.deleteLater()
        self._groups = []
        for group in FormGroup:
            forms = [form for form in library if form.group is group]
            if forms:
                card = _GroupCard(group, forms)
                self._groups.append(card)
                self._cards.addWidget(card)
        self._filter()

    def _filter(self) -> None:
        terms = self.search.text().casefold().split()
        shown = [card.filter(terms) for card in self._groups]
        self._nothing.setVisible(bool(terms) and not any(shown))

    def _show_packets(self, packets: tuple[PacketRow, ...]) -> None:
        for old in self._packet_rows:
            self.packet_card.body.removeWidget(old)
            old.deleteLater()
        self._packet_rows = [self._packet_row(packet) for packet in packets] or [
            EmptyState(
                "No packets yet",
                "A packet ticks several forms at once when you invite a client.",
            )
        ]
        for row in self._packet_rows:
            self.packet_card.body.addWidget(row)

    def _packet_row(self, packet: PacketRow) -> QWidget:
        count = len(packet.form_ids)
        about = "1 form" if count == 1 else f"{count} forms"
        if packet.default_for is not None:
            about += f" · default for {packet.default_for.word}"
        row = QWidget()
        row.setAccessibleName(f"{packet.name}, {about}")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label(packet.name, "strong", wrap=True))
        words.addWidget(plain_label(about, "secondary", wrap=True))
        more = MoreActionsButton()
        more.set_actions(
            [
                ("Edit", True, "", partial(self._edit, packet), False),
                ("Delete", True, "", partial(self._delete, packet), True),
            ]
        )
        line.addLayout(words, 1)
        line.addWidget(more)
        return row

    def _edit(self, packet: PacketRow | None, _checked: bool = False) -> None:
        dialog = PacketDialog(self, self._forms, packet)
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def _delete(self, packet: PacketRow) -> None:
        if not ask(
            self,
            f"Delete the packet {packet.name}?",
            "Its forms stay in the library, and what was requested with it stays requested.",
            "Delete",
            dangerous=True,
        ):
            return
        try:
            self._forms.delete_packet(packet.id)
        except Problem as problem:
            show_problem(self, problem)
        self.refresh()


class _GroupCard(Card):
    """One group of the library."""

    def __init__(self, group: FormGroup, forms: list[FormRow]) -> None:
        super().__init__(group.word)
        self.header.addStretch(1)
        self._rows: list[tuple[str, QWidget]] = []
        for form in forms:
            row = _row(form)
            self._rows.append((f"{form.title} {form.summary}".casefold(), row))
            self.body.addWidget(row)

    def filter(self, terms: list[str]) -> bool:
        """Show the rows that hold every term; whether any does."""
        fitting = 0
        for words, row in self._rows:
            fits = all(term in words for term in terms)
            row.setVisible(fits)
            fitting += fits
        self.setVisible(fitting > 0)
        return fitting > 0


def _row(form: FormRow) -> QWidget:
    version = f"Version {form.form_version}"
    facts = [form.title, form.summary, version]
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    grid.addWidget(plain_label(form.title, "strong", wrap=True), 0, 0)
    grid.addWidget(plain_label(form.summary, "secondary", wrap=True), 1, 0)
    if form.needs_signature:
        facts.append("Signature")
        grid.addWidget(Chip("Signature"), 0, 1, 2, 1)
    grid.addWidget(plain_label(version, "secondary"), 0, 2, 2, 1)
    row.setAccessibleName(", ".join(facts))
    return row
