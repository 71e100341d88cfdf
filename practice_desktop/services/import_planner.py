"""Decides row by row what an import does, against the clients on file and the rows before."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from practice_desktop.models.person import Person
from practice_desktop.models.portal_access import PortalAccess
from practice_desktop.models.search import sort_key
from practice_desktop.services.addresses import suggest_address
from practice_desktop.services.client_matching import ClientMatching, KnownClient
from practice_desktop.services.client_record import LONGEST_TEXT, ClientRecord
from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.import_changes import StoredClients, update_for
from practice_desktop.services.import_dates import DateQuestion
from practice_desktop.services.import_plan import (
    ImportPlan,
    ImportRow,
    Reason,
    Update,
    Verdict,
)
from practice_desktop.services.import_watch import Phase, Watch
from practice_desktop.services.record_reader import RecordReader
from practice_desktop.vocabulary import AccessState

_STEP = 500


@contextmanager
def _no_collection() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def clients_state(session: Session) -> tuple[int, ...]:
    """Numbers that change whenever a client, or who has access, does."""
    people = session.execute(
        select(
            func.count(),
            func.coalesce(func.max(Person.id), 0),
            func.coalesce(func.sum(Person.version), 0),
        )
    ).one()
    access = session.execute(
        select(func.count(), func.coalesce(func.sum(PortalAccess.person_id), 0)).where(
            PortalAccess.state != AccessState.NONE
        )
    ).one()
    return (*people, *access)


@dataclass(slots=True)
class _Match:
    """A row that means a client on file; what it changes is found out afterwards, in batches."""

    row: int
    known: KnownClient
    notes: tuple[str, ...]


class ImportPlanner:
    """Plans one import; holds what one pass over the rows needs."""

    def __init__(self, session: Session, table: ClientTable, reader: RecordReader) -> None:
        self._session = session
        self._table = table
        self._reader = reader
        self._matching = ClientMatching(session)
        self._suggestions: dict[str, str] = {}
        self._rows: list[ImportRow | None] = []
        self._records: list[ClientRecord] = []
        self._additions: list[int] = []
        self._updates: list[Update] = []
        self._matches: list[_Match] = []

    def plan(self, question: DateQuestion | None, watch: Watch) -> ImportPlan:
        """Raises ImportCancelled.

        The collector rests meanwhile: all that is made here stays, and each of its passes over
        100,000 rows would hold up the window for a fifth of a second.
        """
        with _no_collection():
            return self._plan(question, watch)

    def _plan(self, question: DateQuestion | None, watch: Watch) -> ImportPlan:
        total = len(self._table.rows)
        for row, cells in enumerate(self._table.rows):
            if row % _STEP == 0:
                watch.step(Phase.CHECKING, row, total)
            record = self._reader.read(cells)
            self._records.append(record)
            self._rows.append(self._judge(row, record))
        for start in range(0, len(self._matches), _STEP):
            watch.step(Phase.CHECKING, total, total)
            self._compare(self._matches[start : start + _STEP])
        rows = [row for row in self._rows if row is not None]
        return ImportPlan(
            table=self._table,
            rows=rows,
            date_question=question,
            reader=self._reader,
            records=self._records,
            additions=self._additions,
            updates=self._updates,
            state=clients_state(self._session),
            counts=Counter(row.verdict for row in rows),
            reasons=Counter(row.reason for row in rows if row.reason is not None),
        )

    def _judge(self, row: int, record: ClientRecord) -> ImportRow | None:
        """The row of the preview, or None where a client on file is to be compared with first."""
        line = self._table.lines[row]
        if (refused := _not_a_client(record)) is not None:
            return _left_out(line, record, Reason.NOT_A_CLIENT, refused)
        key = record.sort_key = sort_key(record.last_name, record.first_name)
        finding = self._matching.find(record, key, line)
        on_file = finding.client is not None and finding.client.id is not None
        if not ((record.first_name and record.last_name) or on_file):
            return _left_out(line, record, Reason.NO_NAME, _what_is_missing(record))
        if record.address_problem:
            return _left_out(line, record, Reason.INVALID_ADDRESS, record.address_problem)
        if finding.reason is not None:
            return _left_out(line, record, finding.reason, finding.sentence)
        known = self._matching.claim(finding.client, record, key, line)
        notes = record.notes + self._typing_slip(record)
        if known.id is not None:
            self._matches.append(_Match(row, known, notes + _about_match(known, record)))
            return None
        self._additions.append(row)
        return ImportRow(line, record.name, record.email, Verdict.ADDED, notes=notes)

    def _compare(self, matches: list[_Match]) -> None:
        stored = StoredClients(
            self._session, [match.known.id for match in matches if match.known.id is not None]
        )
        for match in matches:
            record = self._records[match.row]
            client_id = match.known.id or 0
            update = update_for(
                match.row,
                stored.get(client_id),
                record,
                self._reader.detail_values(self._table.rows[match.row]),
                address_locked=match.known.locked,
            )
            if update.changes:
                self._updates.append(update)
            self._rows[match.row] = ImportRow(
                self._table.lines[match.row],
                record.name or match.known.name,
                record.email,
                Verdict.UPDATED if update.changes else Verdict.UNCHANGED,
                client_id,
                update.changes,
                notes=match.notes,
            )

    def _typing_slip(self, record: ClientRecord) -> tuple[str, ...]:
        if not record.email_key:
            return ()
        domain = record.email_key.rpartition("@")[2]
        if (meant := self._suggestions.get(domain)) is None:
            meant = suggest_address(f"x@{domain}") or ""
            self._suggestions[domain] = meant = meant.rpartition("@")[2]
        return (f"“{domain}” may be a slip: was {meant} meant?",) if meant else ()


def _left_out(line: int, record: ClientRecord, reason: Reason, sentence: str) -> ImportRow:
    return ImportRow(
        line,
        record.name,
        record.email,
        Verdict.LEFT_OUT,
        reason=reason,
        sentence=sentence,
        notes=record.notes,
    )


def _not_a_client(record: ClientRecord) -> str | None:
    if record.total and not record.email:
        return "This looks like a line of totals."
    if len(record.first_name) > LONGEST_TEXT or len(record.last_name) > LONGEST_TEXT:
        return f"The name is longer than {LONGEST_TEXT} characters."
    return None


def _what_is_missing(record: ClientRecord) -> str:
    if record.first_name:
        return "No last name."
    return "No first name." if record.last_name else "No name."


def _about_match(known: KnownClient, record: ClientRecord) -> tuple[str, ...]:
    notes = []
    if known.locked and record.email_key and record.email_key != known.email_key:
        notes.append(
            "The client has been invited, so the address stays as it is. Use Change email "
            "address… on the Portal tab."
        )
    if known.archived:
        notes.append("The client is archived and stays so.")
    if record.name and record.name.casefold() != known.name.casefold():
        notes.append(f"On file the client is called {known.name}.")
    return tuple(notes)
