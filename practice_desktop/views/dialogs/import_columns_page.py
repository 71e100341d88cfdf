"""Second page of an import: where each column goes, with what stands in it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from practice_desktop.services.column_mapping import Column
from practice_desktop.services.column_target import Target
from practice_desktop.views.widgets.label import ElidedLabel, plain_label

_HEADERS = ("Column in the file", "What stands in it", "Goes into")


class ImportColumnsPage(QWidget):
    """Columns without any value are left out of the page: nothing of them would be kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self.boxes: dict[int, QComboBox] = {}
        self.notes = plain_label("", "secondary", wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notes)
        column.addWidget(self._area, 1)

    def show_columns(self, columns: Sequence[Column], notes: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self.boxes = {}
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for i, (header, stretch) in enumerate(zip(_HEADERS, (3, 4, 3), strict=True)):
            grid.addWidget(plain_label(header, "secondary"), 0, i)
            grid.setColumnStretch(i, stretch)
        for position, column in enumerate(self._columns):
            if not column.samples:
                continue
            row = grid.rowCount()
            box = self.boxes[position] = _target_box(column)
            grid.addWidget(ElidedLabel(column.header, "strong"), row, 0)
            grid.addWidget(ElidedLabel(", ".join(column.samples), "muted"), row, 1)
            grid.addWidget(box, row, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(rows)
        rows.setAutoFillBackground(False)
        empty = len(self._columns) - len(self.boxes)
        sentences = list(notes)
        if empty:
            sentences.append(
                "One column is empty." if empty == 1 else f"{empty} columns are empty."
            )
        if any(column.sensitive and column.samples for column in self._columns):
            sentences.append(
                "Columns with social security, passport and similar numbers are not imported "
                "unless you say where they go."
            )
        self.notes.setText(" ".join(sentences))
        self.notes.setVisible(bool(sentences))

    def columns(self) -> tuple[Column, ...]:
        """The columns with the targets chosen here."""
        return tuple(
            replace(column, target=Target(self.boxes[i].currentData()))
            if i in self.boxes
            else column
            for i, column in enumerate(self._columns)
        )


class _TargetBox(QComboBox):
    """Scrolling the page over a box must not change what it says."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _target_box(column: Column) -> QComboBox:
    box = _TargetBox()
    for target in Target:
        box.addItem(target.word, target.value)
    box.setCurrentIndex(list(Target).index(column.target))
    box.setAccessibleName(column.header)
    box.setMaxVisibleItems(len(Target))
    return box
