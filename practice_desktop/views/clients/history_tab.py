"""The History tab: who did what when, newest first, a page at a time."""

from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.services.clock import now
from practice_desktop.services.history import PAGE, Change, History, HistoryRow
from practice_desktop.views.clients.list_model import ROW_ROLE, Index
from practice_desktop.views.theme import tokens
from practice_desktop.views.when import moment_text, when_text
from practice_desktop.views.widgets.empty_state import EmptyState

_WRAP = Qt.TextFlag.TextWordWrap


class HistoryTab(QWidget):
    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = _Model(history, self)
        self.view = _View()
        self.view.setModel(self.model)
        self.empty = EmptyState(
            "Nothing yet", "Every change to this client is written down here, with who made it."
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 20, 26, 24)
        column.addWidget(self._stack)

    def show_client(self, client_id: int) -> None:
        self.model.show_client(client_id)
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)

    def refresh(self) -> None:
        self.show_client(self.model.client_id)


def byline(row: HistoryRow, moment: datetime) -> str:
    """'Today 09:14 · Dana'; what happened by itself or with nobody named has no name."""
    when = when_text(row.at, moment)
    if not when.startswith(("Today", "Yesterday")):
        when = moment_text(row.at)
    return " · ".join(filter(None, (when, row.actor)))


def change_text(change: Change) -> str:
    """'Phone: 555 0100 → 555 0199'; the first value of a field stands alone."""
    if not change.old:
        return f"{change.field}: {change.new}"
    return f"{change.field}: {change.old} → {change.new or 'empty'}"


class _Model(QAbstractListModel):
    def __init__(self, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._history = history
        self._rows: list[HistoryRow] = []
        self._complete = True
        self.client_id = 0

    def show_client(self, client_id: int) -> None:
        rows = self._history.list(client_id)
        if client_id == self.client_id and rows == self._rows[: len(rows)] and rows:
            return
        self.beginResetModel()
        self.client_id = client_id
        self._rows = rows
        self._complete = len(rows) < PAGE
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            lines = (row.sentence, byline(row, now()), *map(change_text, row.changes))
            return ", ".join(lines)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, _parent: Index) -> None:
        rows = self._history.list(self.client_id, before_id=self._rows[-1].id)
        self._complete = len(rows) < PAGE
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()


class _Delegate(QStyledItemDelegate):
    """A sentence, who and when, and each change on a line of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        return QSize(200, self._lay_out(None, QRect(0, 0, width, 1 << 14), option.font, index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._lay_out(painter, option.rect, option.font, index)
        painter.restore()

    def _lay_out(self, painter: QPainter | None, place: QRect, font: QFont, index: Index) -> int:
        """Paint where there is a painter; the height that the row takes."""
        row: HistoryRow = index.data(ROW_ROLE)
        colours = tokens()
        strong, small = QFont(font), QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(12)
        parts = [(row.sentence, strong, colours.ink), (byline(row, now()), small, colours.muted)]
        parts += [(change_text(change), small, colours.ink) for change in row.changes]
        inside = place.adjusted(16, 12, -16, 0)
        top = inside.top()
        for text, used, colour in parts:
            room = QRect(inside.left(), top, inside.width(), 1 << 13)
            box = QFontMetrics(used).boundingRect(room, _WRAP, text)
            if painter is not None:
                painter.setFont(used)
                painter.setPen(QColor(colour))
                painter.drawText(QRect(room.topLeft(), box.size()), _WRAP, text)
            top += box.height() + 3
        bottom = top + 9
        if painter is not None:
            painter.fillRect(
                QRect(QPoint(place.left(), place.bottom()), QSize(place.width(), 1)),
                QColor(colours.line),
            )
        return bottom - place.top() + 1


class _View(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("History")
        self.setProperty("role", "card")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
