"""The outbox: what waits, why, and what a person may do about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from practice_desktop.services.mail_templates import MailPreview, Words
from practice_desktop.vocabulary import MessageKind, MessageState, OutboxFilter

PAGE = 200


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One line of the outbox; `line` is what stands beside the chip, `details` the raw reply."""

    id: int
    client_id: int
    client_name: str
    recipient: str
    subject: str
    kind: MessageKind
    state: MessageState
    line: str
    details: str
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None
    settled_at: datetime | None
    server_reply: str
    message_id: str


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """The rail's last line. `tone` is 'good', 'waiting' or 'bad'; `to_send` and `attention` are
    the counts beside *Outbox*.
    """

    line: str
    tone: str
    to_send: int
    attention: int


@dataclass(frozen=True, slots=True)
class Notice:
    """The bar on top of the outbox, once, with what can be done ('try_now', 'mail_account')."""

    sentence: str
    tone: str
    action: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A message as a service hands it to `queue`, words filled in and frozen."""

    client_id: int
    person_id: int
    invitation_id: int | None
    kind: MessageKind
    recipient: str
    words: Words
    discreet: bool
    idempotency_key: str
    required_grant_version: int = 0
    supersedes_id: int | None = None


class Outbox:
    def queue(self, session: Session, mail: QueuedMail) -> int:
        """Put a message into the caller's transaction, held or waiting; returns its id.

        For services only. A superseded message that has not left is cancelled in the same
        transaction. An idempotency key that is already there returns the message it names.
        """
        raise NotImplementedError

    def withdraw(self, session: Session, message_id: int, explanation: str) -> bool:
        """Cancel inside the caller's transaction if it has not left; False if it has."""
        raise NotImplementedError

    def page(
        self,
        *,
        shown: OutboxFilter = OutboxFilter.TO_SEND,
        search: str = "",
        offset: int = 0,
        limit: int = PAGE,
    ) -> list[OutboxRow]:
        """A slice of one chip's messages; what needs attention first, then newest first."""
        raise NotImplementedError

    def row(self, message_id: int) -> OutboxRow:
        """Raises NotFound."""
        raise NotImplementedError

    def counts(self) -> dict[OutboxFilter, int]:
        raise NotImplementedError

    def summary(self) -> OutboxSummary:
        """Always true: "Offline · 3 waiting", "2 held · 1 failed", "Everything sent"."""
        raise NotImplementedError

    def notice(self) -> Notice | None:
        raise NotImplementedError

    def preview(self, message_id: int) -> MailPreview:
        """What leaves, or left; may wait for the password store: off the UI thread."""
        raise NotImplementedError

    def send_now(self, message_id: int) -> None:
        """Let a held, waiting or failed message try at once."""
        raise NotImplementedError

    def hold(self, message_id: int) -> None:
        raise NotImplementedError

    def send_all(self) -> int:
        """*Send all*: release every held message and try every waiting one at once."""
        raise NotImplementedError

    def cancel_question(self, message_id: int) -> str:
        """What cancelling asks; for a first invitation the same as *Delete*. Empty: just do it."""
        raise NotImplementedError

    def cancel(self, message_id: int) -> None:
        """Raises NotAllowed where it has left."""
        raise NotImplementedError

    def send_again(self, message_id: int) -> None:
        """For *Not certain*: hand the very same message over once more."""
        raise NotImplementedError

    def confirm_arrived(self, message_id: int) -> None:
        """For *Not certain*: *It arrived*."""
        raise NotImplementedError

    def dismiss(self, message_id: int) -> None:
        """Take a failure off *Needs attention*."""
        raise NotImplementedError
