"""A tick with a line of explanation under it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from practice_desktop.views.widgets.label import plain_label, plain_tip

_INDENT = 32


class CheckRow(QWidget):
    """The tick's accessible name is the title alone. A click on the note toggles too."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, note: str = "", checked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.box = QCheckBox(title.replace("&", "&&"))
        self.box.setAccessibleName(title)
        self.box.setChecked(checked)
        self.note = plain_label("", "secondary", wrap=True)
        self.note.setContentsMargins(_INDENT, 0, 0, 0)
        column.addWidget(self.box)
        column.addWidget(self.note)
        self.set_note(note)
        self.box.toggled.connect(self.toggled)

    def set_note(self, note: str) -> None:
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.box.setAccessibleDescription(note)

    def set_unavailable(self, reason: str) -> None:
        """Switch it off and say why; an empty reason switches it on again."""
        self.box.setEnabled(not reason)
        self.setToolTip(plain_tip(reason))
        if reason:
            self.set_note(reason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside and self.box.isEnabled():
            self.box.toggle()
