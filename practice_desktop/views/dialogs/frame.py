"""The frame of every dialog: title, body, buttons; the window behind it dimmed."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.line import horizontal_line

_MARGIN = 24
_RESIZED = Qt.WidgetAttribute.WA_Resized
_PRIMARY = ("primary", "danger_primary")


class DialogFrame(QDialog):
    """Open it with `open()`; it deletes itself when closed, and whoever needs the answer listens
    to `accepted`. A size set before it opens is the least it takes. Esc asks `may_close` first;
    Enter presses the primary button.
    """

    def __init__(
        self, parent: QWidget | None, title: str, subtitle: str = "", *, width: int = 560
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._wanted = QSize(width, 0)
        self._scrim: _Scrim | None = None

        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        panel = QFrame()
        panel.setProperty("role", "dialog")
        outer.addWidget(panel)
        whole = QVBoxLayout(panel)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)

        head = _Handle()
        self.header = QVBoxLayout(head)
        self.header.setContentsMargins(_MARGIN, 18, _MARGIN, 14)
        self.header.setSpacing(6)
        self.title_label = plain_label(title, "title", wrap=True)
        self.subtitle_label = plain_label(subtitle, "muted", wrap=True)
        self.subtitle_label.setVisible(bool(subtitle))
        self.header.addWidget(self.title_label)
        self.header.addWidget(self.subtitle_label)

        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(_MARGIN, 20, _MARGIN, 20)
        self.body.setSpacing(12)
        self._scroll = scroll = _BodyScroll(inside, self.body)

        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(_MARGIN, 14, _MARGIN, 14)
        below.setSpacing(8)
        self.error_label = plain_label("", "error", wrap=True)
        self.error_label.hide()
        below.addWidget(self.error_label)
        self.footer = QHBoxLayout()
        self.footer.setSpacing(10)
        below.addLayout(self.footer)

        whole.addWidget(head)
        whole.addWidget(horizontal_line())
        whole.addWidget(scroll, 1)
        whole.addWidget(horizontal_line())
        whole.addWidget(foot)

    def set_title(self, title: str, subtitle: str = "") -> None:
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.title_label.setText(title)
        self.subtitle_label.setText(subtitle)
        self.subtitle_label.setVisible(bool(subtitle))

    def show_error(self, sentence: str) -> None:
        """Say above the buttons why it could not be done; empty takes it away."""
        self.error_label.setText(sentence)
        self.error_label.setVisible(bool(sentence))
        self.fit()

    def may_close(self) -> bool:
        """Whether Esc may throw away what stands here; a subclass asks where there is something."""
        return True

    def reject(self) -> None:
        if self.may_close():
            super().reject()

    def done(self, result: int) -> None:
        if self._scrim is not None:
            self._scrim.lift()
            self._scrim = None
        super().done(result)

    def fit(self) -> None:
        """Take the size that the content wants, inside the window behind, and stay centred."""
        if not self.isVisible():
            return
        room = self._room()
        width = min(max(self._wanted.width(), self.minimumSizeHint().width()), room.width() - 32)
        self.setMaximumHeight(room.height() - 32)
        self._scroll.let_grow(width - 2)
        self._outer.activate()
        height = max(self._wanted.height(), self._outer.totalSizeHint().height())
        if self._outer.hasHeightForWidth():
            height = max(height, self._outer.totalHeightForWidth(width))
        height = min(height, room.height() - 32)
        place = QRect(QPoint(0, 0), QSize(width, height))
        place.moveCenter(room.center())
        self.setGeometry(place)

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible() and self.testAttribute(_RESIZED):
            self._wanted = self._wanted.expandedTo(self.size())
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None and self._scrim is None:
            self._scrim = _Scrim(parent.window())
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self._press_primary()
        else:
            super().keyPressEvent(event)

    def _press_primary(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
            return
        for button in self.findChildren(QPushButton):
            if button.property("role") in _PRIMARY and button.isVisible() and button.isEnabled():
                button.click()
                return

    def _room(self) -> QRect:
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            return QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        return self.screen().availableGeometry()


class _BodyScroll(QScrollArea):
    """Wants as much height as its content, so that only a small window makes it scroll."""

    def __init__(self, inside: QWidget, layout: QVBoxLayout) -> None:
        super().__init__()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        inside.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self._layout = layout
        self._height = 0

    def let_grow(self, width: int) -> None:
        self._layout.activate()
        if self._layout.hasHeightForWidth():
            self._height = self._layout.totalHeightForWidth(width)
        else:
            self._height = self._layout.totalSizeHint().height()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wanted = self._inside.sizeHint()
        return QSize(wanted.width(), self._height or wanted.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), 60)


class _Handle(QWidget):
    """The header moves the frameless window."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.window().windowHandle()
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()


class _Scrim(QWidget):
    """Dims a window while a dialog stands in front of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.raise_()
        self.show()

    def lift(self) -> None:
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(20, 30, 36, 96))
