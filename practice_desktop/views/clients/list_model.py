"""The clients list as Qt reads it: one page at a time, so that its length costs nothing."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from practice_desktop.services.client_list import PAGE, ClientList, ClientRow
from practice_desktop.views.widgets.label import plain_tip
from practice_desktop.vocabulary import ClientFilter, ClientOrder

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
_MOST_LOADED = 5000


class ClientModel(QAbstractListModel):
    """`ROW_ROLE` gives the ClientRow that the delegate paints; the accessible text says it all."""

    def __init__(self, clients: ClientList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clients = clients
        self._rows: list[ClientRow] = []
        self._complete = False
        self.search = ""
        self.shown = ClientFilter.ALL
        self.order = ClientOrder.NAME

    def show(
        self,
        *,
        search: str | None = None,
        shown: ClientFilter | None = None,
        order: ClientOrder | None = None,
    ) -> None:
        """Change what is given and read the first page."""
        self.search = self.search if search is None else search
        self.shown = shown or self.shown
        self.order = order or self.order
        rows = self._read(0, PAGE)
        self._complete = len(rows) < PAGE
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def refresh(self) -> bool:
        """Read again what is loaded; False where nothing but single rows changed."""
        wanted = max(len(self._rows), PAGE)
        rows = self._read(0, wanted)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            for number, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
                if old != new:
                    self._rows[number] = new
                    place = self.index(number)
                    self.dataChanged.emit(place, place)
            return False
        self._complete = len(rows) < wanted
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def row(self, index: Index) -> ClientRow:
        return self._rows[index.row()]

    def position(self, client_id: int) -> int | None:
        """Where a client stands among the loaded rows."""
        for number, row in enumerate(self._rows):
            if row.id == client_id:
                return number
        return None

    def load_to(self, client_id: int) -> None:
        """Load further pages until this client is among the rows, within reason."""
        while (
            self.position(client_id) is None
            and not self._complete
            and len(self._rows) < _MOST_LOADED
        ):
            self.fetchMore(QModelIndex())

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{row.name}, {row.email or 'No email on file'}, {row.status.word}"
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
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

    def _read(self, offset: int, limit: int) -> list[ClientRow]:
        return self._clients.page(
            search=self.search, shown=self.shown, order=self.order, offset=offset, limit=limit
        )
