"""The white, rounded block that a page is made of."""

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from practice_desktop.views.widgets.buttons import MoreActionsButton
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.line import horizontal_line


class Card(QFrame):
    """`header` takes chips and buttons beside the title, `body` the rest. The Menu key opens
    the card's three dots.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        top = QWidget()
        top.setMinimumHeight(45)
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.header = QHBoxLayout(top)
        self.header.setContentsMargins(16, 5, 16, 5)
        self.header.setSpacing(12)
        self.title_label = plain_label(title, "heading")
        self.header.addWidget(self.title_label)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(12)
        line = horizontal_line()
        whole.addWidget(top)
        whole.addWidget(line)
        whole.addLayout(self.body)
        top.setVisible(bool(title))
        line.setVisible(bool(title))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        button = self.findChild(MoreActionsButton)
        if event.reason() is QContextMenuEvent.Reason.Keyboard and button and button.isVisible():
            button.showMenu()
            event.accept()
        else:
            event.ignore()
