"""What the outbox shows: one line a message, counts, the rail's sentence, the bar on top."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    or_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from practice_desktop.models import search
from practice_desktop.models.client import Client
from practice_desktop.models.outbox import ATTENTION, OutboxMessage
from practice_desktop.models.person import Person
from practice_desktop.services.standstill import Cause, Standstill
from practice_desktop.services.when import time_text, when_text
from practice_desktop.vocabulary import MessageKind, MessageState, OutboxFilter


class OutboxOrder(StrEnum):
    """How the outbox is sorted; NEWEST is by id, or by when it was settled."""

    NEWEST = "newest"
    CLIENT = "client"
    SUBJECT = "subject"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One line of the outbox; `line` is what stands beside the chip, `details` the raw reply.

    `advice` says what to do about a failure.
    """

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
    advice: str = ""
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """The rail's last line. `tone` is 'good', 'waiting' or 'bad'; `to_send` and `attention` are
    the counts beside *Outbox*.
    """

    line: str
    tone: str
    to_send: int
    attention: int


def read_page(
    session: Session,
    standstill: Standstill | None,
    now: datetime,
    *,
    shown: OutboxFilter,
    search_for: str,
    order: OutboxOrder,
    descending: bool,
    offset: int,
    limit: int,
) -> list[OutboxRow]:
    """A slice of one chip's messages. The ids are found first, so that skipping is cheap."""
    wanted: ColumnElement[bool] = true()
    if terms := search.words(search_for):
        wanted = _matches(terms, search_for)
    query: Select[int] | CompoundSelect[int]
    if shown is OutboxFilter.TO_SEND and order is OutboxOrder.NEWEST:
        query = _to_send_in_order(wanted, descending)
    else:
        query = _sorted(_behind_chip(shown).where(wanted), shown, order, descending)
    found = session.scalars(query.offset(offset).limit(limit))
    ids = list(found)
    by_id = {row.id: row for row in _rows(session, ids, standstill, now)}
    return [by_id[message_id] for message_id in ids]


def read_row(
    session: Session, message_id: int, standstill: Standstill | None, now: datetime
) -> OutboxRow | None:
    return next(iter(_rows(session, [message_id], standstill, now)), None)


def read_counts(session: Session) -> dict[OutboxFilter, int]:
    by_state = count_states(session)
    attention = count_attention(session)
    open_failures = attention.get(MessageState.FAILED, 0)
    return {
        OutboxFilter.TO_SEND: sum(by_state[state] for state in _TO_SEND),
        OutboxFilter.ATTENTION: sum(attention.values()),
        OutboxFilter.SENT: by_state[MessageState.SENT],
        OutboxFilter.CANCELLED: by_state[MessageState.CANCELLED]
        + by_state[MessageState.FAILED]
        - open_failures,
    }


def summarise(session: Session, standstill: Standstill | None) -> OutboxSummary:
    attention = count_attention(session)
    counts = count_states(session, _TO_SEND)
    sending = counts[MessageState.SENDING] + counts[MessageState.HANDING_OVER]
    parts = [
        f"{number} {word}"
        for number, word in (
            (sending, "sending"),
            (counts[MessageState.WAITING], "waiting"),
            (counts[MessageState.HELD], "held"),
            (attention.get(MessageState.UNCERTAIN, 0), "not certain"),
            (attention.get(MessageState.FAILED, 0), "failed"),
        )
        if number
    ]
    bad = bool(attention) or (standstill is not None and standstill.tone == "bad")
    to_send = sum(counts.values())
    if standstill is not None and (to_send or standstill.cause in _WORTH_SAYING):
        parts = [standstill.headline, *(parts or ["nothing waiting"])]
    return OutboxSummary(
        line=" · ".join(parts) or "Everything sent",
        tone="bad" if bad else "waiting" if parts else "good",
        to_send=to_send,
        attention=sum(attention.values()),
    )


def count_state(session: Session, state: MessageState) -> int:
    query = select(func.count()).where(OutboxMessage.state == state)
    return session.scalars(query).one()


def count_states(
    session: Session, states: Iterable[MessageState] = MessageState
) -> Counter[MessageState]:
    query = select(OutboxMessage.state, func.count()).where(OutboxMessage.state.in_(list(states)))
    found = session.execute(query.group_by(OutboxMessage.state))
    return Counter({state: number for state, number in found})


def count_attention(session: Session) -> dict[MessageState, int]:
    query = select(OutboxMessage.state, func.count()).where(text(ATTENTION))
    return {state: count for state, count in session.execute(query.group_by(OutboxMessage.state))}


def line_beside(message: Any, standstill: Standstill | None, now: datetime) -> str:
    """What stands beside the chip: why it is still here, or when it left."""
    match message.state:
        case MessageState.HELD:
            return "For your review"
        case MessageState.WAITING:
            return _why_waiting(message, standstill, now)
        case MessageState.SENDING | MessageState.HANDING_OVER:
            return "Being handed to your mail server"
        case MessageState.SENT:
            return when_text(message.settled_at or message.created_at, now)
        case MessageState.UNCERTAIN:
            return str(message.explanation or "No answer came")
        case _:
            return str(message.explanation).removesuffix(".")


