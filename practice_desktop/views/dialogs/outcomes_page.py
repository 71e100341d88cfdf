"""Who of several clients gets the forms, and who is left out and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.services.documentation import RequestOutcome
from practice_desktop.views.widgets.label import plain_label, plain_tip

_NAME_WIDTH = 220


class OutcomesPage(QWidget):
    """The review page, or with `done` the page that says how it came out."""

    def __init__(self, *, done: bool = False) -> None:
        super().__init__()
        self._done = done
        self.summary = plain_label("", wrap=True)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName("Clients")
        self.table.setHorizontalHeaderLabels(["Client", "Forms"])
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.setColumnWidth(0, _NAME_WIDTH)
        self.table.setMinimumHeight(240)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)

    def show_outcomes(self, outcomes: Sequence[RequestOutcome]) -> None:
        """Those left out come first."""
        included = sum(outcome.included for outcome in outcomes)
        left_out = len(outcomes) - included
        verb = "got the forms" if self._done else "will get the forms"
        lines = [f"{_clients(included)} {verb}."]
        if left_out:
            were = "was" if left_out == 1 else "were"
            lines.append(f"{_clients(left_out)} {were if self._done else 'will be'} left out.")
        self.summary.setText(" ".join(lines))
        self.table.setRowCount(len(outcomes))
        for row, outcome in enumerate(sorted(outcomes, key=lambda o: o.included)):
            if outcome.included:
                words = f"{'Requested' if self._done else 'Will be requested'}. {outcome.reason}"
            else:
                words = f"Left out: {outcome.reason}"
            for column, text in enumerate((outcome.name, words.strip())):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == 0:
                    item.setData(
                        Qt.ItemDataRole.AccessibleTextRole, f"{outcome.name}, {words.strip()}"
                    )
                self.table.setItem(row, column, item)


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count:,} clients"
