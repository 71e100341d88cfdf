"""Who of several clients is invited, and who is left out and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from practice_desktop.services.portal_access import Invitee
from practice_desktop.views.widgets.buttons import plain_button
from practice_desktop.views.widgets.label import plain_label, plain_tip

_HEADERS = ("Client", "Email", "Invitation")
_ROW = 44
"""Two lines of text."""


class InviteesPage(QWidget):
    """The review page, or with `sent` the page that says how it came out.

    `address_wanted` carries the id of a client who is left out for want of an address.
    """

    address_wanted = Signal(int)

    def __init__(self, *, sent: bool = False) -> None:
        super().__init__()
        self._sent = sent
        self._model = _Invitees(sent)
        self.summary = plain_label("", wrap=True)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName("Clients")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.add_address = plain_button("Add email address…")
        self.add_address.setAutoDefault(False)
        self.add_address.clicked.connect(self._want_address)
        self.table.selectionModel().selectionChanged.connect(self._settle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.add_address, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_invitees(self, invitees: Sequence[Invitee]) -> None:
        """Those left out come first; the first one without an address is selected."""
        self._model.show(invitees)
        for column, width in enumerate((170, 190)):
            self.table.setColumnWidth(column, width)
        included = sum(invitee.included for invitee in invitees)
        left_out = len(invitees) - included
        lines = [f"{self._clients(included)} invited."]
        if left_out:
            lines.append(f"{self._clients(left_out)} left out.")
        self.summary.setText(" ".join(lines))
        lacking = [row for row in range(left_out) if self._model.lacks_address(row)]
        self.add_address.setVisible(bool(lacking) and not self._sent)
        if lacking:
            self.table.selectRow(lacking[0])
        self._settle()

    def _clients(self, count: int) -> str:
        who = "1 client" if count == 1 else f"{count:,} clients"
        if not self._sent:
            return f"{who} will be"
        return f"{who} {'was' if count == 1 else 'were'}"

    def _selected(self) -> int | None:
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _settle(self) -> None:
        row = self._selected()
        self.add_address.setEnabled(row is not None and self._model.lacks_address(row))

    def _want_address(self) -> None:
        row = self._selected()
        if row is not None:
            self.address_wanted.emit(self._model.invitee(row).client_id)


class _Invitees(QAbstractTableModel):
    def __init__(self, sent: bool) -> None:
        super().__init__()
        self._included = "Invited" if sent else "Will be invited"
        self._rows: list[Invitee] = []

    def show(self, invitees: Sequence[Invitee]) -> None:
        self.beginResetModel()
        self._rows = sorted(invitees, key=lambda invitee: invitee.included)
        self.endResetModel()

    def invitee(self, row: int) -> Invitee:
        return self._rows[row]

    def lacks_address(self, row: int) -> bool:
        return not self._rows[row].included and not self._rows[row].email

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        invitee = self._rows[index.row()]
        words = (
            invitee.name,
            invitee.email or "No email on file",
            self._included if invitee.included else f"Left out: {invitee.reason}",
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return words[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(words[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(words) if index.column() == 0 else words[index.column()]
        return None
