"""What the first card of the Portal tab shows: the chip explained, facts, what can be done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from practice_desktop.errors import AddressMissing, Problem
from practice_desktop.models.client import Client
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import (
    UNSENT,
    Invitation,
    PortalAccess,
    actions,
    portal_status,
)
from practice_desktop.models.practice import Practice
from practice_desktop.services.chip import facts_of
from practice_desktop.services.practice import FeatureChoice, choices
from practice_desktop.services.standstill import Standstill
from practice_desktop.services.when import date_text, when_text
from practice_desktop.vocabulary import AccessAction, AccessState, MessageState, PortalStatus


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """One entry behind the three dots; switched off ones say why."""

    action: AccessAction
    enabled: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PortalCard:
    """What the first card of the Portal tab shows.

    `facts` are label and value in order ("Sent to", "Last sent", "Link works until"; "Signs in
    as", "Accepted", "Last signed in"). `note` is the sentence under the cards. `pending` says
    that a change has not reached the portal yet. `why_not` says why *Invite to Portal* would be
    refused now, and `address_missing` that an address could be added there and then.
    """

    client_id: int
    status: PortalStatus
    why: str
    title: str
    facts: tuple[tuple[str, str], ...]
    actions: tuple[ActionChoice, ...]
    features: tuple[FeatureChoice, ...]
    note: str
    pending: str
    problem: str
    why_not: str
    address_missing: bool


def describe(
    session: Session,
    client: Client,
    access: PortalAccess | None,
    now: datetime,
    refusal: Problem | None,
    standstill: Standstill | None = None,
) -> PortalCard:
    """The card for one client; `refusal` is why *Invite to Portal* would be refused now, and
    `standstill` what keeps every message here.
    """
    status = portal_status(facts_of(session, access, now))
    invitation = access.invitation if access is not None else None
    message = (
        session.get(OutboxMessage, invitation.message_id)
        if invitation is not None and invitation.message_id is not None
        else None
    )
    accepted = status in (PortalStatus.ACTIVE, PortalStatus.DISABLED)
    not_invited = status is PortalStatus.NOT_INVITED
    return PortalCard(
        client_id=client.id,
        status=status,
        why=_why(status, client, invitation, message, standstill, now),
        title="Portal access" if accepted else "Portal invitation",
        facts=_facts(status, client, access, invitation, now),
        actions=_actions(status, message),
        features=choices(session, None if access is None else access.features),
        note=_note(status, client, session),
        pending=_pending(access),
        problem=_problem(status, invitation, message),
        why_not=refusal.sentence if refusal is not None and not_invited else "",
        address_missing=isinstance(refusal, AddressMissing) and not_invited,
    )


def _why(
    status: PortalStatus,
    client: Client,
    invitation: Invitation | None,
    message: OutboxMessage | None,
    standstill: Standstill | None,
    now: datetime,
) -> str:
    match status:
        case PortalStatus.NOT_INVITED:
            return f"{client.addressed_as} has no invitation to the portal."
        case PortalStatus.QUEUED:
            if message is None:
                return ""
            if message.state is MessageState.WAITING and standstill is not None:
                return f"The invitation waits in the Outbox: {standstill.beside}."
            return _WAITING.get(message.state, "")
        case PortalStatus.INVITED:
            return "Your mail server took the invitation. It has not been accepted yet."
        case PortalStatus.EXPIRED:
            until = invitation.works_until if invitation is not None else None
            return f"The link ran out on {_day(until)}." if until is not None else ""
        case PortalStatus.NOT_DELIVERED:
            return "The invitation did not arrive."
        case PortalStatus.ACTIVE:
            return f"{client.addressed_as} accepted the invitation and can sign in."
        case PortalStatus.DISABLED:
            return "Access was taken away. Documents and answers are kept."


_WAITING = {
    MessageState.HELD: "The invitation is held for review in the Outbox.",
    MessageState.WAITING: "The invitation waits in the Outbox and leaves by itself.",
    MessageState.SENDING: "The invitation is being sent now.",
    MessageState.HANDING_OVER: "The invitation is being sent now.",
    MessageState.UNCERTAIN: "It is not certain whether the invitation left. Look in the Outbox.",
}


def _facts(
    status: PortalStatus,
    client: Client,
    access: PortalAccess | None,
    invitation: Invitation | None,
    now: datetime,
) -> tuple[tuple[str, str], ...]:
    if access is None or status is PortalStatus.NOT_INVITED:
        return ()
    if access.state is not AccessState.INVITED or invitation is None:
        facts = [("Signs in as", client.email)]
        if access.accepted_at is not None:
            facts.append(("Accepted", date_text(access.accepted_at.astimezone().date())))
        if access.last_signed_in_at is not None:
            facts.append(("Last signed in", when_text(access.last_signed_in_at, now)))
        if access.disabled_at is not None:
            facts.append(("Disabled", when_text(access.disabled_at, now)))
        return tuple(facts)
    facts = [("Sent to" if invitation.times_sent else "Goes to", invitation.email)]
    if invitation.last_sent_at is not None:
        times = f" ({_ordinal(invitation.times_sent)})" if invitation.times_sent > 1 else ""
        facts.append(("Last sent", when_text(invitation.last_sent_at, now) + times))
    else:
        facts.append(("Queued", when_text(invitation.created_at, now)))
    if invitation.works_until is not None:
        label = "Link ran out" if status is PortalStatus.EXPIRED else "Link works until"
        facts.append((label, _day(invitation.works_until)))
    return tuple(facts)


def _actions(status: PortalStatus, message: OutboxMessage | None) -> tuple[ActionChoice, ...]:
    waits = message is not None and message.state in UNSENT
    reason = "An email with this invitation has not left yet." if waits else ""
    return tuple(
        ActionChoice(action, enabled=not waits, reason=reason)
        if action is AccessAction.RESEND
        else ActionChoice(action, enabled=True)
        for action in actions(status)
    )


def _note(status: PortalStatus, client: Client, session: Session) -> str:
    if status is not PortalStatus.INVITED:
        return ""
    practice = session.get_one(Practice, 1).name or "your practice"
    if client.discreet_email:
        return (
            "Not accepted yet. Clients often overlook this email: ask "
            f"{client.addressed_as} to look in spam or junk, or resend the invitation."
        )
    return (
        f"Not accepted yet. Clients often overlook this email: ask {client.addressed_as} to "
        f"search for {practice} or to look in spam or junk, or resend the invitation."
    )


def _pending(access: PortalAccess | None) -> str:
    """While the portal holds an older grant than this desktop's, access has not ended yet."""
    if access is None or not 0 < access.confirmed_version < access.grant_version:
        return ""
    if access.state in (AccessState.NONE, AccessState.DISABLED):
        return "The portal has not been reached yet: access ends as soon as it is."
    return ""


def _problem(
    status: PortalStatus, invitation: Invitation | None, message: OutboxMessage | None
) -> str:
    if status is not PortalStatus.NOT_DELIVERED or invitation is None:
        return ""
    said = invitation.undelivered_words or (message.server_reply if message is not None else "")
    return said or "A person said that it came back."


def _day(moment: datetime) -> str:
    return date_text(moment.astimezone().date())


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"
