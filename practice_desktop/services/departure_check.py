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
from practice_desktop.vocabulary import AccessState, MessageKind

_HOST = re.compile(r"https?://(\[[^\]\s]+\]|[^/\s:#?]+)")

DELETED = "The invitation was deleted."
DISABLED = "Portal access was disabled."
ACCEPTED = "The client has accepted already."
ADDRESS_CHANGED = "The email address was changed."
NO_MAIL = "May we e-mail? was switched off."
REMOVED = "Everything it told of was removed again."


@dataclass(frozen=True, slots=True)
class _Facts:
    person: Person
    access: PortalAccess
    invitation: Invitation | None


def reason_to_stay(session: Session, message: OutboxMessage) -> str:
    """Why this message must not leave any more; empty where it may.

    `required_grant_version` is not asked for yet: no portal confirms anything before part 3.
    """
    person = session.get(Person, message.person_id)
    access = session.scalars(
        select(PortalAccess).where(PortalAccess.person_id == message.person_id)
    ).first()
    if person is None or access is None or access.state is AccessState.NONE:
        return DELETED
    if access.state is AccessState.DISABLED:
        return DISABLED
    invitation = (
        session.get(Invitation, message.invitation_id)
        if message.invitation_id is not None
        else None
    )
    facts = _Facts(person, access, invitation)
    reason = _by_kind(session, message, facts)
    return reason or ("" if person.may_email else NO_MAIL)


def leads_to_this_computer(words: Words) -> bool:
    """Whether a link in the frozen words can be opened on this computer only."""
    return any(is_loopback(host) for host in _HOST.findall(words.text))


def _by_kind(session: Session, message: OutboxMessage, facts: _Facts) -> str:
    carries_link = message.kind is MessageKind.INVITATION or message.invitation_id is not None
    if carries_link:
        if facts.invitation is None or facts.invitation.deleted_at is not None:
            return DELETED
        if facts.access.state is AccessState.ACTIVE:
            return ACCEPTED
    written_to = facts.invitation.email if facts.invitation is not None else facts.person.email
    if address_key(written_to) != address_key(message.recipient):
        return ADDRESS_CHANGED
    if message.kind is MessageKind.PASSWORD_RESET and facts.access.state is not AccessState.ACTIVE:
        return DELETED
    if message.kind is MessageKind.NOTIFICATION and _all_removed(session, message):
        return REMOVED
    return ""


def _all_removed(session: Session, message: OutboxMessage) -> bool:
    told, left = session.execute(
        select(func.count(), func.count().filter(Document.removed_at.is_(None))).where(
            Document.message_id == message.id
        )
    ).one()
    return bool(told) and not left
