"""The way of one message out of the house, step by step, each step one transaction.

What is fixed when first claimed: Message-ID, Date, until when the link works, and so every byte;
a message sent again is the same to the byte. The link itself lives longer than the mail says
where the mail was held up: its life counts from the hand-over that succeeded.
"""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.orm import Session, aliased

from practice_desktop.models.base import UtcDateTime
from practice_desktop.models.database import Database
from practice_desktop.models.outbox import IN_LINE, OutboxMessage
from practice_desktop.models.practice import MailAccount, Practice
from practice_desktop.ports import Envelope
from practice_desktop.services import retry_schedule
from practice_desktop.services.clock import Clock
from practice_desktop.services.departure_check import leads_to_this_computer, reason_to_stay
from practice_desktop.services.frozen_words import link_ends, open_words
from practice_desktop.services.mail_message import compose, new_message_id
from practice_desktop.services.mail_sender import sender_name
from practice_desktop.services.mail_templates import Words
from practice_desktop.services.mail_text import until_text
from practice_desktop.services.outcomes import CRASHED, Claim, Outcomes
from practice_desktop.services.practice import is_loopback
from practice_desktop.services.root_key import RootKey, SealBroken
from practice_desktop.vocabulary import MessageState

LEASE = timedelta(minutes=40)
"""Longer than the longest conversation about one message (RFC 5321 4.5.3.2, summed up)."""


_EARLIER = aliased(OutboxMessage)
_FIRST_OF_ITS_CLIENT = (
    select(OutboxMessage.id)
    .where(
        OutboxMessage.state == MessageState.WAITING,
        ~select(_EARLIER.id)
        .where(
            _EARLIER.client_id == OutboxMessage.client_id,
            _EARLIER.id < OutboxMessage.id,
            text(IN_LINE),
        )
        .exists(),
    )
    .limit(1)
)
_AT_ONCE = _FIRST_OF_ITS_CLIENT.where(OutboxMessage.next_attempt_at.is_(None)).order_by(
    OutboxMessage.id
)
_RESTED = _FIRST_OF_ITS_CLIENT.where(
    OutboxMessage.next_attempt_at <= bindparam("now", type_=UtcDateTime())
).order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)


class Withdrawn(Exception):
    """The message was taken back, or claimed anew, while it was on its way to the final dot."""


