"""The coloured bar that says what to do next."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from practice_desktop.views.theme import restyle
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.label import plain_label


class Callout(QFrame):
    def __init__(self, tone: Tone = Tone.GOOD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "callout")
        self.setProperty("tone", tone.value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title_label = plain_label("", "strong", wrap=True)
        self.sentence_label = plain_label("", wrap=True)
        words.addWidget(self.title_label)
        words.addWidget(self.sentence_label)
        self._row.addLayout(words, 1)

    def set_text(self, title: str, sentence: str = "") -> None:
        for label, text in ((self.title_label, title), (self.sentence_label, sentence)):
            label.setText(text)
            label.setVisible(bool(text))

    def set_tone(self, tone: Tone) -> None:
        restyle(self, tone=tone.value)
        for label in (self.title_label, self.sentence_label):
            restyle(label)

    def add_button(self, button: QPushButton) -> None:
        self._row.addWidget(button)
