"""First page of an import: which file."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from practice_desktop.views.widgets.buttons import primary_button
from practice_desktop.views.widgets.label import plain_label

FILE_FILTER = "Client lists (*.csv *.tsv *.txt *.xlsx *.vcf);;All files (*)"


class ImportFilePage(QWidget):
    """A file is chosen with the button or dropped anywhere on the page."""

    file_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.choose_button = primary_button("Choose file…")
        self.choose_button.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for text, role in (
            ("Drop a file here, or choose one", "heading"),
            ("CSV, Excel (.xlsx) or vCard (.vcf), up to 50 MB", "muted"),
        ):
            column.addWidget(plain_label(text, role), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        promise = plain_label(
            "You see what will be added, updated or left out before anything is saved. "
            "Nobody is invited by an import.",
            "secondary",
            wrap=True,
        )
        promise.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(promise)
        column.addStretch(3)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (path := _dropped(event)) is not None:
            event.acceptProposedAction()
            self.file_chosen.emit(path)

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Choose file", "", FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.file_chosen.emit(Path(name)))
        dialog.open()


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file of a drop."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
