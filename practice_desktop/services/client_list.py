"""Reading the clients list: one page, the counts of the filter chips, the ids of *Select all*.

Every read of a page stays within a frame at 100,000 clients.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from practice_desktop.models import search as index
from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.outbox import ATTENTION, OutboxMessage
from practice_desktop.models.person import Person
from practice_desktop.models.portal_access import PortalAccess, portal_status
from practice_desktop.services.chip import (
    FACT_COLUMNS,
    facts_from,
    has_status,
    join_facts,
    status_counts,
)
from practice_desktop.services.clock import Clock
from practice_desktop.vocabulary import (
    AccessState,
    ClientFilter,
    ClientOrder,
    PortalStatus,
)

PAGE = 100
_FEW = 2_000
_MANY = 20_000
_MOST = 50_000
_OF_THE_CLIENT_ALONE = (ClientFilter.ALL, ClientFilter.NEEDS_SETUP, ClientFilter.ARCHIVED)
_INVITED_SOMEHOW = frozenset(PortalStatus) - {PortalStatus.NOT_INVITED}

_client = Client.__table__.c
_person = Person.__table__.c


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the list."""

    id: int
    first_name: str
    last_name: str
    email: str
    status: PortalStatus
    archived: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class ClientList:
    """What the list on screen asks for, without all that a profile needs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def page(
        self,
        *,
        search: str = "",
        shown: ClientFilter = ClientFilter.ALL,
        order: ClientOrder = ClientOrder.NAME,
        offset: int = 0,
        limit: int = PAGE,
    ) -> list[ClientRow]:
        """A slice of the list. Several search words may stand in any order; each begins a word.

        Every filter but *Archived* leaves archived clients out.
        """
        now = self._clock()
        with self._database.read() as session:
            return read_page(session, now, search, shown, order, offset, limit)

    def counts(self) -> dict[ClientFilter, int]:
        """How many clients each filter chip would show, without a search."""
        now = self._clock()
        with self._database.read() as session:
            return read_counts(session, now)

    def ids(self, *, search: str = "", shown: ClientFilter = ClientFilter.ALL) -> list[int]:
        """Every client that the list would show, for *Select all*."""
        now = self._clock()
        with self._database.read() as session:
            return read_ids(session, now, search, shown)


def read_page(
    session: Session,
    now: datetime,
    search: str,
    shown: ClientFilter,
    order: ClientOrder,
    offset: int,
    limit: int,
) -> list[ClientRow]:
    values: dict[str, Any] = {"offset": offset, "limit": limit}
    if shown in _OF_THE_CLIENT_ALONE:
        how = _search(session, search, values)
        if how is _How.NOBODY:
            return []
        query = _page(shown, order, how, len(index.words(search)))
    else:
        query = _narrow(session, _rows(), now, search, shown)
        query = query.order_by(*_order(order)).offset(offset).limit(limit)
    return [
        ClientRow(
            row[0],
            row[1],
            row[2],
            row[3],
            # Most clients have never been invited: no facts to weigh.
            PortalStatus.NOT_INVITED
            if row[5] is None
            else portal_status(facts_from(now, *row[5:])),
            row[4] is not None,
        )
        for row in session.connection().execute(query, values).all()
    ]


def read_ids(session: Session, now: datetime, search: str, shown: ClientFilter) -> list[int]:
    query = _narrow(session, join_facts(select(Client.id)), now, search, shown)
    return list(session.scalars(query.order_by(*_order(ClientOrder.NAME))))


def read_counts(session: Session, now: datetime) -> dict[ClientFilter, int]:
    def count(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(Client.__table__).where(*conditions)
        return session.execute(query).scalar_one()

    everyone = session.execute(text("SELECT count(*) FROM client")).scalar_one()
    archived = count(_client.archived_at.is_not(None))
    by_status = status_counts(session, now)
    listed = everyone - archived
    attention = join_facts(select(func.count(func.distinct(Client.id)))).where(
        Client.archived_at.is_(None), Client.id.in_(_attention_ids(now))
    )
    asked = _open_requests().distinct().subquery()
    waiting = (
        select(func.count())
        .select_from(asked)
        .join(PortalAccess, PortalAccess.person_id == asked.c.person_id)
        .join(Client.__table__, _client.id == asked.c.person_id)
        .where(_may_answer(), _client.archived_at.is_(None))
    )
    return {
        ClientFilter.ALL: listed,
        ClientFilter.NEEDS_SETUP: count(
            _client.setup_finished_at.is_(None), _client.archived_at.is_(None)
        ),
        ClientFilter.NOT_INVITED: listed
        - sum(by_status.get(status, 0) for status in _INVITED_SOMEHOW),
        ClientFilter.INVITED: by_status.get(PortalStatus.INVITED, 0),
        ClientFilter.WAITING: session.execute(waiting).scalar_one(),
        ClientFilter.ATTENTION: session.execute(attention).scalar_one(),
        ClientFilter.ARCHIVED: archived,
    }


class _How(Enum):
    """How the clients of a search are found: `_search` says why."""

    EVERYBODY = auto()
    NOBODY = auto()
    LOOKED_UP = auto()
    SORTED = auto()
    WALKED = auto()
    TRIED = auto()


def _search(session: Session, search: str, values: dict[str, Any]) -> _How:
    """Ask the index once where few match, and look those up. More are sorted by SQLite; of still
    more, the list is walked in its order and each client looked for among the matches; and where
    nearly everybody may match, the page is soon full of the first who do.
    """
    terms = index.words(search)
    if not terms:
        # A search of punctuation alone finds nothing, rather than everybody.
        return _How.NOBODY if search.strip() else _How.EVERYBODY
    expression = index.match_expression(terms)
    connection = session.connection()
    found = index.matching_ids(connection, expression, _FEW + 1)
    if not found:
        return _How.NOBODY
    if len(found) <= _FEW:
        values["ids"] = json.dumps(found)
        return _How.LOOKED_UP
    values["match"] = expression
    count = index.count_matches(connection, expression, _MOST + 1)
    if count > _MOST:
        values.update({f"term{i}": f" {term}" for i, term in enumerate(terms)})
        return _How.TRIED
    return _How.WALKED if count > _MANY else _How.SORTED


@cache
def _page(
    shown: ClientFilter, order: ClientOrder, how: _How, terms: int
) -> Select[*tuple[Any, ...]]:
    """The page's ids first; names and the chip's facts are read for those alone."""
    if how is _How.SORTED and shown is ClientFilter.ALL and order is ClientOrder.NAME:
        page = index.page_of_matches().columns(_client.id)
        return _rows().where(_client.id.in_(page)).order_by(*_order(order))
    found = select(_client.id)
    if order is ClientOrder.FIRST_NAME:
        found = found.join(Person.__table__, _person.id == _client.id)
    found = found.where(_listed(shown))
    if shown is ClientFilter.NEEDS_SETUP:
        found = found.where(_client.setup_finished_at.is_(None))
    if how is not _How.EVERYBODY:
        found = found.where(_found(how, terms))
    found = (
        found.order_by(*_order(order))
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("limit", type_=Integer))
    )
    return _rows().where(_client.id.in_(found)).order_by(*_order(order))


def _rows() -> Select[*tuple[Any, ...]]:
    return join_facts(
        select(
            Client.id,
            Client.first_name,
            Client.last_name,
            Client.email,
            Client.archived_at,
            *FACT_COLUMNS,
        )
    )


def _listed(shown: ClientFilter) -> ColumnElement[bool]:
    archived = _client.archived_at
    return archived.is_not(None) if shown is ClientFilter.ARCHIVED else archived.is_(None)


def _found(how: _How, terms: int) -> ColumnElement[bool]:
    if how is _How.TRIED:
        padded = " " + _client.search_text
        return and_(*(func.instr(padded, bindparam(f"term{i}")) > 0 for i in range(terms)))
    if how is _How.LOOKED_UP:
        return _client.id.in_(index.ids_given("ids").columns(_client.id))
    # The plus keeps SQLite from looking up every match.
    client_id = literal_column("+client.id", Integer) if how is _How.WALKED else _client.id
    return client_id.in_(index.ids_matching("match").columns(_client.id))


def _narrow(
    session: Session,
    query: Select[*tuple[Any, ...]],
    now: datetime,
    search: str,
    shown: ClientFilter,
) -> Select[*tuple[Any, ...]]:
    query = query.where(_listed(shown))
    match shown:
        case ClientFilter.NEEDS_SETUP:
            query = query.where(_client.setup_finished_at.is_(None))
        case ClientFilter.NOT_INVITED:
            query = query.where(
                or_(PortalAccess.id.is_(None), ~func.coalesce(_invited_somehow(now), False))
            )
        case ClientFilter.INVITED:
            query = query.where(has_status(frozenset({PortalStatus.INVITED}), now))
        case ClientFilter.WAITING:
            query = query.where(Client.id.in_(_open_requests()), _may_answer())
        case ClientFilter.ATTENTION:
            query = query.where(Client.id.in_(_attention_ids(now)))
    values: dict[str, Any] = {}
    how = _search(session, search, values)
    if how is _How.EVERYBODY:
        return query
    if how is _How.NOBODY:
        return query.where(text("0"))
    return query.where(_found(how, len(index.words(search)))).params(values)


def _order(order: ClientOrder) -> tuple[ColumnElement[Any], ...]:
    match order:
        case ClientOrder.NEWEST:
            return (_client.created_at.desc(), _client.id.desc())
        case ClientOrder.FIRST_NAME:
            return (_person.kind, _person.first_name, _person.id)
        case _:
            return (_client.sort_key, _client.id)


def _invited_somehow(now: datetime) -> ColumnElement[bool]:
    return has_status(_INVITED_SOMEHOW, now)


def _open_requests() -> Select[int]:
    """Whom something is asked of that is not completed, with the condition spelled as the partial
    index is: bound values would keep SQLite from using it. The tables of documents are loaded
    here, because the first window does without them.
    """
    from practice_desktop.models.document import OPEN, Document

    return select(Document.person_id).where(text(OPEN))


def _may_answer() -> ColumnElement[bool]:
    return PortalAccess.state.in_((AccessState.INVITED, AccessState.ACTIVE))


def _attention_ids(now: datetime) -> Select[tuple[int]]:
    """Clients with a failed or uncertain message, or whose invitation did not arrive."""
    undelivered = join_facts(select(Client.id)).where(
        PortalAccess.state == AccessState.INVITED,
        has_status(frozenset({PortalStatus.NOT_DELIVERED}), now),
    )
    messages = select(OutboxMessage.client_id).where(text(ATTENTION))
    return undelivered.union(messages).subquery().select()
