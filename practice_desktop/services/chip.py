"""Reading the facts of the chip from the database, for one person and for all at once.

The chip itself is models.portal_access.portal_status. Filters and counts do not repeat it in SQL:
they ask it about every combination of facts and translate those that fit.
"""

from datetime import datetime
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from practice_desktop.models.client import Client
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import (
    ChipFacts,
    Invitation,
    PortalAccess,
    portal_status,
)
from practice_desktop.vocabulary import AccessState, MessageState, PortalStatus

FACT_COLUMNS = (
    PortalAccess.state,
    OutboxMessage.state,
    Invitation.works_until,
    Invitation.undelivered_at,
)
"""What `facts_from` reads, in order, of a row joined as `join_facts` does."""


def facts_of(session: Session, access: PortalAccess | None, now: datetime) -> ChipFacts:
    """The facts of one person; no access means never invited."""
    if access is None:
        return ChipFacts(AccessState.NONE)
    invitation = access.invitation
    if invitation is None:
        return ChipFacts(access.state)
    message = (
        session.get(OutboxMessage, invitation.message_id)
        if invitation.message_id is not None
        else None
    )
    return facts_from(
        now,
        access.state,
        message.state if message is not None else None,
        invitation.works_until,
        invitation.undelivered_at,
    )


def facts_from(
    now: datetime,
    access: AccessState | None,
    message: MessageState | None,
    works_until: datetime | None,
    undelivered_at: datetime | None,
) -> ChipFacts:
    return ChipFacts(
        access or AccessState.NONE,
        message,
        link_works=works_until is not None and works_until > now,
        undelivered=undelivered_at is not None,
    )


def access_of(session: Session, person_id: int) -> PortalAccess | None:
    return session.scalars(select(PortalAccess).where(PortalAccess.person_id == person_id)).first()


def status_of(session: Session, person_id: int, now: datetime) -> PortalStatus:
    return portal_status(facts_of(session, access_of(session, person_id), now))


def join_facts(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Join a query over clients with what the chip depends on."""
    return (
        query.outerjoin(PortalAccess, PortalAccess.person_id == Client.id)
        .outerjoin(
            Invitation,
            and_(Invitation.access_id == PortalAccess.id, Invitation.deleted_at.is_(None)),
        )
        .outerjoin(OutboxMessage, OutboxMessage.id == Invitation.message_id)
    )


def has_status(statuses: frozenset[PortalStatus], now: datetime) -> ColumnElement[bool]:
    """The condition, over a query joined by `join_facts`, that the chip is one of `statuses`.

    Never for NOT_INVITED, which most clients are: ask for what the others are, and negate.
    """
    by_access: dict[AccessState, list[ChipFacts]] = {}
    for facts in _all_facts():
        if portal_status(facts) in statuses:
            by_access.setdefault(facts.access, []).append(facts)
    every = sum(1 for facts in _all_facts() if facts.access is AccessState.INVITED)
    parts: list[ColumnElement[bool]] = []
    for access, fitting in by_access.items():
        part = PortalAccess.state == access
        if len(fitting) < every:
            part = and_(part, or_(*(_equals(facts, now) for facts in fitting)))
        parts.append(part)
    return or_(*parts)


def status_counts(session: Session, now: datetime) -> dict[PortalStatus, int]:
    """How many clients in the list have each status other than Not invited."""
    works = func.coalesce(Invitation.works_until > now, False)
    undelivered = Invitation.undelivered_at.is_not(None)
    settled = (
        select(PortalAccess.state, func.count())
        .join(Client.__table__, Client.__table__.c.id == PortalAccess.person_id)
        .where(
            PortalAccess.state.in_((AccessState.ACTIVE, AccessState.DISABLED)),
            Client.__table__.c.archived_at.is_(None),
        )
        .group_by(PortalAccess.state)
    )
    invited = (
        select(OutboxMessage.state, works, undelivered, func.count())
        .select_from(PortalAccess)
        .join(Client.__table__, Client.__table__.c.id == PortalAccess.person_id)
        .join(
            Invitation,
            and_(Invitation.access_id == PortalAccess.id, Invitation.deleted_at.is_(None)),
        )
        .outerjoin(OutboxMessage, OutboxMessage.id == Invitation.message_id)
        .where(
            PortalAccess.state == AccessState.INVITED,
            Client.__table__.c.archived_at.is_(None),
        )
        .group_by(OutboxMessage.state, works, undelivered)
    )
    counts: dict[PortalStatus, int] = {}
    for access, number in session.execute(settled):
        status = portal_status(ChipFacts(access))
        counts[status] = counts.get(status, 0) + number
    for message, link_works, failed, number in session.execute(invited):
        facts = ChipFacts(AccessState.INVITED, message, bool(link_works), bool(failed))
        status = portal_status(facts)
        counts[status] = counts.get(status, 0) + number
    return counts


def _all_facts() -> list[ChipFacts]:
    combinations = product(AccessState, (None, *MessageState), (False, True), (False, True))
    return [ChipFacts(*combination) for combination in combinations]


def _equals(facts: ChipFacts, now: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.state.is_(None)
        if facts.message is None
        else OutboxMessage.state == facts.message,
        func.coalesce(Invitation.works_until > now, False).is_(facts.link_works),
        Invitation.undelivered_at.is_not(None)
        if facts.undelivered
        else Invitation.undelivered_at.is_(None),
    )
