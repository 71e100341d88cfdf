"""Paints the cells of the outbox: words on two lines at most, the state as a chip."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from practice_desktop.services.outbox import OutboxRow
from practice_desktop.views.outbox_model import LINE, ROW_ROLE, STATE, Index
from practice_desktop.views.theme import Tokens, tokens
from practice_desktop.views.widgets.chip import message_tone, tone_colours

ROW_HEIGHT = 54
_SIDE = 12
_CHIP = 22
_BY_KEYS = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange


class OutboxDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        colours = tokens()
        _paint_ground(painter, option, colours)
        font = QFont(option.font)
        weight = index.data(Qt.ItemDataRole.FontRole)
        if isinstance(weight, QFont):
            font.setWeight(weight.weight())
        place = option.rect.adjusted(_SIDE, 4, -8, -5)
        if index.column() == STATE:
            _paint_chip(painter, place, index.data(ROW_ROLE), font, colours)
        else:
            if index.column() == LINE:
                font.setPixelSize(12)
            painter.setPen(QColor(colours.muted if index.column() == LINE else colours.ink))
            painter.setFont(font)
            _paint_words(painter, place, str(index.data()), font)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, colours: Tokens) -> None:
    place: QRect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(place, QColor(colours.rail_selected))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(place, QColor(colours.hover))
    painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), QColor(colours.line))
    if option.state & _BY_KEYS == _BY_KEYS:
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRect(place.adjusted(1, 1, -1, -2))


def _paint_chip(
    painter: QPainter, place: QRect, row: OutboxRow, font: QFont, colours: Tokens
) -> None:
    ink, ground = tone_colours(message_tone(row.state), colours)
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    width = QFontMetrics(font).horizontalAdvance(row.state.word) + 18
    chip = QRectF(place.left(), 0, min(width, place.width()), _CHIP)
    chip.moveTop(place.center().y() - _CHIP / 2 + 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(chip, _CHIP / 2, _CHIP / 2)
    painter.setPen(QColor(ink))
    painter.setFont(font)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, row.state.word)


def _paint_words(painter: QPainter, place: QRect, text: str, font: QFont) -> None:
    """Plain text, wrapped; the second line ends in … where there is more."""
    height, lines = _broken(text, font.toString(), place.width())
    top = place.center().y() - len(lines) * height // 2 + 1
    for number, words in enumerate(lines):
        line = QRect(place.left(), top + number * height, place.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


@lru_cache(maxsize=2048)
def _broken(text: str, font_name: str, width: int) -> tuple[int, tuple[str, ...]]:
    """The height of a line and one or two lines; kept, because a page is painted again and again
    while messages leave.
    """
    font = QFont()
    font.fromString(font_name)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return metrics.height(), (text,)
    first = _first_line(text, font, width)
    rest = metrics.elidedText(text[len(first) :].strip(), Qt.TextElideMode.ElideRight, width)
    return metrics.height(), (first, rest)


def _first_line(text: str, font: QFont, width: int) -> str:
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return text[: line.textLength()]
