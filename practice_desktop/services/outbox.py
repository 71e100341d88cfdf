"""The outbox: what waits, why, and what a person may do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from practice_desktop.errors import NotAllowed, NotFound
from practice_desktop.models.database import Database
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import Invitation
from practice_desktop.models.practice import Practice
from practice_desktop.services import outbox_rows
from practice_desktop.services.clock import Clock
from practice_desktop.services.connection import Connection
from practice_desktop.services.frozen_words import link_ends, open_words, seal_words
from practice_desktop.services.history import History
from practice_desktop.services.invitation_end import (
    delete_invitation,
    delete_question,
)
from practice_desktop.services.mail_sender import sender_line
from practice_desktop.services.mail_templates import MailPreview, Words
from practice_desktop.services.mail_text import until_text
from practice_desktop.services.message_withdrawal import KINDS, is_first_invitation, take_back
from practice_desktop.services.outbox_rows import OutboxOrder, OutboxRow, OutboxSummary
from practice_desktop.services.outcomes import note_acceptance
from practice_desktop.services.root_key import RootKey
from practice_desktop.services.standstill import Standstill, find_standstill
from practice_desktop.vocabulary import MessageKind, MessageState, OutboxFilter

PAGE = 200
REPLACED = "Replaced by a newer message."
_BLANKED = (
    "The words of this message are not kept: they held the client's personal link. "
    "What is kept is to whom it went, when, and what your mail server answered."
)

__all__ = [
    "PAGE",
    "Notice",
    "Outbox",
    "OutboxOrder",
    "OutboxRow",
    "OutboxSummary",
    "QueuedMail",
]


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
    """`on_release` is called after something became free to leave, `connection` is what the
    sender knows of the way to the mail server.
    """

    def __init__(
        self, database: Database, history: History, clock: Clock, root_key: RootKey
    ) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._root_key = root_key
        self.connection = Connection()
        self.on_release: Callable[[], None] = lambda: None

    @property
    def online(self) -> bool:
        return self.connection.online

    def queue(self, session: Session, mail: QueuedMail) -> int:
        """Put a message into the caller's transaction, held or waiting; returns its id.

        For services only. What it supersedes and has not left is cancelled in the same
        transaction, and so is an older message with the same invitation and of the same kind;
        one that is being handed over, or that nobody is certain of, stays and goes first. An
        idempotency key that is already there returns the message it names.
        """
        same = select(OutboxMessage.id).where(OutboxMessage.idempotency_key == mail.idempotency_key)
        known = session.scalars(same).first()
        if known is not None:
            return known
        hold = session.get_one(Practice, 1).hold_new_messages
        message = OutboxMessage(
            client_id=mail.client_id,
            person_id=mail.person_id,
            invitation_id=mail.invitation_id,
            kind=mail.kind,
            state=MessageState.HELD if hold else MessageState.WAITING,
            recipient=mail.recipient,
            subject=mail.words.subject,
            sealed_words=seal_words(self._root_key, mail.idempotency_key, mail.words),
            idempotency_key=mail.idempotency_key,
            supersedes_id=mail.supersedes_id,
            required_grant_version=mail.required_grant_version,
            discreet=mail.discreet,
            created_at=self._clock(),
            created_by=self._history.working_as,
        )
        self._replace_older(session, mail)
        session.add(message)
        session.flush()
        return message.id

    def withdraw(self, session: Session, message_id: int, explanation: str) -> bool:
        """Cancel inside the caller's transaction if it has not left; False if it has.

        One that nobody is certain of is cancelled too, with words that leave it open.
        """
        message = session.get(OutboxMessage, message_id)
        if message is None:
            return False
        if message.can_be_taken_back:
            take_back(session, message, explanation, self._clock())
            return True
        if message.state is MessageState.UNCERTAIN:
            take_back(session, message, f"{explanation} It may have arrived.", self._clock())
            return True
        return False

    def page(
        self,
        *,
        shown: OutboxFilter = OutboxFilter.TO_SEND,
        search: str = "",
        offset: int = 0,
        limit: int = PAGE,
        order: OutboxOrder = OutboxOrder.NEWEST,
        descending: bool = True,
    ) -> list[OutboxRow]:
        """A slice of one chip's messages. Behind *Cancelled* stand dismissed failures too."""
        now = self._clock()
        with self._database.read() as session:
            return outbox_rows.read_page(
                session,
                self._standstill(session, now),
                now,
                shown=shown,
                search_for=search,
                order=order,
                descending=descending,
                offset=offset,
                limit=limit,
            )

    def row(self, message_id: int) -> OutboxRow:
        """Raises NotFound."""
        now = self._clock()
        with self._database.read() as session:
            row = outbox_rows.read_row(session, message_id, self._standstill(session, now), now)
        if row is None:
            raise _gone()
        return row

    def counts(self) -> dict[OutboxFilter, int]:
        with self._database.read() as session:
            return outbox_rows.read_counts(session)

    def summary(self) -> OutboxSummary:
        """Always true: "Offline · 3 waiting", "2 held · 1 failed", "Everything sent"."""
        with self._database.read() as session:
            return outbox_rows.summarise(session, self._standstill(session, self._clock()))

    def notice(self) -> Notice | None:
        with self._database.read() as session:
            found = self._standstill(session, self._clock())
        if found is None:
            return None
        return Notice(found.sentence, found.tone, found.action, found.details)

    def preview(self, message_id: int) -> MailPreview:
        """What leaves, or left; may wait for the password store: off the UI thread."""
        now = self._clock()
        with self._database.read() as session:
            message = _get(session, message_id)
            sealed = message.sealed_words
            words = Words(message.subject, _BLANKED, "")
            if sealed is not None:
                words = open_words(self._root_key, message.idempotency_key, sealed)
                dated = message.dated_at or now
                until = message.works_until or link_ends(
                    message, words, session.get_one(Practice, 1), dated
                )
                if until is not None:
                    words = words.with_until(until_text(until, dated))
            return MailPreview(
                sender=sender_line(session, discreet=message.discreet),
                recipient=message.recipient,
                subject=words.subject,
                text=words.text,
                html=words.html,
            )

    def send_now(self, message_id: int) -> None:
        """Let a held, waiting or failed message try at once, and what stands before it too.

        A message that was refused for good reached nobody, so it starts afresh with a new date.
        """
        with self._database.write() as session:
            message = _get(session, message_id)
            match message.state:
                case MessageState.HELD:
                    message.move(MessageState.WAITING)
                    self._note(
                        session, message, "outbox", f"Held message released: {message.subject}"
                    )
                case MessageState.FAILED:
                    self._note(
                        session, message, "outbox", f"Failed message sent anew: {message.subject}"
                    )
                    message.move(MessageState.WAITING)
                    message.dismissed_at = message.settled_at = message.dated_at = None
                    message.works_until = message.first_attempt_at = None
                    message.sealed_content = None
                    message.attempts = 0
                case MessageState.WAITING:
                    pass
                case _:
                    raise NotAllowed(
                        f"This message is {message.state.word.lower()}. Nothing was changed."
                    )
            message.explanation = message.advice = ""
            session.flush()
            session.execute(
                update(OutboxMessage)
                .where(
                    OutboxMessage.client_id == message.client_id,
                    OutboxMessage.state == MessageState.WAITING,
                    OutboxMessage.id <= message.id,
                )
                .values(next_attempt_at=None, version=OutboxMessage.version + 1)
                .execution_options(synchronize_session=False)
            )
        self._release()

    def hold(self, message_id: int) -> None:
        """Keep a waiting message for review. Raises NotAllowed where it is too late."""
        with self._database.write() as session:
            message = _get(session, message_id)
            if message.state is MessageState.HELD:
                return
            if message.state is not MessageState.WAITING:
                raise NotAllowed("Only a message that waits can be held. Nothing was changed.")
            message.move(MessageState.HELD)
            message.next_attempt_at = None
            self._note(session, message, "outbox", f"Message held for review: {message.subject}")

    def send_all(self) -> int:
        """*Send all*: release every held message and try every waiting one at once."""
        with self._database.write() as session:
            held = select(OutboxMessage).where(OutboxMessage.state == MessageState.HELD)
            for message in session.scalars(held):
                self._note(session, message, "outbox", f"Held message released: {message.subject}")
            count = 0
            for state in (MessageState.WAITING, MessageState.HELD):
                count += outbox_rows.count_state(session, state)
                session.execute(
                    update(OutboxMessage)
                    .where(OutboxMessage.state == state)
                    .values(
                        state=MessageState.WAITING,
                        next_attempt_at=None,
                        version=OutboxMessage.version + 1,
                    )
                )
        self._release()
        return count

    def cancel_question(self, message_id: int) -> str:
        """What cancelling asks; for a first invitation the same as *Delete*. Empty: just do it."""
        with self._database.read() as session:
            message = _get(session, message_id)
            if not is_first_invitation(session, message):
                return ""
            invitation = session.get_one(Invitation, message.invitation_id)
            return delete_question(invitation.access, offline=not self.online)

    def cancel(self, message_id: int) -> None:
        """Raises NotAllowed where it has left."""
        with self._database.write() as session:
            message = _get(session, message_id)
            if not message.can_be_taken_back:
                raise NotAllowed(_too_late(message.state))
            if is_first_invitation(session, message):
                invitation = session.get_one(Invitation, message.invitation_id)
                delete_invitation(session, invitation.access, self._clock)
                self._note(
                    session, message, "deleted", f"Invitation to {message.recipient} deleted"
                )
            else:
                take_back(session, message, "Taken back.", self._clock())
                self._note(
                    session,
                    message,
                    "message_cancelled",
                    f"{KINDS[message.kind]} to {message.recipient} taken back",
                )

    def send_again(self, message_id: int) -> None:
        """For *Not certain*: hand the very same message over once more."""
        with self._database.write() as session:
            message = self._uncertain(session, message_id)
            message.move(MessageState.WAITING)
            message.next_attempt_at = None
            message.explanation = message.advice = ""
            self._note(
                session,
                message,
                "sent_again",
                f"{KINDS[message.kind]} to {message.recipient} sent again, as nobody was certain",
            )
        self._release()

    def confirm_arrived(self, message_id: int) -> None:
        """For *Not certain*: *It arrived*."""
        with self._database.write() as session:
            message = self._uncertain(session, message_id)
            note_acceptance(session, message, message.handed_over_at or self._clock())
            self._note(
                session,
                message,
                "arrived",
                f"{KINDS[message.kind]} to {message.recipient} arrived, as a person confirmed",
            )

    def dismiss(self, message_id: int) -> None:
        """Take a failure off *Needs attention*."""
        with self._database.write() as session:
            message = _get(session, message_id)
            if message.state is not MessageState.FAILED:
                raise NotAllowed("Only a failed message can be dismissed. Nothing was changed.")
            if message.dismissed_at is None:
                message.dismissed_at = self._clock()
                self._note(
                    session, message, "outbox", f"Failed message dismissed: {message.subject}"
                )

    def _replace_older(self, session: Session, mail: QueuedMail) -> None:
        """Cancel what the new message replaces; a failure that it makes good is dismissed."""
        query = select(OutboxMessage).where(OutboxMessage.id == mail.supersedes_id)
        older = list(session.scalars(query)) if mail.supersedes_id is not None else []
        if mail.invitation_id is not None:
            query = select(OutboxMessage).where(
                OutboxMessage.invitation_id == mail.invitation_id, OutboxMessage.kind == mail.kind
            )
            older += session.scalars(query)
        now = self._clock()
        for message in older:
            if message.state in (MessageState.HELD, MessageState.WAITING):
                message.take_back(REPLACED, now)
            elif message.state is MessageState.FAILED:
                message.dismissed_at = message.dismissed_at or now

    def _standstill(self, session: Session, now: datetime) -> Standstill | None:
        return find_standstill(session, self.connection, now)

    def _release(self) -> None:
        self.connection.try_at_once()
        self.on_release()

    def _uncertain(self, session: Session, message_id: int) -> OutboxMessage:
        message = _get(session, message_id)
        if message.state is not MessageState.UNCERTAIN:
            raise NotAllowed(
                f"This message is {message.state.word.lower()}: there is nothing to decide. "
                "Nothing was changed."
            )
        return message

    def _note(self, session: Session, message: OutboxMessage, action: str, sentence: str) -> None:
        self._history.record(session, message.client_id, action, sentence)


def _get(session: Session, message_id: int) -> OutboxMessage:
    message = session.get(OutboxMessage, message_id)
    if message is None:
        raise _gone()
    return message


def _gone() -> NotFound:
    return NotFound("This message is not in the outbox any more. Nothing was changed.")


def _too_late(state: MessageState) -> str:
    match state:
        case MessageState.HANDING_OVER | MessageState.SENT:
            return "Your mail server has this message, so it cannot be taken back."
        case MessageState.UNCERTAIN:
            return (
                "Nobody is certain whether this message arrived. Nothing was changed. "
                "Choose Send again or It arrived."
            )
        case MessageState.FAILED:
            return "This message failed and is not sent any more. Dismiss it instead."
        case _:
            return "This message was cancelled already."
