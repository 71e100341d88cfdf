"""The right side of the outbox: what leaves, or left, and what can be done about it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from practice_desktop.errors import NotFound, Problem
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.services.outbox import Outbox, OutboxRow
from practice_desktop.views.dialogs.mail_preview import MailPreviewPane
from practice_desktop.views.messages import MessageDialog, ask, show_problem
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import restyle
from practice_desktop.views.widgets.buttons import danger_button, link_button, plain_button
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import MessageState

SEND, HOLD, AGAIN, ARRIVED, DETAILS, DISMISS, CANCEL = (
    "Send now",
    "Hold",
    "Send again",
    "It arrived",
    "Details",
    "Dismiss",
    "Cancel message",
)
_LEAST_WIDTH = 360
_OFFERED: dict[MessageState, tuple[str, ...]] = {
    MessageState.HELD: (SEND, CANCEL),
    MessageState.WAITING: (SEND, HOLD, CANCEL),
    MessageState.SENDING: (CANCEL,),
    MessageState.HANDING_OVER: (),
    MessageState.SENT: (DETAILS,),
    MessageState.UNCERTAIN: (AGAIN, ARRIVED, DETAILS),
    MessageState.FAILED: (SEND, DETAILS, DISMISS),
    MessageState.CANCELLED: (),
}


class OutboxPane(QWidget):
    """`changed` follows each thing that was done to a message; `client_wanted` carries whose."""

    changed = Signal()
    client_wanted = Signal(int)

    def __init__(self, outbox: Outbox, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._tasks = tasks
        self._row: OutboxRow | None = None
        self._read_for: tuple[int, MessageState, int] | None = None
        self.setProperty("role", "surface")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        self.preview = MailPreviewPane()
        column.addWidget(self.preview, 1)
        self.advice_label = plain_label("", "warning", wrap=True)
        column.addWidget(self.advice_label)
        self.client_button = link_button("Open client")
        self.client_button.clicked.connect(self._open_client)
        column.addWidget(self.client_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, slot in self._slots().items():
            button = danger_button(label) if label == CANCEL else plain_button(label)
            button.clicked.connect(partial(self._press, slot))
            self.buttons[label] = button
            if label == CANCEL:
                row.addStretch(1)
            row.addWidget(button)
        column.addLayout(row)
        self.show_row(None)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its buttons in any language."""
        return super().minimumSizeHint().expandedTo(QSize(_LEAST_WIDTH, 0))

    def show_row(self, row: OutboxRow | None) -> None:
        """Show a message; its words are read again only where they may have changed."""
        self._row = row
        offered = _OFFERED[row.state] if row is not None else ()
        for label, button in self.buttons.items():
            shown = label in offered
            if label == DETAILS and row is not None:
                shown = shown and bool(row.details)
            if label == DISMISS and row is not None:
                shown = shown and not row.dismissed
            button.setVisible(shown)
        self._show_advice(row)
        self.client_button.setVisible(row is not None)
        self.preview.setVisible(row is not None)
        key = (row.id, row.state, row.attempts) if row is not None else None
        if key == self._read_for:
            return
        self._read_for = key
        if row is None or key is None:
            self.preview.clear()
            return
        self._tasks.run(
            partial(self._outbox.preview, row.id),
            partial(self._show_preview, key),
            partial(self._show_failure, key),
            owner=self,
        )

    def _open_client(self) -> None:
        if self._row is not None:
            self.client_wanted.emit(self._row.client_id)

    def _show_advice(self, row: OutboxRow | None) -> None:
        trouble = row is not None and row.state in (MessageState.FAILED, MessageState.UNCERTAIN)
        self.advice_label.setVisible(trouble)
        if row is not None and trouble:
            self.advice_label.setText(f"{row.line.rstrip('.')}. {row.advice}".strip())
            restyle(
                self.advice_label,
                role="error" if row.state is MessageState.FAILED else "warning",
            )

    def _show_preview(self, key: tuple[int, MessageState, int], mail: MailPreview) -> None:
        if key == self._read_for:
            self.preview.show_mail(mail)

    def _show_failure(self, key: tuple[int, MessageState, int], error: Exception) -> None:
        """The words cannot be read: said in their place, because nobody asked for a window."""
        if key != self._read_for or self._row is None:
            return
        if isinstance(error, NotFound):
            self.changed.emit()
            return
        sentence = (
            error.sentence
            if isinstance(error, Problem)
            else "The words of this message cannot be read. Nothing was changed."
        )
        self.preview.show_mail(
            MailPreview("", self._row.recipient, self._row.subject, sentence, "")
        )

    def _slots(self) -> dict[str, Callable[[OutboxRow], None]]:
        outbox = self._outbox
        return {
            SEND: lambda row: outbox.send_now(row.id),
            HOLD: lambda row: outbox.hold(row.id),
            AGAIN: lambda row: outbox.send_again(row.id),
            ARRIVED: lambda row: outbox.confirm_arrived(row.id),
            DETAILS: self._show_details,
            DISMISS: lambda row: outbox.dismiss(row.id),
            CANCEL: self._cancel,
        }

    def _press(self, slot: Callable[[OutboxRow], None], _checked: bool = False) -> None:
        if self._row is None:
            return
        try:
            slot(self._row)
        except Problem as problem:
            show_problem(self.window(), problem)
        self.changed.emit()

    def _show_details(self, row: OutboxRow) -> None:
        MessageDialog(self.window(), "What your mail server said", row.details).open()

    def _cancel(self, row: OutboxRow) -> None:
        question = self._outbox.cancel_question(row.id)
        if question and not ask(
            self.window(), "Delete the invitation?", question, "Delete", dangerous=True
        ):
            return
        self._outbox.cancel(row.id)
