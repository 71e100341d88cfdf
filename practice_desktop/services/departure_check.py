"""The last look at a message before it leaves: does it still hold what it says, and to whom?"""

import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice_desktop.models.document import Document
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.person import Person
from practice_desktop.models.portal_access import Invitation, PortalAccess
from practice_desktop.services.addresses import address_key
from practice_desktop.services.mail_templates import Words
from practice_desktop.services.practice import is_loopback
from practice_desktop.vocabulary import AccessState, MessageKind, MessageState

_HOST = re.compile(r"https?://(\[[^\]\s]+\]|[^/\s:#?]+)")

DELETED = "The invitation was deleted."
DISABLED = "Portal access was disabled."
ACCEPTED = "The client has accepted already."
ADDRESS_CHANGED = "The email address was changed."
NO_MAIL = "May we e-mail? was switched off."
REMOVED = "Everything it told of was removed again."
REPLACED = "A newer one says the same."
_REPLACING = tuple(set(MessageState) - {MessageState.FAILED, MessageState.CANCELLED})


@dataclass(frozen=True, slots=True)
class _Facts:
    """What stands now, read in one query; `invited` is the address of an invitation in force."""

    email: str
    may_email: bool
    access: AccessState
    invited: str | None
    deleted: bool


def reason_to_stay(session: Session, message: OutboxMessage) -> str:
    """Why this message must not leave any more; empty where it may.

    `required_grant_version` is not asked for yet: no portal confirms anything before part 3.
    """
    facts = _read(session, message)
    if facts is None or facts.access is AccessState.NONE:
        return DELETED
    if facts.access is AccessState.DISABLED:
        return DISABLED
    return _by_kind(session, message, facts) or ("" if facts.may_email else NO_MAIL)


def _read(session: Session, message: OutboxMessage) -> _Facts | None:
    found = session.execute(
        select(
            Person.email,
            Person.may_email,
            PortalAccess.state,
            Invitation.email,
            Invitation.deleted_at.is_not(None),
        )
        .select_from(Person)
        .join(PortalAccess, PortalAccess.person_id == Person.id)
        .outerjoin(Invitation, Invitation.id == message.invitation_id)
        .where(Person.id == message.person_id)
    ).first()
    return _Facts(*found) if found is not None else None


def leads_to_this_computer(words: Words) -> bool:
    """Whether a link in the frozen words can be opened on this computer only."""
    return any(is_loopback(host) for host in _HOST.findall(words.text))


def _by_kind(session: Session, message: OutboxMessage, facts: _Facts) -> str:
    carries_link = message.kind is MessageKind.INVITATION or message.invitation_id is not None
    if carries_link:
        if facts.invited is None or facts.deleted:
            return DELETED
        if facts.access is AccessState.ACTIVE:
            return ACCEPTED
    written_to = facts.invited if facts.invited is not None else facts.email
    if address_key(written_to) != address_key(message.recipient):
        return ADDRESS_CHANGED
    if message.kind is MessageKind.PASSWORD_RESET and facts.access is not AccessState.ACTIVE:
        return DELETED
    if message.kind is MessageKind.INVITATION:
        return ""
    if message.kind is MessageKind.NOTIFICATION and _all_removed(session, message):
        return REMOVED
    return REPLACED if _newer_one(session, message) else ""


def _newer_one(session: Session, message: OutboxMessage) -> bool:
    """Whether one of the same kind to the same person was queued after it, as happens while the
    first is on its way or has failed: two would say the same, or an old reset link come last.
    """
    newer = select(OutboxMessage.id).where(
        OutboxMessage.person_id == message.person_id,
        OutboxMessage.kind == message.kind,
        OutboxMessage.id > message.id,
        OutboxMessage.state.in_(_REPLACING),
    )
    return session.scalars(newer.limit(1)).first() is not None


def _all_removed(session: Session, message: OutboxMessage) -> bool:
    told, left = session.execute(
        select(func.count(), func.count().filter(Document.removed_at.is_(None))).where(
            Document.message_id == message.id
        )
    ).one()
    return bool(told) and not left
