"""What an import did."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from practice_desktop.services.client_import import ImportOutcome
from practice_desktop.views.widgets.label import plain_label


class ImportDonePage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = plain_label("", "heading", wrap=True)
        self.sentence = plain_label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self.summary, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(2)

    def show_outcome(self, outcome: ImportOutcome) -> None:
        self.summary.setText(
            f"{len(outcome.added_ids):,} added, {len(outcome.updated_ids):,} updated, "
            f"{outcome.left_out:,} left out"
        )
        sentences = []
        if outcome.unchanged:
            sentences.append(f"{outcome.unchanged:,} had nothing new.")
        if outcome.added_ids:
            sentences.append("The new clients are Not invited, and nothing was sent.")
        if outcome.left_out:
            sentences.append("Save what was left out to mend it and import it again.")
        self.sentence.setText(" ".join(sentences))
