"""The grouped checklist of forms that the wizard, invitations and Manage Documentation share."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.services.documentation import ChecklistItem, DocumentKey
from practice_desktop.services.forms import PacketRow
from practice_desktop.views.widgets.buttons import plain_button
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.label import plain_label, plain_tip
from practice_desktop.views.widgets.search_field import SearchField
from practice_desktop.vocabulary import FormGroup

LOWEST = 320
"""Height of the list in logical pixels below which it rather lets the dialog scroll."""
TWO_COLUMNS_FROM = 560
"""Width of the list in logical pixels from which groups stand in two columns."""


class FormPicker(QWidget):
    """Ticks stay when a search hides them.

    A packet ticks its forms at once; choosing another one takes back what the first had ticked,
    and nothing that was ticked without it.
    """

    selection_changed = Signal()

    def __init__(self, placeholder: str = "Find a form", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[DocumentKey, CheckRow] = {}
        self._words: dict[DocumentKey, str] = {}
        self._sections: list[_Section] = []
        self._columns = 0
        self._packets: tuple[PacketRow, ...] = ()
        self._packet: PacketRow | None = None
        self._ticked_by_packet: frozenset[DocumentKey] = frozenset()
        self._quiet = False

        self.search = SearchField(placeholder)
        self.search.textChanged.connect(self._filter)
        self._packet_button = plain_button("Packet")
        self._packet_menu = QMenu(self._packet_button)
        self._packet_button.setMenu(self._packet_menu)
        self._packet_button.hide()
        self._top = QHBoxLayout()
        self._top.setSpacing(12)
        self._top.addWidget(self.search, 1)
        self._top.addWidget(self._packet_button)

        self._nothing = plain_label("No form or document has these words.", "secondary")
        self._nothing.hide()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(16)
            column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._side_by_side = QHBoxLayout()
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.addLayout(self._left, 1)
        self._side_by_side.addLayout(self._right)
        self._list = QWidget()
        self._within = QVBoxLayout(self._list)
        self._within.setContentsMargins(0, 0, 8, 0)
        self._within.addWidget(self._nothing)
        self._within.addLayout(self._side_by_side, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setMinimumHeight(LOWEST)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        self._list.setAutoFillBackground(False)
        self._scroll.setAccessibleName("Forms and documents")

        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addLayout(self._top)
        whole.addWidget(self._scroll, 1)
        self.setFocusProxy(self.search)

    def add_button(self, button: QPushButton) -> None:
        """Place one more button beside the search field."""
        self._top.addWidget(button)

    def set_items(self, items: Sequence[ChecklistItem]) -> None:
        """Show these and tick what comes ticked; no packet is chosen any more."""
        self._scroll.setUpdatesEnabled(False)
        for section in self._sections:
            section.setParent(None)
            section.deleteLater()
        self._rows, self._words, self._sections = {}, {}, []
        for group in FormGroup:
            members = [item for item in items if item.group is group]
            if members:
                self._sections.append(self._section(group, members))
        self._forget_packet()
        self._filter()
        self._scroll.setUpdatesEnabled(True)
        self.selection_changed.emit()

    def set_packets(self, packets: tuple[PacketRow, ...]) -> None:
        """Offer these; call it after `set_items`."""
        self._packets = packets
        self._packet_menu.clear()
        for packet in packets:
            action = self._packet_menu.addAction(packet.name.replace("&", "&&"))
            action.triggered.connect(partial(self.choose_packet, packet))
        self._packet_menu.addSeparator()
        self._packet_menu.addAction("No packet").triggered.connect(
            partial(self.choose_packet, None)
        )
        self._packet_button.setVisible(bool(packets))
        self._forget_packet()

    def choose_packet(self, packet: PacketRow | None, _checked: bool = False) -> None:
        """Tick what the packet holds, as the menu does; None takes the chosen one back."""
        ticked = self.ticked() - self._ticked_by_packet
        wanted: set[DocumentKey] = set()
        if packet is not None:
            wanted = {DocumentKey(form_id=form_id) for form_id in packet.form_ids}
        self._ticked_by_packet = frozenset(wanted & self._rows.keys() - ticked)
        self._packet = packet
        self._name_packet()
        self.set_ticked(ticked | wanted)

    @property
    def packet(self) -> PacketRow | None:
        """The packet chosen last, if any."""
        return self._packet

    def ticked(self) -> set[DocumentKey]:
        return {key for key, row in self._rows.items() if row.box.isChecked()}

    def set_ticked(self, keys: Collection[DocumentKey]) -> None:
        """Tick exactly these, as far as they are listed."""
        before = self.ticked()
        self._quiet = True
        for key, row in self._rows.items():
            row.box.setChecked(key in keys)
        self._quiet = False
        if self.ticked() != before:
            self.selection_changed.emit()

    def reveal(self, key: DocumentKey) -> None:
        """Bring one line into sight and give it the focus."""
        self.search.clear()
        row = self._rows[key]
        row.box.setFocus()
        # A line that was just added has its place only once the list has grown.
        QTimer.singleShot(0, row, lambda: self._scroll.ensureWidgetVisible(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _section(self, group: FormGroup, items: Iterable[ChecklistItem]) -> "_Section":
        section = _Section(group.word, self._list)
        for item in items:
            row = CheckRow(item.title, item.note, item.ticked)
            if item.summary:
                row.setToolTip(plain_tip(item.summary))
            row.toggled.connect(self._toggled)
            section.add(row)
            self._rows[item.key] = row
            self._words[item.key] = f"{item.title} {item.note} {item.summary}".casefold()
        return section

    def _toggled(self) -> None:
        if not self._quiet:
            self.selection_changed.emit()

    def _filter(self) -> None:
        terms = self.search.text().casefold().split()
        for key, row in self._rows.items():
            row.setVisible(all(term in self._words[key] for term in terms))
        for section in self._sections:
            section.settle()
        self._nothing.setVisible(bool(terms) and not any(s.shown for s in self._sections))
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        """Groups keep their order; in two columns the second begins where the halves are even."""
        columns = 2 if self._scroll.width() >= TWO_COLUMNS_FROM else 1
        if columns == self._columns:
            return
        self._columns = columns
        shown = [section for section in self._sections if section.shown]
        heights = [section.weight for section in shown]
        split = len(shown)
        if columns == 2 and len(shown) > 1:
            split = min(
                range(1, len(shown)),
                key=lambda at: max(sum(heights[:at]), sum(heights[at:])),
            )
        for section in self._sections:
            self._left.removeWidget(section)
            self._right.removeWidget(section)
        for index, section in enumerate(shown):
            (self._left if index < split else self._right).addWidget(section)
        both = split < len(shown)
        self._side_by_side.setStretch(1, 1 if both else 0)
        self._side_by_side.setSpacing(24 if both else 0)
        self._tab_order(shown)

    def _tab_order(self, shown: Sequence["_Section"]) -> None:
        boxes = [row.box for section in shown for row in section.rows]
        for before, after in pairwise(boxes):
            QWidget.setTabOrder(before, after)

    def _forget_packet(self) -> None:
        self._packet, self._ticked_by_packet = None, frozenset()
        self._name_packet()

    def _name_packet(self) -> None:
        name = f"Packet: {self._packet.name}" if self._packet is not None else "Packet"
        self._packet_button.setText(name.replace("&", "&&"))
        self._packet_button.setAccessibleName(name)


class _Section(QWidget):
    """One group: its name over its lines. `weight` is its height in lines, as columns count it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[CheckRow] = []
        self.shown = True
        self.weight = 0
        self._within = QVBoxLayout(self)
        self._within.setContentsMargins(0, 0, 0, 0)
        self._within.setSpacing(8)
        self._within.addWidget(plain_label(name, "section"))

    def add(self, row: CheckRow) -> None:
        self.rows.append(row)
        self._within.addWidget(row)

    def settle(self) -> None:
        """Follow what the search left visible."""
        visible = sum(not row.isHidden() for row in self.rows)
        self.shown = visible > 0
        self.weight = 1 + 2 * visible
        self.setVisible(self.shown)
