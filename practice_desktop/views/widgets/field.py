"""A label above, what is typed in, and below it a hint or what is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from practice_desktop.views.theme import restyle
from practice_desktop.views.widgets.label import plain_label


class Field(QWidget):
    """The editor's accessible name is the label, its description the error or the hint."""

    def __init__(
        self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.label = plain_label(label, "secondary")
        self.label.setBuddy(editor)
        self.note = plain_label("", "secondary", wrap=True)
        for part in (self.label, editor, self.note):
            column.addWidget(part)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        editor.setAccessibleName(label)
        self.clear_error()

    @property
    def error(self) -> str:
        return self.note.text() if self.note.property("role") == "error" else ""

    def show_error(self, sentence: str) -> None:
        self._note(sentence, "error")

    def clear_error(self) -> None:
        self._note(self._hint, "secondary")

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        if not self.error:
            self.clear_error()

    def _note(self, text: str, role: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        if self.note.property("role") != role or self.editor.property("invalid") is None:
            restyle(self.note, role=role)
            restyle(self.editor, invalid=role == "error")
