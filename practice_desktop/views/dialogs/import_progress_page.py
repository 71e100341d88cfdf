"""Shown while a file is read, checked or saved."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from practice_desktop.services.import_watch import Phase
from practice_desktop.views.widgets.label import plain_label

_SENTENCES = {
    Phase.READING: "Reading the file",
    Phase.CHECKING: "Comparing with the clients on file",
    Phase.SAVING: "Saving. Cancel takes all of it back",
}


class ImportProgressPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = plain_label("", "heading", wrap=True)
        self.count = plain_label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        for widget in (self.sentence, self.bar, self.count):
            column.addWidget(widget)
        column.addStretch(2)

    def show_progress(self, phase: Phase, done: int, total: int) -> None:
        self.sentence.setText(f"{_SENTENCES[phase]}…")
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if total:
            self.count.setText(f"{done:,} of {total:,} rows")
        else:
            self.count.setText(f"{done:,} rows" if done else "")
