"""The outbox as Qt reads it: one page at a time, sorted where the rows are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont

from practice_desktop.services.outbox import Outbox, OutboxOrder, OutboxRow
from practice_desktop.vocabulary import OutboxFilter

Index = QModelIndex | QPersistentModelIndex
PAGE = 60
ROW_ROLE = Qt.ItemDataRole.UserRole
CLIENT, SUBJECT, STATE, LINE = range(4)
HEADERS = ("Client", "Subject", "State", "When")
_ORDERS = (OutboxOrder.CLIENT, OutboxOrder.SUBJECT, OutboxOrder.STATE, OutboxOrder.NEWEST)


class OutboxModel(QAbstractTableModel):
    """The first cell's accessible text says the whole row, the others say themselves."""

    def __init__(self, outbox: Outbox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._rows: list[OutboxRow] = []
        self._complete = True
        self._order = OutboxOrder.NEWEST
        self._descending = False
        self.shown = OutboxFilter.TO_SEND
        self.search = ""

    def show(self, *, shown: OutboxFilter | None = None, search: str | None = None) -> None:
        """Change what is given and read the first page."""
        self.shown = shown or self.shown
        self.search = self.search if search is None else search
        self._replace(self._read(0, PAGE), PAGE)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = _ORDERS[column]
        self._descending = order is Qt.SortOrder.DescendingOrder
        self._replace(self._read(0, PAGE), PAGE)

    def refresh(self) -> bool:
        """Read again what is loaded; False where nothing but single rows changed."""
        return self.take(self.question()())

    def question(self) -> Callable[[], "Answer"]:
        """What `refresh` asks, to be asked on another thread; `take` shows the answer."""
        wanted = max(len(self._rows), PAGE)
        asked = _Asked(self.shown, self.search, self._order, self._descending, wanted)
        return partial(_ask, self._outbox, asked)

    def take(self, answer: "Answer") -> bool:
        """Show an answer; one to a question that would not be asked now is dropped."""
        asked, rows = answer
        now = _Asked(self.shown, self.search, self._order, self._descending, asked.wanted)
        if asked != now or asked.wanted < len(self._rows):
            return False
        if [row.id for row in rows] != [row.id for row in self._rows]:
            self._replace(rows, asked.wanted)
            return True
        for number, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old != new:
                self._rows[number] = new
                self.dataChanged.emit(self.index(number, CLIENT), self.index(number, LINE))
        return False

    def row(self, number: int) -> OutboxRow:
        return self._rows[number]

    def position(self, message_id: int) -> int | None:
        """Where a message stands among the loaded rows."""
        for number, row in enumerate(self._rows):
            if row.id == message_id:
                return number
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADERS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        text = (row.client_name, row.subject, row.state.word, row.line)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() != CLIENT:
                return text
            return ", ".join((row.client_name, row.subject, row.state.word, row.line))
        if role == Qt.ItemDataRole.FontRole and index.column() == CLIENT:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        rows = self._read(len(self._rows), PAGE)
        self._complete = len(rows) < PAGE
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def _replace(self, rows: list[OutboxRow], wanted: int) -> None:
        self.beginResetModel()
        self._rows = rows
        self._complete = len(rows) < wanted
        self.endResetModel()

    def _read(self, offset: int, limit: int) -> list[OutboxRow]:
        return self._outbox.page(
            shown=self.shown,
            search=self.search,
            offset=offset,
            limit=limit,
            order=self._order,
            descending=self._descending,
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    shown: OutboxFilter
    search: str
    order: OutboxOrder
    descending: bool
    wanted: int


Answer = tuple[_Asked, list[OutboxRow]]


def _ask(outbox: Outbox, asked: _Asked) -> Answer:
    rows = outbox.page(
        shown=asked.shown,
        search=asked.search,
        limit=asked.wanted,
        order=asked.order,
        descending=asked.descending,
    )
    return asked, rows
