"""Last page before an import: row by row what will be added, updated or left out, and why."""

from functools import partial

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.services.import_plan import ImportPlan, ImportRow, Verdict
from practice_desktop.views.dialogs.import_rows_model import ImportRowsModel, verdict_word
from practice_desktop.views.widgets.label import plain_label

_WIDTHS = (60, 150, 180, 120)


class ImportPreviewPage(QWidget):
    """The chips filter; the selected row's whole story stands below the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self.model = ImportRowsModel()
        self.notes = plain_label("", "secondary", wrap=True)
        self.chips: dict[Verdict | None, QPushButton] = {}
        self._group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setSpacing(7)
        for verdict in (None, *Verdict):
            chip = self.chips[verdict] = QPushButton("All")
            chip.setProperty("role", "filter")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.toggled.connect(partial(self._filter, verdict))
            self._group.addButton(chip)
            chips.addWidget(chip)
        chips.addStretch(1)
        self.table = self._make_table()
        self.story = QPlainTextEdit()
        self.story.setReadOnly(True)
        self.story.setAccessibleName("Selected row")
        self.story.setTabChangesFocus(True)
        self.story.setFixedHeight(112)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notes)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        column.addWidget(self.story)

    def show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        for verdict, chip in self.chips.items():
            count = len(plan.rows) if verdict is None else plan.counts[verdict]
            word = "All" if verdict is None else verdict_word(verdict)
            chip.setText(f"{word} {count:,}")
            chip.setAccessibleName(f"{word} {count:,}")
            chip.setVisible(verdict is not Verdict.UNCHANGED or count > 0)
        notes = list(plan.table.notes)
        if plan.counts[Verdict.UNCHANGED]:
            notes.append("Rows with nothing new match a client who has all of it already.")
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(notes))
        if self.chips[None].isChecked():
            self._filter(None, True)
        else:
            self.chips[None].setChecked(True)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName("Preview")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMinimumHeight(150)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(32)
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.selectionModel().selectionChanged.connect(self._tell)
        return table

    def _filter(self, verdict: Verdict | None, on: bool) -> None:
        if on and self._plan is not None:
            self.model.show(self._plan, verdict)
            if self.model.rowCount():
                self.table.selectRow(0)
            else:
                self.story.setPlainText("")

    def _tell(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows and self._plan is not None:
            position = self.model.position(rows[0].row())
            self.story.setPlainText("\n".join(_story(self._plan, position)))


def _story(plan: ImportPlan, position: int) -> list[str]:
    row: ImportRow = plan.rows[position]
    lines = [row.sentence] if row.sentence else []
    lines += row.notes
    if row.verdict is Verdict.UPDATED:
        lines += [f"{c.field}: {c.old or 'nothing'} → {c.new}" for c in row.changes]
    else:
        lines += [f"{label}: {value}" for label, value in plan.values(position)]
    return lines
