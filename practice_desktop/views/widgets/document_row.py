"""One line under Requested and Shared Documents, or under Earlier answers."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from practice_desktop.services.documentation import DocumentRow
from practice_desktop.views.when import when_text
from practice_desktop.views.widgets.buttons import MenuEntry, MoreActionsButton
from practice_desktop.views.widgets.chip import Chip, Tone, document_tone
from practice_desktop.views.widgets.icons import icon
from practice_desktop.views.widgets.label import plain_label

_ICON, _CHIPS = 18, 100


class DocumentLine(QWidget):
    """Icon, title and kind, status, what happened when, and three dots with `actions`."""

    def __init__(self, row: DocumentRow, actions: Sequence[MenuEntry], now: datetime) -> None:
        super().__init__()
        self.title = row.title
        when = row.note or when_text(row.changed_at, now)
        self.setAccessibleName(f"{row.title}, {row.kind}, {row.status.word}, {when}")
        picture = QLabel()
        picture.setPixmap(icon("document", "muted").pixmap(_ICON, _ICON))
        picture.setFixedWidth(_ICON)
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        picture.setContentsMargins(0, 2, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(plain_label(row.title, "strong", wrap=True))
        words.addWidget(plain_label(row.kind, "secondary", wrap=True))
        chips = QVBoxLayout()
        chips.setSpacing(4)
        chips.addWidget(Chip(row.status.word, document_tone(row.status)))
        if row.email_failed:
            failed = Chip()
            failed.show_word(
                "email failed", Tone.BAD, "The notification did not leave. Outbox says why."
            )
            chips.addWidget(failed)
        self.more = MoreActionsButton()
        self.more.setAccessibleDescription(row.title)
        keep_place = self.more.sizePolicy()
        keep_place.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(keep_place)
        self.more.set_actions(actions)
        line = QHBoxLayout(self)
        line.setContentsMargins(17, 10, 8, 10)
        line.setSpacing(12)
        line.addWidget(picture)
        line.addWidget(_column(words), 42)
        status = _column(chips)
        status.setMinimumWidth(_CHIPS)
        line.addWidget(status, 22)
        note = plain_label(when, "secondary", wrap=True)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(note, 30)
        line.addWidget(self.more)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The Menu key, or a right click, opens the line's own three dots."""
        if self.more.isHidden():
            event.ignore()
        elif event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.more.showMenu()
        else:
            self.more.open_at(event.globalPos())


def _column(layout: QVBoxLayout) -> QWidget:
    """A column whose width its stretch alone decides, so that the lines stand in a grid."""
    column = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.insertStretch(0)
    layout.addStretch()
    column.setLayout(layout)
    column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return column
