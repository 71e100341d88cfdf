"""A person's initials in a circle."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from practice_desktop.views.theme import tokens


class Avatar(QWidget):
    """Decoration: the name stands beside it, so the accessibility interface need not read it."""

    def __init__(self, initials: str = "", size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = initials
        self.setFixedSize(size, size)

    def show_initials(self, initials: str) -> None:
        self._initials = initials
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()), self._initials, self.font())


def paint_avatar(painter: QPainter, place: QRectF, initials: str, font: QFont) -> None:
    colours = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.neutral_soft))
    painter.drawEllipse(place)
    letters = QFont(font)
    letters.setPixelSize(round(place.height() * 0.34))
    letters.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letters)
    painter.setPen(QColor(colours.muted))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initials)
    painter.restore()


def initials(first_name: str, last_name: str) -> str:
    return (first_name[:1] + last_name[:1]).upper()