_TO_SEND = (
    MessageState.HELD,
    MessageState.WAITING,
    MessageState.SENDING,
    MessageState.HANDING_OVER,
)
_WORTH_SAYING = frozenset({Cause.OFFLINE, Cause.NO_ACCOUNT, Cause.STOPPED})


def _why_waiting(message: Any, standstill: Standstill | None, now: datetime) -> str:
    next_at = message.next_attempt_at
    if standstill is None and next_at is not None and next_at > now:
        again = time_text(next_at)
        why = message.explanation or "Mail server busy"
        if why == "Mail server busy":
            return f"mail server busy until {again}"
        return f"{why} · tried again at {again}"
    queued = when_text(message.created_at, now)
    queued = f"Queued {queued.removeprefix('Today ').replace('Yesterday', 'yesterday')}"
    return f"{queued} · {standstill.beside}" if standstill is not None else queued


def _behind_chip(shown: OutboxFilter) -> Select[int]:
    query = select(OutboxMessage.id)
    match shown:
        case OutboxFilter.TO_SEND:
            return query.where(OutboxMessage.state.in_(_TO_SEND))
        case OutboxFilter.ATTENTION:
            return query.where(text(ATTENTION))
        case OutboxFilter.SENT:
            return query.where(OutboxMessage.state == MessageState.SENT)
        case OutboxFilter.CANCELLED:
            dismissed = and_(
                OutboxMessage.state == MessageState.FAILED,
                OutboxMessage.dismissed_at.is_not(None),
            )
            return query.where(or_(OutboxMessage.state == MessageState.CANCELLED, dismissed))


def _to_send_in_order(wanted: ColumnElement[bool], descending: bool) -> CompoundSelect[int]:
    """One ordered run a state, merged: a list of states in one query would sort every row."""
    runs = [
        select(OutboxMessage.id.label("id")).where(OutboxMessage.state == state, wanted)
        for state in _TO_SEND
    ]
    merged = union_all(*runs)
    key = merged.selected_columns.id
    return merged.order_by(key.desc() if descending else key.asc())


def _matches(terms: list[str], typed: str) -> ColumnElement[bool]:
    """Clients by the index of the clients list, addresses and subjects by what was typed."""
    clients = (
        select(text("rowid"))
        .select_from(text(search.TABLE))
        .where(
            text(f"{search.TABLE} MATCH :terms").bindparams(terms=search.match_expression(terms))
        )
    )
    like = typed.strip()
    return or_(
        OutboxMessage.client_id.in_(clients),
        OutboxMessage.recipient.icontains(like, autoescape=True),
        OutboxMessage.subject.icontains(like, autoescape=True),
    )


def _sorted(
    query: Select[int], shown: OutboxFilter, order: OutboxOrder, descending: bool
) -> Select[int]:
    settled = shown in (OutboxFilter.SENT, OutboxFilter.CANCELLED)
    keys: list[ColumnElement[Any]]
    match order:
        case OutboxOrder.NEWEST:
            keys = [OutboxMessage.settled_at.expression] if settled else []
        case OutboxOrder.CLIENT:
            names = Client.__table__
            query = query.join(names, names.c.id == OutboxMessage.client_id)
            keys = [names.c.sort_key]
        case OutboxOrder.SUBJECT:
            keys = [OutboxMessage.subject.expression]
        case OutboxOrder.STATE:
            keys = [OutboxMessage.state.expression]
    keys.append(OutboxMessage.id.expression)
    return query.order_by(*(key.desc() if descending else key.asc() for key in keys))


def _rows(
    session: Session, ids: list[int], standstill: Standstill | None, now: datetime
) -> list[OutboxRow]:
    """Columns, not objects: this is read again and again while messages leave."""
    kept = OutboxMessage
    query = (
        select(
            kept.id,
            kept.client_id,
            kept.recipient,
            kept.subject,
            kept.kind,
            kept.state,
            kept.attempts,
            kept.created_at,
            kept.next_attempt_at,
            kept.settled_at,
            kept.dismissed_at,
            kept.server_reply,
            kept.message_id,
            kept.explanation,
            kept.advice,
            Person.first_name,
            Person.last_name,
        )
        .join(Person, Person.id == kept.client_id)
        .where(kept.id.in_(ids))
    )
    return [
        OutboxRow(
            id=message.id,
            client_id=message.client_id,
            client_name=f"{message.first_name} {message.last_name}".strip(),
            recipient=message.recipient,
            subject=message.subject,
            kind=message.kind,
            state=message.state,
            line=line_beside(message, standstill, now),
            details=message.server_reply,
            attempts=message.attempts,
            created_at=message.created_at,
            next_attempt_at=message.next_attempt_at,
            settled_at=message.settled_at,
            server_reply=message.server_reply,
            message_id=message.message_id,
            advice=message.advice,
            dismissed=message.dismissed_at is not None,
        )
        for message in session.execute(query)
    ]
