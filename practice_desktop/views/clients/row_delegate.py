"""Paints one line of the clients list: initials, name, address, chip."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from practice_desktop.services.client_list import ClientRow
from practice_desktop.views.clients.list_model import ROW_ROLE, Index
from practice_desktop.views.theme import Tokens, tokens
from practice_desktop.views.widgets.avatar import initials, paint_avatar
from practice_desktop.views.widgets.chip import status_tone, tone_colours

HEIGHT = 55
_SIDE, _AVATAR, _GAP, _CHIP = 14, 34, 10, 20


_BY_KEYS = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange


class ClientRowDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strong = QFont()
        self._small = QFont()
        self._chip = QFont()

    def use_font(self, font: QFont) -> None:
        """Derive the three sizes from the view's font; call it again when that changes."""
        self._strong = QFont(font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(font)
        self._small.setPixelSize(12)
        self._chip = QFont(self._small)
        self._chip.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        lines = QFontMetrics(self._strong).height() + QFontMetrics(self._small).height() + 2
        return QSize(200, max(HEIGHT, lines + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ClientRow = index.data(ROW_ROLE)
        colours = tokens()
        place: QRect = option.rect
        painter.save()
        self._paint_ground(painter, option, colours)
        avatar = QRect(place.left() + _SIDE, 0, _AVATAR, _AVATAR)
        avatar.moveTop(place.center().y() - _AVATAR // 2)
        paint_avatar(painter, QRectF(avatar), initials(row.first_name, row.last_name), self._small)
        right = self._paint_chip(painter, place, row, colours)
        left = avatar.right() + 1 + _GAP
        self._paint_words(painter, QRect(left, place.top(), right - left, place.height()), row)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, colours: Tokens
    ) -> None:
        place: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(colours.rail_selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, QColor(colours.hover))
        painter.fillRect(
            QRect(place.left(), place.bottom(), place.width(), 1), QColor(colours.line)
        )
        if state & _BY_KEYS == _BY_KEYS:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -2))

    def _paint_chip(self, painter: QPainter, place: QRect, row: ClientRow, colours: Tokens) -> int:
        word = row.status.word
        ink, ground = tone_colours(status_tone(row.status), colours)
        width = QFontMetrics(self._chip).horizontalAdvance(word) + 16
        chip = QRectF(place.right() + 1 - _SIDE - width, 0, width, _CHIP)
        chip.moveTop(place.top() + (place.height() - 1 - _CHIP) / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, _CHIP / 2, _CHIP / 2)
        painter.setFont(self._chip)
        painter.setPen(QColor(ink))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
        return int(chip.left()) - _GAP

    def _paint_words(self, painter: QPainter, place: QRect, row: ClientRow) -> None:
        colours = tokens()
        strong, small = QFontMetrics(self._strong), QFontMetrics(self._small)
        top = place.top() + (place.height() - 1 - strong.height() - small.height() - 2) // 2
        for font, metrics, colour, text in (
            (self._strong, strong, colours.ink, row.name),
            (self._small, small, colours.muted, row.email or "No email on file"),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            line = QRect(place.left(), top, place.width(), metrics.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            top += metrics.height() + 2
