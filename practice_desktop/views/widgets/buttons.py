"""The kinds of buttons, one place for their looks and names."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from practice_desktop.views.theme import icon_size, reveal, tokens
from practice_desktop.views.widgets.icons import icon
from practice_desktop.views.widgets.label import plain_tip

MenuEntry = tuple[str, bool, str, Callable[[], object], bool]


def primary_button(text: str, picture: str | QIcon | None = None) -> QPushButton:
    """The one thing to do in a pane. `picture` is an icon or the name of one."""
    return _button(text, "primary", picture, "on_accent")


def plain_button(text: str, picture: str | QIcon | None = None) -> QPushButton:
    return _button(text, "plain", picture)


def link_button(text: str) -> QPushButton:
    """A button that looks like words."""
    return _button(text, "link")


def danger_button(text: str, *, filled: bool = False) -> QPushButton:
    """For what takes something away; filled where it is the answer to a question."""
    return _button(text, "danger_primary" if filled else "danger")


def _button(
    text: str, role: str, picture: str | QIcon | None = None, color_role: str = "ink"
) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("role", role)
    button.setAutoDefault(False)
    button.setAccessibleName(text)
    if picture is not None:
        button.setIcon(icon(picture, color_role) if isinstance(picture, str) else picture)
        # Wider than high: the picture keeps left, and the words stay off it.
        button.setIconSize(QSize(21, 16))
    return button


class ActionMenu(QMenu):
    """A menu that shows what takes something away in red, after a line, and says in a tooltip
    why an entry is off.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._dangers: set[QAction] = set()

    def fill(self, entries: Sequence[MenuEntry]) -> None:
        """Entries are label, enabled, reason why not, slot, dangerous."""
        self.clear()
        self._dangers.clear()
        for label, enabled, reason, slot, danger in entries:
            if danger and self.actions() and not self._dangers:
                self.addSeparator()
            action = self.addAction(label.replace("&", "&&"))
            action.setEnabled(enabled)
            action.setToolTip(plain_tip(reason or label))
            action.setStatusTip(reason)
            action.triggered.connect(lambda _checked=False, call=slot: call())
            if danger:
                self._dangers.add(action)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colours = tokens()
        for action in self._dangers:
            if not action.isEnabled():
                continue
            place = self.actionGeometry(action)
            active = action is self.activeAction()
            inner = place.adjusted(1, 1, -1, -1)
            painter.fillRect(inner, QColor(colours.red_soft if active else colours.surface))
            painter.setPen(QColor(colours.red))
            words = QRect(place).adjusted(14, 0, -14, 0)
            painter.drawText(
                words,
                Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                action.text().replace("&&", "&"),
            )


class MoreActionsButton(QToolButton):
    """Three dots that open a menu: Enter, Space or the Menu key on it, or a click."""

    def __init__(self, parent: QWidget | None = None, *, outlined: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "more")
        self.setProperty("outlined", outlined)
        self.setIcon(icon("more", "ink" if outlined else "muted"))
        self.setIconSize(icon_size())
        self.setAccessibleName("More actions")
        self.setToolTip("More actions")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = ActionMenu(self)
        self.setMenu(self._menu)

    def set_actions(self, entries: Sequence[MenuEntry]) -> None:
        """Entries are label, enabled, reason why not, slot, dangerous; none hides the button."""
        self._menu.fill(entries)
        reveal(self, bool(entries))

    def open_at(self, place: QPoint) -> None:
        """Open the menu elsewhere, for a list row's context menu."""
        self._menu.popup(place)
