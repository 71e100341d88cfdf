"""The program's own line icons, drawn in the colours of the theme in use."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from practice_desktop.paths import resources
from practice_desktop.views.theme import tokens


def icon(name: str, color_role: str = "ink") -> QIcon:
    """`name` as in resources/icons, `color_role` a token; it follows a switch of the theme."""
    return QIcon(_Engine(name, color_role))


class _Engine(QIconEngine):
    def __init__(self, name: str, color_role: str) -> None:
        super().__init__()
        self._name = name
        self._color_role = color_role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        self._paint(painter, rect, mode, painter.device().devicePixelRatioF())

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is in logical pixels: Qt 6.11 no longer multiplies it by `scale`."""
        picture = QPixmap(size * scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._paint(painter, QRect(QPoint(0, 0), picture.size()), mode, 1.0)
        painter.end()
        picture.setDevicePixelRatio(scale)
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color_role)

    def _paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, scale: float) -> None:
        side = min(rect.width(), rect.height())
        place = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
        painter.drawPixmap(place, self._drawn(round(side * scale), mode))

    def _drawn(self, pixels: int, mode: QIcon.Mode) -> QPixmap:
        role = self._color_role
        if mode is QIcon.Mode.Disabled and role != "on_accent":
            role = "disabled"
        return _draw(self._name, str(getattr(tokens(), role)), pixels)


@cache
def _draw(name: str, colour: str, pixels: int) -> QPixmap:
    # Imported here: opening QtSvg would hold up the first window, and few sizes are ever drawn.
    from PySide6.QtSvg import QSvgRenderer

    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(QPoint(0, 0), picture.size()))
    painter.end()
    return picture
