"""A chip above a list that chooses what the list shows."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

_PIXELS = 12
_SIDES = 20


class FilterChip(QPushButton):
    """Always as wide as when it is chosen and bold: Qt measures the plain words only."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "filter")
        self.setCheckable(True)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        font = QFont(self.font())
        font.setPixelSize(_PIXELS)
        font.setWeight(QFont.Weight.DemiBold)
        bold = QFontMetrics(font).horizontalAdvance(self.text()) + _SIDES
        usual = super().sizeHint()
        return QSize(max(bold, usual.width()), usual.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
