"""Messages that wait, leave, have left or failed, and which step may follow which."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from practice_desktop.models.base import Base, word_column
from practice_desktop.vocabulary import MessageKind, MessageState

STEPS: dict[MessageState, frozenset[MessageState]] = {
    MessageState.HELD: frozenset({MessageState.WAITING, MessageState.CANCELLED}),
    MessageState.WAITING: frozenset(
        {MessageState.HELD, MessageState.SENDING, MessageState.CANCELLED, MessageState.FAILED}
    ),
    MessageState.SENDING: frozenset(
        {
            MessageState.WAITING,
            MessageState.HANDING_OVER,
            MessageState.FAILED,
            MessageState.CANCELLED,
        }
    ),
    MessageState.HANDING_OVER: frozenset(
        {
            MessageState.SENT,
            MessageState.WAITING,
            MessageState.FAILED,
            MessageState.UNCERTAIN,
        }
    ),
    MessageState.UNCERTAIN: frozenset(
        {MessageState.WAITING, MessageState.SENT, MessageState.CANCELLED}
    ),
    MessageState.FAILED: frozenset({MessageState.WAITING, MessageState.CANCELLED}),
    MessageState.SENT: frozenset(),
    MessageState.CANCELLED: frozenset(),
}

# A partial index serves only a query that repeats its condition to the letter.
IN_LINE = "state IN ('waiting', 'sending', 'handing_over')"
ATTENTION = "state IN ('failed', 'uncertain') AND dismissed_at IS NULL"


class OutboxMessage(Base):
    """One message to one recipient.

    `sealed_words` holds the frozen words (subject and both parts, with a place left for the date
    until which the link works); `sealed_content` the finished RFC 5322 bytes, fixed when first
    claimed, so that a message sent again is the same to the byte. Both are under the root key and
    are blanked once the mail server has accepted the message. `lease_until` says how long the
    claim of a sender holds. `required_grant_version` is the grant that the portal must have
    confirmed before this may leave. `handed_over_at` is the last time that all but the final dot
    had been written. `explanation` says in an office's words why it stands where it stands,
    `advice` what to do about it. `dismissed_at` takes a failure off *Needs attention*.
    """

    __tablename__ = "outbox_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[MessageKind] = mapped_column(word_column(MessageKind))
    state: Mapped[MessageState] = mapped_column(word_column(MessageState))
    recipient: Mapped[str]
    subject: Mapped[str]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sealed_content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    supersedes_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id", ondelete="SET NULL")
    )
    required_grant_version: Mapped[int] = mapped_column(default=0)
    discreet: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(default="")
    dated_at: Mapped[datetime | None]
    works_until: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    server_reply: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_outbox_message_state", "state", "next_attempt_at", "id"),
        Index("ix_outbox_message_settled", "state", "settled_at", "id"),
        Index("ix_outbox_message_listed", "state", "id"),
        Index(
            "ix_outbox_message_in_line",
            "client_id",
            "id",
            sqlite_where=text(IN_LINE),
        ),
        Index(
            "ix_outbox_message_attention",
            "client_id",
            sqlite_where=text(ATTENTION),
        ),
    )

    def move(self, state: MessageState) -> None:
        """Take one legal step; any other is a bug."""
        if state not in STEPS[self.state]:
            raise ValueError(f"a message cannot go from {self.state} to {state}")
        self.state = state

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it is certain that no server has it: up to the commit before the final dot."""
        return self.state in (MessageState.HELD, MessageState.WAITING, MessageState.SENDING)

    def take_back(self, explanation: str, at: datetime) -> None:
        """Cancel it; the words, with the link in them, are not kept."""
        self.move(MessageState.CANCELLED)
        self.settle(explanation, at)

    def settle(self, explanation: str, at: datetime) -> None:
        """Note the end of its way and blank what was kept for sending."""
        self.explanation, self.advice = explanation, ""
        self.settled_at = at
        self.lease_until = self.next_attempt_at = None
        self.sealed_words = self.sealed_content = None
