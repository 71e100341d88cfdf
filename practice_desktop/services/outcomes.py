"""What became of a claimed message, each outcome one transaction with its history line.

Noting an outcome again does nothing, so that one which the database did not take can be repeated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from practice_desktop.models.database import Database
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import Invitation
from practice_desktop.models.practice import Practice
from practice_desktop.ports import Envelope, ServerReply
from practice_desktop.services import retry_schedule
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.services.invitation_end import delete_invitation
from practice_desktop.services.mail_replies import Verdict
from practice_desktop.services.message_withdrawal import KINDS, is_first_invitation, take_back
from practice_desktop.vocabulary import AccessState, MessageKind, MessageState

ACTOR = "Practice Desktop"
CRASHED = "The program ended before your mail server answered"
NO_ANSWER = "The connection broke before your mail server answered"
_CHOOSE = "Ask the client whether it arrived, then choose Send again or It arrived."


@dataclass(frozen=True, slots=True)
class Claim:
    """One message in the hands of this sender; `version` tells it from a later claim."""

    id: int
    version: int
    envelope: Envelope


class Outcomes:
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def accept(self, claim: Claim, reply: ServerReply) -> None:
        """The server took it."""
        with self._ending(claim, may_be_uncertain=True) as (session, message):
            if message is None:
                return
            again = _times_sent(session, message) > 0
            message.attempts += 1
            message.first_attempt_at = message.first_attempt_at or self._clock()
            message.server_reply = str(reply)
            note_acceptance(session, message, self._clock())
            self._note(
                session,
                message,
                "sent",
                f"{KINDS[message.kind]} sent {'again ' if again else ''}to {message.recipient}",
            )

    def refuse(self, claim: Claim, verdict: Verdict, chance: float) -> None:
        """The server refused the message, for good or for now."""
        with self._ending(claim) as (session, message):
            if message is None:
                return
            now = self._clock()
            message.attempts += 1
            message.first_attempt_at = message.first_attempt_at or now
            message.server_reply = verdict.details
            again = now + retry_schedule.pause_after(message.attempts, chance)
            if verdict.lasting:
                self.give_up(session, message, verdict.line, verdict.advice)
            elif retry_schedule.has_run_out(message.first_attempt_at, again, message.attempts):
                self.give_up(
                    session,
                    message,
                    "Your mail server did not take it for three days",
                    "Choose Send now to try again, or call the client.",
                )
            else:
                message.move(MessageState.WAITING)
                message.lease_until = None
                message.next_attempt_at = again
                message.explanation = verdict.line

    def leave_open(self, claim: Claim, details: str) -> None:
        """The dot may have arrived and no answer came: a person decides."""
        with self._ending(claim) as (session, message):
            if message is None:
                return
            message.attempts += 1
            message.first_attempt_at = message.first_attempt_at or self._clock()
            message.server_reply = details
            self.call_uncertain(session, message, NO_ANSWER)

    def put_back(self, claim: Claim) -> None:
        """It certainly was not handed over, through no fault of its own: no attempt is counted."""
        with self._ending(claim) as (_, message):
            if message is None:
                return
            message.move(MessageState.WAITING)
            message.lease_until = message.next_attempt_at = None

    def call_off(self, session: Session, message: OutboxMessage, reason: str) -> None:
        """The last look before it leaves found that it must not leave any more."""
        invitation = (
            session.get(Invitation, message.invitation_id)
            if message.invitation_id is not None
            else None
        )
        if (
            invitation is not None
            and invitation.access.state is AccessState.INVITED
            and is_first_invitation(session, message)
        ):
            delete_invitation(session, invitation.access, self._clock)
            message.explanation = reason
        else:
            take_back(session, message, reason, self._clock())
        self._note(
            session,
            message,
            "message_cancelled",
            f"{KINDS[message.kind]} to {message.recipient} was not sent: {reason}",
        )

    def give_up(self, session: Session, message: OutboxMessage, line: str, advice: str) -> None:
        """It failed for good."""
        now = self._clock()
        message.move(MessageState.FAILED)
        message.lease_until = message.next_attempt_at = None
        message.settled_at, message.explanation, message.advice = now, line, advice
        if message.kind is MessageKind.INVITATION and message.invitation_id is not None:
            invitation = session.get(Invitation, message.invitation_id)
            if invitation is not None:
                invitation.undelivered_at = now
                invitation.undelivered_words = message.server_reply or line
        self._note(
            session,
            message,
            "failed",
            f"{KINDS[message.kind]} to {message.recipient} failed: {line}",
        )

    def call_uncertain(self, session: Session, message: OutboxMessage, explanation: str) -> None:
        """The server may have it; a person decides."""
        message.move(MessageState.UNCERTAIN)
        message.lease_until = message.next_attempt_at = None
        message.explanation, message.advice = explanation, _CHOOSE
        self._note(
            session,
            message,
            "uncertain",
            f"It is not certain whether the {KINDS[message.kind].lower()} "
            f"to {message.recipient} arrived",
        )

    @contextmanager
    def _ending(
        self, claim: Claim, *, may_be_uncertain: bool = False
    ) -> Iterator[tuple[Session, OutboxMessage | None]]:
        """A transaction on the claimed message, or on None where it went another way meanwhile.

        Another process may have taken the claim for dead and called the message uncertain: an
        acceptance that came after all decides then.
        """
        versions = {
            MessageState.SENDING: claim.version,
            MessageState.HANDING_OVER: claim.version + 1,
        }
        if may_be_uncertain:
            versions[MessageState.UNCERTAIN] = claim.version + 2
        with self._database.write() as session:
            message = session.get(OutboxMessage, claim.id)
            ours = message is not None and versions.get(message.state) == message.version
            yield session, message if ours else None

    def _note(self, session: Session, message: OutboxMessage, action: str, sentence: str) -> None:
        self._history.record(session, message.client_id, action, sentence, actor=ACTOR)


def note_acceptance(session: Session, message: OutboxMessage, at: datetime) -> None:
    """The message counts as sent at `at`: its words are blanked, its link begins a full new life.

    The link works at least until when any mail says, and `link_days` after it last left.
    """
    ends = message.works_until
    message.move(MessageState.SENT)
    message.settle("", at)
    if message.invitation_id is None:
        return
    invitation = session.get(Invitation, message.invitation_id)
    if invitation is None:
        return
    life = timedelta(days=session.get_one(Practice, 1).link_days)
    moments = [at + life, *(m for m in (ends, invitation.works_until) if m is not None)]
    invitation.works_until = max(moments)
    invitation.times_sent += 1
    invitation.last_sent_at = max(at, invitation.last_sent_at or at)
    invitation.undelivered_at, invitation.undelivered_words = None, ""


def _times_sent(session: Session, message: OutboxMessage) -> int:
    if message.kind is not MessageKind.INVITATION or message.invitation_id is None:
        return 0
    invitation = session.get(Invitation, message.invitation_id)
    return invitation.times_sent if invitation is not None else 0
