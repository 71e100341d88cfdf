"""Where one is in a wizard: numbered steps, those behind ticked off."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from practice_desktop.views.theme import tokens
from practice_desktop.views.widgets.icons import icon

_DISC, _GAP, _RULE, _PIXELS = 20, 6, 28, 12


class Steps(QWidget):
    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._index = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, index: int) -> None:
        self._index = index
        self.setAccessibleName(f"Step {index + 1} of {len(self._titles)}: {self._titles[index]}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font(strong=True))
        width = sum(
            _DISC + _GAP + metrics.horizontalAdvance(title) + _RULE + 18 for title in self._titles
        )
        return QSize(width, _DISC + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _DISC + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        x, top = 0.0, (self.height() - _DISC) / 2
        for number, title in enumerate(self._titles):
            here, behind = number == self._index, number < self._index
            disc = QRectF(x, top, _DISC, _DISC)
            ground = (
                colours.accent if here else colours.accent_soft if behind else colours.neutral_soft
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawEllipse(disc)
            if behind:
                icon("check", "good_ink").paint(painter, disc.adjusted(4, 4, -4, -4).toRect())
            else:
                painter.setFont(self._font(strong=True))
                painter.setPen(QColor(colours.on_accent if here else colours.muted))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            font = self._font(strong=here)
            width = QFontMetrics(font).horizontalAdvance(title) + 2
            x += _DISC + _GAP
            painter.setFont(font)
            painter.setPen(QColor(colours.good_ink if here else colours.muted))
            words = QRectF(x, 0, width, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, title)
            x += width + 9
            if number < len(self._titles) - 1:
                painter.setPen(QColor(colours.line))
                painter.drawLine(int(x), self.height() // 2, int(x) + _RULE, self.height() // 2)
            x += _RULE + 9

    def _font(self, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(_PIXELS)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font
