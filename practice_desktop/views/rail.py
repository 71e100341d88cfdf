"""The rail on the left: where one is, who is at the desk, and whether mail leaves."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.views.theme import icon_size, tokens
from practice_desktop.views.widgets.icons import icon
from practice_desktop.views.widgets.label import ElidedLabel, plain_label
from practice_desktop.views.widgets.line import horizontal_line

if TYPE_CHECKING:
    from practice_desktop.services.outbox import OutboxSummary

PAGES = (
    ("Clients", "clients"),
    ("Activity", "activity"),
    ("Outbox", "outbox"),
    ("Forms", "forms"),
    ("Settings", "settings"),
)
WIDTH = 200
NARROW_WIDTH = 184


class Rail(QWidget):
    """`page_wanted` carries a page's name; the window says which one came of it by `show_page`."""

    page_wanted = Signal(str)
    staff_chosen = Signal(str)
    name_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staff: tuple[str, ...] = ()
        self._working_as = ""
        self.buttons = {name: RailButton(name, picture) for name, picture in PAGES}
        self._group = QButtonGroup(self)
        for name, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self._want, name))
            self._group.addButton(button)
        self.practice_label = ElidedLabel("", "heading")
        self.staff_button = RailButton("Working as", "staff")
        self._menu = QMenu(self.staff_button)
        self.staff_button.clicked.connect(self._open_menu)
        self.status_label = plain_label("", "secondary", wrap=True)
        self.status_label.setAccessibleName("Outbox status")
        self._dot = _Dot()
        self._lay_out()

    def show_practice(self, name: str) -> None:
        self.practice_label.setText(name or "Your practice")

    def show_page(self, name: str) -> None:
        self.buttons[name].setChecked(True)

    def show_staff(self, names: tuple[str, ...], working_as: str) -> None:
        self._staff, self._working_as = names, working_as
        self.staff_button.show_text(f"Working as {working_as}" if working_as else "Working as…")

    def show_outbox(self, summary: "OutboxSummary") -> None:
        self.status_label.setText(summary.line)
        self.status_label.setAccessibleName(summary.line)
        self._dot.show_tone(summary.tone)
        count = summary.to_send + summary.attention
        self.buttons["Outbox"].show_badge(count, waiting=summary.tone != "good")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), QColor(colours.rail))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(colours.line))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 18, 11, 16)
        column.setSpacing(4)
        names = QVBoxLayout()
        names.setContentsMargins(10, 0, 4, 16)
        names.setSpacing(3)
        names.addWidget(self.practice_label)
        names.addWidget(plain_label("Practice Desktop", "secondary"))
        column.addLayout(names)
        for name in ("Clients", "Activity", "Outbox", "Forms"):
            column.addWidget(self.buttons[name])
        column.addStretch(1)
        column.addWidget(self.staff_button)
        column.addWidget(self.buttons["Settings"])
        column.addSpacing(8)
        column.addWidget(horizontal_line())
        status = QHBoxLayout()
        status.setContentsMargins(10, 8, 4, 0)
        status.setSpacing(8)
        status.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        status.addWidget(self.status_label, 1)
        column.addLayout(status)

    def _want(self, name: str) -> None:
        self.page_wanted.emit(name)

    def _open_menu(self) -> None:
        """Above the button, which stands near the lower edge."""
        self._fill_menu()
        height = self._menu.sizeHint().height()
        self._menu.popup(self.staff_button.mapToGlobal(QPoint(0, -height)))

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for name in self._staff:
            action = self._menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self._working_as)
            action.triggered.connect(partial(self._choose, name))
            group.addAction(action)
        if self._staff:
            self._menu.addSeparator()
        self._menu.addAction("Add a name…").triggered.connect(self.name_wanted)

    def _choose(self, name: str, _on: bool = True) -> None:
        self.staff_chosen.emit(name)


class RailButton(QPushButton):
    """A line of the rail: icon, word, and a badge with a count."""

    def __init__(self, text: str, picture: str) -> None:
        super().__init__()
        self._name = picture
        self._badge = ""
        self._waiting = False
        self.setProperty("role", "rail")
        self.setAutoDefault(False)
        self.setIcon(icon(picture))
        self.setIconSize(icon_size())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._text = ""
        self.show_text(text)
        self.toggled.connect(self._recolour)

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._elide()

    def show_badge(self, count: int, *, waiting: bool) -> None:
        self._badge = f"{count:,}" if count else ""
        self._waiting = waiting
        self.setAccessibleDescription(f"{count:,}" if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW_WIDTH - 24, super().sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        colours = tokens()
        font = self.font()
        font.setPixelSize(11)
        font.setWeight(font.Weight.DemiBold)
        width = max(23, QFontMetrics(font).horizontalAdvance(self._badge) + 14)
        place = QRectF(self.width() - width - 11, (self.height() - 20) / 2, width, 20)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.amber_soft if self._waiting else colours.neutral_soft))
        painter.drawRoundedRect(place, 10, 10)
        painter.setFont(font)
        painter.setPen(QColor(colours.amber if self._waiting else colours.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _recolour(self, checked: bool) -> None:
        self.setIcon(icon(self._name, "good_ink" if checked else "ink"))

    def _elide(self) -> None:
        room = max(self.width() - 56 - (34 if self._badge else 0), 40)
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(" " + shown.replace("&", "&&"))


class _Dot(QWidget):
    """Green, amber or red; the line beside it says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "good"
        self.setFixedSize(9, 16)

    def show_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        colour = {"waiting": colours.dot_waiting, "bad": colours.dot_bad}.get(
            self._tone, colours.dot_good
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(0, 4, 9, 9))
