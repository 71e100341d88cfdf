"""All clients with their details in one pass, for lists that leave the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.portal_access import portal_status
from practice_desktop.services.chip import FACT_COLUMNS, facts_from, join_facts
from practice_desktop.services.client_list import read_ids
from practice_desktop.services.clock import Clock
from practice_desktop.vocabulary import ClientFilter, ClientType, PortalStatus

_STORED = (
    Client.id,
    Client.first_name,
    Client.last_name,
    Client.email,
    Client.preferred_name,
    Client.pronouns,
    Client.date_of_birth,
    Client.client_type,
    Client.phone,
    Client.address,
    Client.time_zone,
    Client.may_email,
    Client.discreet_email,
    func.coalesce(Client.external_id, ""),
    Client.created_at,
)


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """The fields up to `created_at` stand as in `_STORED`."""

    id: int
    first_name: str
    last_name: str
    email: str
    preferred_name: str
    pronouns: str
    date_of_birth: date | None
    client_type: ClientType
    phone: str
    address: str
    time_zone: str
    may_email: bool
    discreet_email: bool
    external_id: str
    created_at: datetime
    needs_setup: bool
    archived: bool
    status: PortalStatus


class ClientDirectory:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def entries(self, search: str = "") -> Iterator[DirectoryEntry]:
        """Everybody the search finds by last name, archived clients after the others."""
        now = self._clock()
        query = join_facts(
            select(*_STORED, Client.setup_finished_at, Client.archived_at, *FACT_COLUMNS)
        )
        with self._database.read() as session:
            wanted = [
                client_id
                for shown in (ClientFilter.ALL, ClientFilter.ARCHIVED)
                for client_id in read_ids(session, now, search, shown)
            ]
            if len(wanted) == 1:
                query = query.where(Client.id == wanted[0])
            found = {row[0]: row for row in session.execute(query)} if wanted else {}
        last = len(_STORED)
        for client_id in wanted:
            row = found[client_id]
            setup_finished_at, archived_at, *facts = row[last:]
            values: tuple[Any, ...] = (
                *row[:last],
                setup_finished_at is None and archived_at is None,
                archived_at is not None,
                portal_status(facts_from(now, *facts)),
            )
            yield DirectoryEntry(*values)
