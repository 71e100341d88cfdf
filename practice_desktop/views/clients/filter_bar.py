"""The filter chips above the clients list, with how many clients each would show."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from practice_desktop.services.client_list import ClientList
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.filter_chip import FilterChip
from practice_desktop.views.widgets.flow_layout import FlowLayout
from practice_desktop.vocabulary import ClientFilter


class FilterBar(QWidget):
    """Counting 100,000 clients is left to another thread; a second wish waits for the first."""

    chosen = Signal(ClientFilter)

    def __init__(self, clients: ClientList, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clients = clients
        self._tasks = tasks
        self._counting = False
        self._again = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = FlowLayout(self, gap=6, line_gap=7)
        self._group = QButtonGroup(self)
        self.chips: dict[ClientFilter, FilterChip] = {}
        for shown in ClientFilter:
            chip = FilterChip(shown.word)
            chip.toggled.connect(partial(self._toggle, shown))
            self._group.addButton(chip)
            self.chips[shown] = chip
            self._row.addWidget(chip)
        self.chips[ClientFilter.ALL].setChecked(True)

    def add_button(self, button: QAbstractButton) -> None:
        """Another button behind the chips."""
        self._row.addWidget(button)

    def choose(self, shown: ClientFilter) -> None:
        self.chips[shown].setChecked(True)

    def refresh(self) -> None:
        if self._counting:
            self._again = True
            return
        self._counting = True
        self._tasks.run(self._clients.counts, self._show, self._fail, owner=self)

    def _toggle(self, shown: ClientFilter, on: bool) -> None:
        if on:
            self.chosen.emit(shown)

    def _show(self, counts: dict[ClientFilter, int]) -> None:
        for shown, chip in self.chips.items():
            chip.setText(f"{shown.word} {counts[shown]:,}")
        self._finish()

    def _fail(self, _error: Exception) -> None:
        """The list itself says what is wrong; chips without counts still filter."""
        self._finish()

    def _finish(self) -> None:
        self._counting = False
        if self._again:
            self._again = False
            self.refresh()
