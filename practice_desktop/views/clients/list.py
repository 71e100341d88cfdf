"""The left pane of the clients page: search, filters, the list."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QActionGroup, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.services import client_list
from practice_desktop.views.clients.filter_bar import FilterBar
from practice_desktop.views.clients.list_model import ClientModel
from practice_desktop.views.clients.row_delegate import ClientRowDelegate
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import icon_size
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.empty_state import EmptyState
from practice_desktop.views.widgets.icons import icon
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.line import horizontal_line
from practice_desktop.views.widgets.search_field import SearchField
from practice_desktop.vocabulary import ClientFilter, ClientOrder

WIDTH = 316
NARROW_WIDTH = 300
_ORDER_WORDS = {
    ClientOrder.NAME: "Last name",
    ClientOrder.FIRST_NAME: "First name",
    ClientOrder.NEWEST: "Newest first",
}


class ClientList(QWidget):
    """`selection_changed` carries the ids; *Select all* means all that match, loaded or not."""

    selection_changed = Signal(list)
    import_wanted = Signal()
    new_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self, clients: client_list.ClientList, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clients = clients
        self._everyone: list[int] | None = None
        self._restoring = False
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ClientModel(clients, self)
        self.search = SearchField("Search name, email, phone  Ctrl+F")
        self.search.textChanged.connect(self._search)
        self.filters = FilterBar(clients, tasks)
        self.filters.chosen.connect(self._filter)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.selectionModel().selectionChanged.connect(self._note_selection)
        self.view.all_wanted.connect(self._select_everyone)
        self.view.menu_wanted.connect(self.menu_wanted)
        self.model.rowsInserted.connect(self._select_inserted)
        self.new_button = primary_button("New client", "plus")
        self.new_button.clicked.connect(self.new_wanted)
        self.import_button = plain_button("Import")
        self.import_button.clicked.connect(self.import_wanted)
        self.empty = EmptyState("", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._lay_out()

    def least_width(self) -> int:
        """What its buttons need, in whatever language and size of letters."""
        return self._column.totalMinimumSize().width()

    def refresh(self) -> None:
        """Read again; what is selected stays selected."""
        selected, current = self.selected_ids(), self.current_id()
        everyone = self._everyone
        place = self.view.verticalScrollBar().value()
        self._restoring = True
        try:
            if self.model.refresh():
                self._restore(selected, current, everyone)
                self.view.verticalScrollBar().setValue(place)
        finally:
            self._restoring = False
        self._show_state()
        self.filters.refresh()

    def selected_ids(self) -> list[int]:
        if self._everyone is not None:
            return list(self._everyone)
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.row(self.model.index(row)).id for row in rows]

    def current_id(self) -> int | None:
        index = self.view.currentIndex()
        return self.model.row(index).id if index.isValid() else None

    def select(self, client_id: int) -> None:
        """Select one client; where the list does not show it, nothing is selected."""
        self._everyone = None
        position = self.model.position(client_id)
        if position is None:
            self.view.clearSelection()
            return
        index = self.model.index(position)
        # Through the view, a key held down meanwhile would add to the selection instead.
        self.view.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.view.scrollTo(index)

    def select_quietly(self, client_id: int) -> None:
        """Put the selection back without telling anybody."""
        self._restoring = True
        try:
            self.select(client_id)
        finally:
            self._restoring = False

    def show_all(self) -> None:
        """Drop search and filter, so that a new client is seen."""
        self.search.clear()
        self.filters.choose(ClientFilter.ALL)

    def start(self) -> None:
        """The first read, once the window stands."""
        self.model.show()
        self._show_state()
        # Counting, and the threads for it, can wait until the rows are on screen.
        QTimer.singleShot(0, self, self.filters.refresh)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(plain_label("Clients", "title"))
        head.addStretch(1)
        head.addWidget(self.import_button)
        head.addWidget(self.new_button)
        top = QVBoxLayout()
        top.setContentsMargins(14, 14, 14, 10)
        top.setSpacing(10)
        top.addLayout(head)
        top.addWidget(self.search)
        self.filters.add_button(self._sort_button())
        top.addWidget(self.filters)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(horizontal_line())
        column.addWidget(self._stack, 1)
        self.empty.button.clicked.connect(self.new_wanted)

    def _sort_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "sort")
        button.setIcon(icon("sort", "muted"))
        button.setIconSize(icon_size(14))
        button.setAccessibleName("Sort")
        button.setToolTip("Sort")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for order in ClientOrder:
            action = menu.addAction(_ORDER_WORDS[order])
            action.setCheckable(True)
            action.setChecked(order is ClientOrder.NAME)
            action.triggered.connect(lambda _on=False, choice=order: self._sort(choice))
            group.addAction(action)
        button.setMenu(menu)
        self.sort_button = button
        return button

    def _search(self, text: str) -> None:
        self._everyone = None
        self._reread(lambda: self.model.show(search=text))

    def _filter(self, shown: ClientFilter) -> None:
        self._everyone = None
        self._reread(lambda: self.model.show(shown=shown))

    def _sort(self, order: ClientOrder) -> None:
        self._reread(lambda: self.model.show(order=order))

    def _reread(self, read: Callable[[], None]) -> None:
        selected, current = self.selected_ids(), self.current_id()
        self._restoring = True
        try:
            read()
            self._restore(selected, current, self._everyone)
        finally:
            self._restoring = False
        self._show_state()

    def _restore(
        self, selected: list[int], current: int | None, everyone: list[int] | None
    ) -> None:
        """Select again by id; clients that the list does not show any more fall out."""
        model, chosen = self.view.selectionModel(), QItemSelection()
        wanted = set(selected if everyone is None else everyone)
        for row in range(self.model.rowCount()) if wanted else ():
            index = self.model.index(row)
            if self.model.row(index).id in wanted:
                chosen.select(index, index)
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        position = self.model.position(current) if current is not None else None
        if position is not None:
            model.setCurrentIndex(
                self.model.index(position), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _note_selection(self) -> None:
        if not self._restoring:
            self._everyone = None
            self.selection_changed.emit(self.selected_ids())

    def _select_everyone(self) -> None:
        ids = self._clients.ids(search=self.model.search, shown=self.model.shown)
        self._restoring = True
        self.view.selectAll()
        self._restoring = False
        self._everyone = ids
        self.selection_changed.emit(ids)

    def _select_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._everyone is not None:
            self._restoring = True
            self.view.selectionModel().select(
                QItemSelection(self.model.index(first), self.model.index(last)),
                QItemSelectionModel.SelectionFlag.Select,
            )
            self._restoring = False

    def _show_state(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.view)
            return
        nobody = not self.model.search and self.model.shown is ClientFilter.ALL
        if nobody:
            self.empty.set_text(
                "No clients yet", "Import the list of your practice, or add the first client."
            )
        elif self.model.search:
            self.empty.set_text(
                "Nobody found", "No client here has these words in the name, email or phone."
            )
        else:
            self.empty.set_text("Nobody here", f"No client is under {self.model.shown.word} now.")
        self._stack.setCurrentWidget(self.empty)


class _View(QListView):
    all_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Clients")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = ClientRowDelegate(self)
        self._delegate.use_font(self.font())
        self.setItemDelegate(self._delegate)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._delegate.use_font(self.font())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_A:
            self.all_wanted.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            inside = self.visualRect(self.currentIndex()).center()
            place = self.viewport().mapToGlobal(inside)
        self.menu_wanted.emit(place)
        event.accept()
