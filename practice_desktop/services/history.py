"""Who did what when: written by every service in its own transaction, read by the History tab."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.database import Database
from practice_desktop.models.history import HistoryEntry
from practice_desktop.services.clock import Clock
from practice_desktop.services.when import date_text
from practice_desktop.vocabulary import Word

PAGE = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a change, as people name it; empty text stands for nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    id: int
    at: datetime
    actor: str
    sentence: str
    changes: tuple[Change, ...]


def field_text(value: object) -> str:
    """A field as history and previews write it; nothing is empty text."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Word():
            return value.word
        case date():
            return date_text(value)
        case _:
            return str(value)


class History:
    """`working_as` is whoever is at the desk; what workers do by themselves has its own name."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.working_as = ""

    def record(
        self,
        session: Session,
        client_id: int | None,
        action: str,
        sentence: str,
        changes: Iterable[Change] = (),
        *,
        actor: str | None = None,
    ) -> None:
        """Add a line to the transaction of `session`. `action` is a stable word for filters."""
        session.add(
            HistoryEntry(
                client_id=client_id,
                at=self._clock(),
                actor=self.working_as if actor is None else actor,
                action=action,
                sentence=sentence,
                changes=[[c.field, c.old, c.new] for c in changes] or None,
            )
        )

    def list(self, client_id: int, *, before_id: int | None = None) -> list[HistoryRow]:
        """One page of a client's history, newest first; `before_id` asks for the next page."""
        query = select(HistoryEntry).where(HistoryEntry.client_id == client_id)
        if before_id is not None:
            query = query.where(HistoryEntry.id < before_id)
        with self._database.read() as session:
            entries = session.scalars(query.order_by(HistoryEntry.id.desc()).limit(PAGE))
            return [
                HistoryRow(
                    entry.id,
                    entry.at,
                    entry.actor,
                    entry.sentence,
                    tuple(Change(*change) for change in entry.changes or ()),
                )
                for entry in entries
            ]
