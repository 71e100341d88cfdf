"""*Demo inbox*: what clients of the made-up practice would receive."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.demo.mail_catcher import CaughtMail, MailCatcher
from practice_desktop.services.clock import now
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.views.dialogs.mail_preview import MailPreviewPane
from practice_desktop.views.theme import restyle
from practice_desktop.views.when import time_text, when_text
from practice_desktop.views.widgets.label import plain_label

_SIZE = QSize(860, 620)
_HEADER_LINES = 9


class DemoInbox(QWidget):
    """A window of its own beside the program; newest first, and nothing in a mail is opened."""

    _caught = Signal()

    def __init__(self, catcher: MailCatcher) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle("Demo inbox")
        restyle(self, role="page")
        self.resize(_SIZE)
        self._catcher = catcher
        self._shown: list[CaughtMail] = []
        self.note = plain_label("", "secondary", wrap=True)
        self.mails = QListWidget()
        self.mails.setAccessibleName("Caught mail")
        self.mails.setWordWrap(True)
        self.mails.setStyleSheet("QListWidget::item { padding: 8px 12px; }")
        self.mails.setUniformItemSizes(False)
        self.mails.currentRowChanged.connect(self._show)
        self.pane = MailPreviewPane()
        self.headers = QPlainTextEdit()
        self.headers.setReadOnly(True)
        self.headers.setAccessibleName("Headers")
        self.headers.setFixedHeight(self.fontMetrics().lineSpacing() * _HEADER_LINES)
        self._lay_out()
        self._caught.connect(self._read, Qt.ConnectionType.QueuedConnection)
        catcher.on_caught = self._caught.emit
        self._read()

    def _lay_out(self) -> None:
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.pane, 1)
        column.addWidget(plain_label("Headers", "heading"))
        column.addWidget(self.headers)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.mails)
        halves.addWidget(reading)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setChildrenCollapsible(False)
        halves.setFrameShape(QFrame.Shape.NoFrame)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(12)
        page.addWidget(self.note)
        page.addWidget(halves, 1)

    def stop_watching(self) -> None:
        """To be called before the catcher or this window goes away."""
        self._catcher.on_caught = None

    def _read(self) -> None:
        """Put what came since on top; the mail that is being read stays."""
        caught = self._catcher.mails
        for mail in caught[len(self._shown) :]:
            message = mail.message()
            line = f"{mail.recipient}\n{message['Subject']}\n{_when(mail)}"
            item = QListWidgetItem(line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.replace("\n", ", "))
            self.mails.insertItem(0, item)
        self._shown = list(caught)
        self.note.setText(
            f"{len(caught)} messages, caught on this computer. Nothing leaves it, and the links "
            "lead nowhere yet: the portal is not part of this version."
        )
        if self.mails.currentRow() < 0 and self._shown:
            self.mails.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if row < 0:
            return
        mail = self._shown[len(self._shown) - 1 - row]
        message = mail.message()
        self.pane.show_mail(
            MailPreview(
                sender=str(message["From"]),
                recipient=mail.recipient,
                subject=str(message["Subject"]),
                text=mail.part("plain"),
                html=mail.part("html"),
            )
        )
        self.headers.setPlainText("\n".join(f"{name}: {value}" for name, value in message.items()))


def _when(mail: CaughtMail) -> str:
    day = when_text(mail.caught_at, now())
    time = time_text(mail.caught_at)
    return day if time in day else f"{day} {time}"
