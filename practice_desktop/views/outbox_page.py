"""The Outbox page: what waits and why, what needs a person, what has left."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.errors import Problem
from practice_desktop.services.outbox import Notice, Outbox
from practice_desktop.services.outbox_sender import OutboxSender
from practice_desktop.services.practice import Practice
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.messages import show_problem
from practice_desktop.views.outbox_delegate import ROW_HEIGHT, OutboxDelegate
from practice_desktop.views.outbox_model import CLIENT, LINE, STATE, SUBJECT, Answer, OutboxModel
from practice_desktop.views.outbox_pane import OutboxPane
from practice_desktop.views.settings.sections import section_in
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.empty_state import EmptyState
from practice_desktop.views.widgets.filter_chip import FilterChip
from practice_desktop.views.widgets.flow_layout import FlowLayout
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.line import horizontal_line
from practice_desktop.views.widgets.search_field import SearchField
from practice_desktop.vocabulary import OutboxFilter

PAUSE_MS = 750
"""While a thousand messages leave, the page is read five times a second, not after each."""

_EMPTY = {
    OutboxFilter.TO_SEND: (
        "Nothing to send",
        "Invitations and notifications wait here until your mail server takes them.",
    ),
    OutboxFilter.ATTENTION: (
        "Nothing needs attention",
        "Messages that failed, or of which nobody is certain, would stand here.",
    ),
    OutboxFilter.SENT: ("Nothing sent yet", "What your mail server accepted stands here."),
    OutboxFilter.CANCELLED: (
        "Nothing cancelled",
        "Messages that were taken back, replaced or dismissed stand here.",
    ),
}
_NOTHING_FOUND = ("No message has these words", "Search for a client, an address or a subject.")


class OutboxPage(QWidget):
    """`settings_wanted` names the section of Settings that mends what the bar on top says,
    `client_wanted` carries whose profile is to be opened.
    """

    settings_wanted = Signal(str)
    client_wanted = Signal(int)

    def __init__(
        self,
        outbox: Outbox,
        sender: OutboxSender,
        practice: Practice,
        tasks: Tasks,
        bridge: Bridge,
    ) -> None:
        super().__init__()
        self._outbox = outbox
        self._sender = sender
        self._practice = practice
        self._tasks = tasks
        self._reading = False
        self._turn = 0
        self._selected: int | None = None
        self._section = ""
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read_again)
        self._stale = False
        bridge.data_changed.connect(self._refresh_if_visible)

        self.chips: dict[OutboxFilter, FilterChip] = {}
        self.hold_button = plain_button("Hold new messages for review")
        self.hold_button.setCheckable(True)
        self.hold_button.clicked.connect(self._hold_new)
        self.send_all_button = primary_button("Send all")
        self.send_all_button.clicked.connect(self._send_all)
        self.callout = Callout(Tone.WAITING)
        self.settings_button = plain_button("Open Settings")
        self.settings_button.clicked.connect(self._open_settings)
        self.try_button = plain_button("Try now")
        self.try_button.clicked.connect(self._try_now)
        self.callout.add_button(self.settings_button)
        self.callout.add_button(self.try_button)
        self.search = SearchField("Search client, address, subject")
        self.search.textChanged.connect(self._search)
        self.model = OutboxModel(outbox, self)
        self.table = _Table(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.empty = EmptyState(*_EMPTY[OutboxFilter.TO_SEND])
        self.pane = OutboxPane(outbox, tasks)
        self.pane.changed.connect(self._read_now)
        self.pane.client_wanted.connect(self.client_wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self._lay_out()

    def refresh(self) -> None:
        """Read again, at once and then once in a while; what is selected stays selected."""
        if self._pause.isActive():
            self._stale = True
        else:
            self._read_behind()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_now()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 16)
        head.setSpacing(8)
        head.addWidget(plain_label("Outbox", "title"))
        head.addSpacing(8)
        chips = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        row = FlowLayout(chips, gap=7, line_gap=5)
        group = QButtonGroup(self)
        for shown in OutboxFilter:
            chip = FilterChip(shown.word)
            chip.setChecked(shown is OutboxFilter.TO_SEND)
            chip.toggled.connect(partial(self._filter, shown))
            group.addButton(chip)
            self.chips[shown] = chip
            row.addWidget(chip)
        head.addWidget(chips, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.hold_button)
        head.addWidget(self.send_all_button)

        self._strip = QWidget()
        self._strip.setProperty("role", "canvas")
        self._strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(24, 14, 24, 14)
        strip.addWidget(self.callout)
        self._strip_line = horizontal_line()

        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        find = QHBoxLayout()
        find.setContentsMargins(14, 10, 14, 6)
        find.addWidget(self.search)
        column.addLayout(find)
        column.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        left.setMinimumWidth(380)
        split.addWidget(left)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        split.setSizes([760, 380])

        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(horizontal_line())
        whole.addWidget(self._strip)
        whole.addWidget(self._strip_line)
        whole.addWidget(split, 1)

    def _refresh_if_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    def _read_again(self) -> None:
        if self._stale and self.isVisible():
            self._read_behind()

    def _read_behind(self) -> None:
        """Read on another thread: while many messages leave, the window must not stand still."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        rows, turn = self.model.question(), self._turn
        self._tasks.run(
            lambda: (rows(), self._read_around()), partial(self._take, turn), self._fail, owner=self
        )

    def _take(self, turn: int, answer: tuple[Answer, "_Around"]) -> None:
        """A message that is gone does not hand its place to the first: the preview would flicker
        through all that leave.
        """
        self._reading = False
        self._pause.start()
        if turn != self._turn:
            return
        rows, around = answer
        top = self.table.verticalScrollBar().value()
        if self.model.take(rows):
            self._select_again(choose=False)
            self.table.verticalScrollBar().setValue(top)
        self._show_selected()
        self._show_around(around)

    def _fail(self, _error: Exception) -> None:
        """Whatever it is, the next reading may do better; a lost database is told elsewhere."""
        self._reading = False
        self._pause.start()

    def _read_now(self) -> None:
        """Read again at once, for somebody who did something or has just come here."""
        self._stale = False
        self._turn += 1
        top = self.table.verticalScrollBar().value()
        if self.model.refresh() or not self.table.currentIndex().isValid():
            self._select_again()
            self.table.verticalScrollBar().setValue(top)
        self._show_selected()
        self._show_around(self._read_around())

    def _read_around(self) -> "_Around":
        outbox = self._outbox
        hold = self._practice.load().hold_new_messages
        return _Around(outbox.counts(), outbox.notice(), outbox.online, hold)

    def _show_around(self, around: "_Around") -> None:
        for shown, chip in self.chips.items():
            chip.setText(f"{shown.word} {around.counts[shown]:,}")
        self._show_notice(around.notice)
        self.hold_button.setChecked(around.hold)
        reason = ""
        if not around.counts[OutboxFilter.TO_SEND]:
            reason = "There is nothing to send."
        elif not around.online:
            reason = "You are offline. Choose Try now when the connection is back."
        self.send_all_button.setEnabled(not reason)
        self.send_all_button.setToolTip(reason)
        self._show_whether_empty()

    def _show_whether_empty(self) -> None:
        nothing = self.model.rowCount() == 0
        self.empty.set_text(*(_NOTHING_FOUND if self.model.search else _EMPTY[self.model.shown]))
        self._stack.setCurrentWidget(self.empty if nothing else self.table)

    def _show_notice(self, notice: Notice | None) -> None:
        for part in (self._strip, self._strip_line):
            part.setVisible(notice is not None)
        if notice is None:
            return
        tone = Tone.BAD if notice.tone == "bad" else Tone.WAITING
        if self.callout.property("tone") != tone.value:
            self.callout.set_tone(tone)
        self.callout.set_text("", notice.sentence)
        self.try_button.setVisible(notice.action == "try_now")
        self._section = section_in(notice.sentence)
        self.settings_button.setVisible(bool(self._section))

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._selected = self.model.row(current.row()).id
            self._show_selected()

    def _show_selected(self) -> None:
        number = self.model.position(self._selected) if self._selected is not None else None
        self.pane.show_row(self.model.row(number) if number is not None else None)

    def _select_again(self, *, choose: bool = True) -> None:
        """After the rows were replaced: the same message, else the first if `choose`."""
        number = self.model.position(self._selected) if self._selected is not None else None
        if number is None and choose and self.model.rowCount():
            number = 0
        if number is None:
            self._selected = None
        else:
            self._selected = self.model.row(number).id
            self.table.selectRow(number)

    def _filter(self, shown: OutboxFilter, on: bool) -> None:
        if not on:
            return
        self.model.shown = shown
        # What is to leave stands in the order in which it leaves, what has left newest first.
        forwards = shown is OutboxFilter.TO_SEND
        order = Qt.SortOrder.AscendingOrder if forwards else Qt.SortOrder.DescendingOrder
        self.table.sortByColumn(LINE, order)
        self._select_again()
        self._show_selected()
        self._show_whether_empty()

    def _search(self, text: str) -> None:
        self.model.show(search=text)
        self._select_again()
        self._show_selected()
        self._show_whether_empty()

    def _hold_new(self, on: bool) -> None:
        try:
            self._practice.save(hold_new_messages=on)
        except Problem as problem:
            show_problem(self.window(), problem)
        self._read_now()

    def _send_all(self) -> None:
        try:
            self._outbox.send_all()
        except Problem as problem:
            show_problem(self.window(), problem)
        self._read_now()

    def _open_settings(self) -> None:
        self.settings_wanted.emit(self._section)

    def _try_now(self) -> None:
        self._sender.try_now()
        self._read_now()


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the list."""

    counts: dict[OutboxFilter, int]
    notice: Notice | None
    online: bool
    hold: bool


class _Table(QTableView):
    """Rows of one height, sorted by a click on a header; arrows move, Menu is not needed."""

    def __init__(self, model: OutboxModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(OutboxDelegate(self))
        self.setAccessibleName("Messages")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(70)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(SUBJECT, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(LINE, Qt.SortOrder.AscendingOrder)
        for column, width in ((CLIENT, 120), (STATE, 106), (LINE, 148)):
            self.setColumnWidth(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right belong to whole rows: they do not wander through cells."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            height = max(ROW_HEIGHT, 2 * self.fontMetrics().height() + 14)
            self.verticalHeader().setDefaultSectionSize(height)