class Departure:
    def __init__(
        self, database: Database, clock: Clock, root_key: RootKey, outcomes: Outcomes
    ) -> None:
        self._database = database
        self._clock = clock
        self._root_key = root_key
        self._outcomes = outcomes

    def recover(self, *, everything: bool) -> None:
        """Take back claims that a crash left behind: `everything` at the start, afterwards only
        those whose lease is over. Also lets go of times that a clock set back made far.
        """
        now = self._clock()
        claimed = select(OutboxMessage.id).where(
            OutboxMessage.state.in_((MessageState.SENDING, MessageState.HANDING_OVER))
        )
        if not everything:
            claimed = claimed.where(
                (OutboxMessage.lease_until < now) | (OutboxMessage.lease_until > now + LEASE)
            )
        far = select(OutboxMessage.id).where(
            OutboxMessage.state == MessageState.WAITING,
            OutboxMessage.next_attempt_at > now + retry_schedule.LONGEST,
        )
        with self._database.read() as session:
            if all(session.scalars(query.limit(1)).first() is None for query in (claimed, far)):
                return
        with self._database.write() as session:
            for message_id in session.scalars(claimed).all():
                message = session.get_one(OutboxMessage, message_id)
                message.lease_until = None
                if message.state is MessageState.SENDING:
                    message.move(MessageState.WAITING)
                else:
                    self._outcomes.call_uncertain(session, message, CRASHED)
            session.execute(
                update(OutboxMessage)
                .where(OutboxMessage.id.in_(far))
                .values(next_attempt_at=None, version=OutboxMessage.version + 1)
                .execution_options(synchronize_session=False)
            )

    def release_deferred(self) -> None:
        """Let messages that rest after a refusal try at once."""
        resting = (
            OutboxMessage.state == MessageState.WAITING,
            OutboxMessage.next_attempt_at.is_not(None),
        )
        with self._database.read() as session:
            if session.scalars(select(OutboxMessage.id).where(*resting).limit(1)).first() is None:
                return
        with self._database.write() as session:
            session.execute(
                update(OutboxMessage)
                .where(*resting)
                .values(next_attempt_at=None, version=OutboxMessage.version + 1)
                .execution_options(synchronize_session=False)
            )

    def next_in_line(self) -> int | None:
        """The message to send next: first in, first out for each client, and no client waits for
        another. A message that rests holds up the later ones of its client, a held one does not.
        """
        with self._database.read() as session:
            at_once = session.scalars(_AT_ONCE).first()
            return at_once or session.scalars(_RESTED, {"now": self._clock()}).first()

    def next_due_at(self) -> datetime | None:
        """When the next resting message has rested."""
        query = select(func.min(OutboxMessage.next_attempt_at)).where(
            OutboxMessage.state == MessageState.WAITING, OutboxMessage.next_attempt_at.is_not(None)
        )
        with self._database.read() as session:
            return session.scalars(query).first()

    def claim(self, message_id: int) -> Claim | None:
        """Take the message if it may still leave; None where it was cancelled or cannot.

        The password store may be asked, before the transaction begins. Raises RootKeyMissing,
        PasswordStoreProblem.
        """
        try:
            words, content = self._open(message_id)
        except SealBroken as broken:
            self._fail_sealed(message_id, broken)
            return None
        with self._database.write() as session:
            message = session.get(OutboxMessage, message_id)
            if message is None or message.state is not MessageState.WAITING or words is None:
                return None
            account = session.get_one(MailAccount, 1)
            if reason := reason_to_stay(session, message):
                self._outcomes.call_off(session, message, reason)
                return None
            if leads_to_this_computer(words) and not is_loopback(account.host):
                self._outcomes.give_up(
                    session,
                    message,
                    "The link in it leads to this computer only",
                    "Set the portal's address under Settings > Portal, then send it anew.",
                )
                return None
            if content is None or _sender_of(content) != account.from_address.casefold():
                content = self._compose(session, message, words, account)
            message.move(MessageState.SENDING)
            message.lease_until = self._clock() + LEASE
            session.flush()
            envelope = Envelope(account.from_address, message.recipient, content)
            return Claim(message.id, message.version, envelope)

    def before_final_dot(self, claim: Claim) -> None:
        """Commit that from here on the server may have it. Raises Withdrawn, or what the database
        raises; then the dot must not be written.
        """
        with self._database.write() as session:
            message = session.get(OutboxMessage, claim.id)
            if (
                message is None
                or message.state is not MessageState.SENDING
                or message.version != claim.version
            ):
                raise Withdrawn
            reason = reason_to_stay(session, message)
            if reason:
                self._outcomes.call_off(session, message, reason)
            else:
                self._pass_the_dot(message)
        if reason:
            raise Withdrawn

    def _pass_the_dot(self, message: OutboxMessage) -> None:
        message.move(MessageState.HANDING_OVER)
        message.handed_over_at = self._clock()
        message.lease_until = self._clock() + LEASE

    def _open(self, message_id: int) -> tuple[Words | None, bytes | None]:
        kept = select(
            OutboxMessage.idempotency_key, OutboxMessage.sealed_words, OutboxMessage.sealed_content
        ).where(OutboxMessage.id == message_id)
        with self._database.read() as session:
            found = session.execute(kept).first()
        if found is None:
            return None, None
        key, sealed, content = found
        if sealed is None:
            return None, None
        words = open_words(self._root_key, key, sealed)
        return words, self._root_key.open(content, f"content {key}") if content else None

    def _compose(
        self, session: Session, message: OutboxMessage, words: Words, account: MailAccount
    ) -> bytes:
        if message.dated_at is None:
            message.dated_at = self._clock()
            message.works_until = link_ends(
                message, words, session.get_one(Practice, 1), message.dated_at
            )
        message.message_id = message.message_id or new_message_id()
        if message.works_until is not None:
            words = words.with_until(until_text(message.works_until, message.dated_at))
        content = compose(
            words,
            sender=account.from_address,
            sender_name=sender_name(session, account, discreet=message.discreet),
            reply_to=account.reply_to,
            recipient=message.recipient,
            message_id=message.message_id,
            date=message.dated_at,
        )
        message.sealed_content = self._root_key.seal(content, f"content {message.idempotency_key}")
        return content

    def _fail_sealed(self, message_id: int, broken: SealBroken) -> None:
        with self._database.write() as session:
            message = session.get(OutboxMessage, message_id)
            if message is not None and message.state is MessageState.WAITING:
                message.server_reply = broken.details
                self._outcomes.give_up(
                    session, message, "Its words cannot be opened", broken.sentence
                )


def _sender_of(content: bytes) -> str:
    """The mailbox a composed message is from: an account changed since must not send as the old."""
    return parseaddr(str(message_from_bytes(content)["From"]))[1].casefold()
