"""Save and Undo under what is edited in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from practice_desktop.views.theme import restyle
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.label import plain_label


class SaveBar(QWidget):
    save_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.save = primary_button("Save")
        self.save.clicked.connect(self.save_wanted)
        self.undo = plain_button("Undo")
        self.undo.clicked.connect(self.undo_wanted)
        self.message = plain_label("", "secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.save)
        row.addWidget(self.undo)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.message)
        self.show_edited(False)

    def show_edited(self, edited: bool) -> None:
        """Both buttons are on only while there is something to save."""
        self.save.setEnabled(edited)
        self.undo.setEnabled(edited)
        if edited:
            self.say("")

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        restyle(self.message, role="error" if wrong else "secondary")
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
