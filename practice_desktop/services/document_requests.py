"""Requesting forms of several clients at once: who gets what, and who is left out and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from practice_desktop.errors import NotFound
from practice_desktop.services.document_checklist import in_order
from practice_desktop.services.document_sharing import (
    DocumentKey,
    all_documents,
    live,
    standing,
)


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """One client of *Request forms…* on several: what will happen, or happened, or why not.

    For an included client `reason` says what is different from the others: no email goes, or
    some of the forms are requested already.
    """

    client_id: int
    name: str
    included: bool
    reason: str


def missing_forms(session: Session, client_id: int, form_ids: Collection[int]) -> list[DocumentKey]:
    there = live(all_documents(session, client_id))
    return in_order(session, {DocumentKey(form_id=form_id) for form_id in form_ids} - there.keys())


def outcome_of(
    session: Session, client_id: int, form_ids: Collection[int], now: datetime
) -> RequestOutcome:
    """What requesting these forms does for one client, or why it does nothing."""
    try:
        where = standing(session, client_id, now)
    except NotFound as problem:
        return RequestOutcome(client_id, "Unknown client", False, problem.sentence)
    name = where.client.name
    missing = missing_forms(session, client_id, form_ids)
    if where.client.archived_at is not None:
        return RequestOutcome(client_id, name, False, "Archived. Bring the client back first.")
    if not missing:
        return RequestOutcome(client_id, name, False, "Everything chosen is requested already.")
    reason = where.no_mail
    if len(missing) < len(set(form_ids)):
        have = len(set(form_ids)) - len(missing)
        reason = f"{have} of {len(set(form_ids))} requested already. {reason}".strip()
    return RequestOutcome(client_id, name, True, reason)
