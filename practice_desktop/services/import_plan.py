"""What an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from practice_desktop.services.client_record import ClientRecord
from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.history import Change
from practice_desktop.services.import_dates import DateQuestion
from practice_desktop.services.record_reader import RecordReader
from practice_desktop.vocabulary import Word


class Verdict(Word):
    """What becomes of a row. An unchanged one matches a client and brings nothing new."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


class Reason(Word):
    """Why a row is left out."""

    NO_NAME = "no_name"
    INVALID_ADDRESS = "invalid_address"
    ADDRESS_USED = "address_already_used"
    TWICE = "twice_in_the_file"
    SEVERAL_MATCH = "several_clients_match"
    NOT_A_CLIENT = "not_a_client"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of the preview.

    `line` numbers it as the file does. `client_id` is the client it matches. `reason` and
    `sentence` say why it is left out; `notes` what else a person should know. `changes` are old and
    new values of an update; what an addition brings, `ImportPlan.values` tells.
    """

    line: int
    name: str
    email: str
    verdict: Verdict
    client_id: int | None = None
    changes: tuple[Change, ...] = ()
    reason: Reason | None = None
    sentence: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """A client to change: the whole of its columns as they will be, and new imported details."""

    row: int
    client_id: int
    person: dict[str, Any]
    client: dict[str, Any]
    details: tuple[tuple[str, int, str], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All rows of a file with what becomes of them. Nothing is written before `apply`.

    `date_question` is set where day and month could not be told apart and nobody said; such dates
    are then kept under Imported details as they came. `records` stand beside `rows`; `additions`
    are the places of those to add. `state` is what the clients on file were
    when this was planned.
    """

    table: ClientTable
    rows: Sequence[ImportRow]
    date_question: DateQuestion | None
    reader: RecordReader
    records: Sequence[ClientRecord]
    additions: Sequence[int]
    updates: Sequence[Update]
    state: tuple[int, ...]
    counts: Counter[Verdict] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)

    @property
    def added(self) -> int:
        return self.counts[Verdict.ADDED]

    @property
    def updated(self) -> int:
        return self.counts[Verdict.UPDATED]

    @property
    def unchanged(self) -> int:
        return self.counts[Verdict.UNCHANGED]

    @property
    def left_out(self) -> int:
        return self.counts[Verdict.LEFT_OUT]

    def values(self, row: int) -> list[tuple[str, str]]:
        """All that row number `row`, counted from 0, says: fields first, then details."""
        record = self.records[row]
        return [
            *record.described(),
            *record.extra_details,
            *self.reader.detail_values(self.table.rows[row]),
        ]
