"""What stands where nothing is yet: what belongs here and what to do first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from practice_desktop.views.widgets.buttons import primary_button
from practice_desktop.views.widgets.label import plain_label


class EmptyState(QWidget):
    def __init__(
        self, title: str, sentence: str, button_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self.title_label = plain_label(title, "heading", wrap=True)
        self.sentence_label = plain_label(sentence, "muted", wrap=True)
        self.button = primary_button(button_text)
        column.addStretch(2)
        for label in (self.title_label, self.sentence_label):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.button.setVisible(bool(button_text))

    def set_text(self, title: str, sentence: str) -> None:
        self.title_label.setText(title)
        self.sentence_label.setText(sentence)
