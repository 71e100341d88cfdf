"""Writes a planned import in the transaction it is given."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from practice_desktop.models.base import Base
from practice_desktop.models.bulk_insert import BulkInsert, Row
from practice_desktop.models.client import Client, ImportedDetail
from practice_desktop.models.history import HistoryEntry
from practice_desktop.models.person import Person
from practice_desktop.models.search import search_text
from practice_desktop.services.client_record import ClientRecord
from practice_desktop.services.import_changes import CLIENT_FIELDS, PERSON_FIELDS
from practice_desktop.services.import_plan import ImportPlan, Update
from practice_desktop.services.import_watch import Phase, Watch
from practice_desktop.vocabulary import ClientType

T = TypeVar("T")

_STEP = 1000
_PERSON = (
    *("id", "kind", "version", "first_name", "last_name", "preferred_name", "pronouns"),
    *("email", "email_key", "phone", "may_email", "discreet_email"),
)
_CLIENT = (
    *("id", "external_id", "client_type", "date_of_birth", "address", "time_zone"),
    *("created_at", "imported_at", "setup_finished_at", "archived_at", "sort_key", "search_text"),
)
_DETAIL = ("client_id", "name", "position", "value")
_HISTORY = ("client_id", "at", "actor", "action", "sentence")


class ImportWriter:
    """`at` and `actor` stand in every history line; new ids are given out in the file's order."""

    def __init__(self, session: Session, plan: ImportPlan, at: datetime, actor: str) -> None:
        self._session = session
        self._plan = plan
        self._at = at
        self._actor = actor
        self._sentence = f"Imported from {plan.table.file_name}"

    def write(self, watch: Watch) -> tuple[int, ...]:
        """Updates first, then additions, whose ids are returned. Raises ImportCancelled."""
        updates, additions = self._plan.updates, self._plan.additions
        total = len(updates) + len(additions)
        for done, some in _batches(updates):
            watch.step(Phase.SAVING, done, total)
            self._update(some)
        highest = self._session.scalar(select(func.coalesce(func.max(Person.id), 0))) or 0
        ids = range(highest + 1, highest + 1 + len(additions))
        connection = self._session.connection()
        people = BulkInsert(connection, Person, _PERSON)
        clients = BulkInsert(connection, Client, _CLIENT)
        details = BulkInsert(connection, ImportedDetail, _DETAIL)
        history = BulkInsert(connection, HistoryEntry, _HISTORY)
        for done, batch in _batches(list(zip(ids, additions, strict=True))):
            watch.step(Phase.SAVING, len(updates) + done, total)
            records = [(client_id, self._plan.records[row]) for client_id, row in batch]
            people.insert([_person_row(client_id, record) for client_id, record in records])
            clients.insert([self._client_row(client_id, record) for client_id, record in records])
            details.insert(list(self._detail_rows(batch)))
            history.insert(
                [
                    (client_id, self._at, self._actor, "imported", self._sentence)
                    for client_id, _row in batch
                ]
            )
        watch.step(Phase.SAVING, total, total)
        return tuple(ids)

    def _update(self, some: Sequence[Update]) -> None:
        person, client, detail = (
            Base.metadata.tables[mapped.__tablename__]
            for mapped in (Person, Client, ImportedDetail)
        )
        connection = self._session.connection()
        this_person, this_client = person.c.id == bindparam("key"), client.c.id == bindparam("key")
        connection.execute(
            update(person)
            .where(this_person)
            .values(_bound(PERSON_FIELDS) | {"version": person.c.version + 1}),
            [{"key": one.client_id, **one.person} for one in some],
        )
        connection.execute(
            update(client).where(this_client).values(_bound(CLIENT_FIELDS)),
            [{"key": one.client_id, **one.client} for one in some],
        )
        details = [
            {"key": one.client_id, "called": name, "position": position, "value": value}
            for one in some
            for name, position, value in one.details
        ]
        if details:
            connection.execute(
                delete(detail).where(
                    detail.c.client_id == bindparam("key"), detail.c.name == bindparam("called")
                ),
                details,
            )
            BulkInsert(connection, ImportedDetail, _DETAIL).insert(
                [tuple(row.values()) for row in details]
            )
        self._session.execute(
            insert(HistoryEntry),
            [
                {
                    "client_id": one.client_id,
                    "at": self._at,
                    "actor": self._actor,
                    "action": "imported",
                    "sentence": self._sentence,
                    "changes": [[change.field, change.old, change.new] for change in one.changes],
                }
                for one in some
            ],
        )

    def _client_row(self, client_id: int, record: ClientRecord) -> Row:
        return (
            client_id,
            record.external_id or None,
            record.client_type or ClientType.INDIVIDUAL,
            record.date_of_birth,
            record.address,
            record.time_zone,
            self._at,
            self._at,
            self._at,
            None,
            record.sort_key,
            search_text(
                (record.first_name, record.last_name, record.preferred_name),
                record.email,
                (record.phone,),
            ),
        )

    def _detail_rows(self, batch: Sequence[tuple[int, int]]) -> Iterator[Row]:
        plan = self._plan
        for client_id, row in batch:
            values = plan.reader.detail_values(plan.table.rows[row])
            values += plan.records[row].extra_details
            for position, (name, value) in enumerate(values):
                yield client_id, name, position, value


def _person_row(client_id: int, record: ClientRecord) -> Row:
    return (
        client_id,
        "client",
        1,
        record.first_name,
        record.last_name,
        record.preferred_name,
        record.pronouns,
        record.email,
        record.email_key,
        record.phone,
        record.may_email is not False,
        False,
    )


def _bound(fields: Sequence[str]) -> dict[str, Any]:
    return {field: bindparam(field) for field in fields}


def _batches(rows: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(rows), _STEP):
        yield start, rows[start : start + _STEP]
