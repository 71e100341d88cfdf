"""Import of clients from CSV, XLSX and vCard: read, map, preview, then one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from practice_desktop.errors import StaleEdit
from practice_desktop.models.database import Database
from practice_desktop.services.address_check import AddressCheck
from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.clock import Clock
from practice_desktop.services.column_mapping import Column, suggest_columns
from practice_desktop.services.column_target import Target
from practice_desktop.services.history import History
from practice_desktop.services.import_dates import (
    DateOrder,
    DateQuestion,
    OrderEvidence,
    weigh_order,
)
from practice_desktop.services.import_file import read_client_file
from practice_desktop.services.import_plan import ImportPlan
from practice_desktop.services.import_planner import ImportPlanner, clients_state
from practice_desktop.services.import_watch import UNWATCHED, Watch
from practice_desktop.services.import_writer import ImportWriter
from practice_desktop.services.left_out_file import write_left_out
from practice_desktop.services.record_reader import RecordReader

_DATE_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did; ids in the order of the file."""

    added_ids: tuple[int, ...]
    updated_ids: tuple[int, ...]
    unchanged: int
    left_out: int


class ClientImport:
    """`read`, `plan`, `apply`, each of which may take seconds and belongs on a task thread.

    Without columns and date order, `plan` takes what the headers and the column suggest: that is
    the whole import of the command line, and a dry run is everything but `apply`.
    """

    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def read(self, path: Path, watch: Watch = UNWATCHED) -> ClientTable:
        """Read CSV, XLSX or vCard, judged by content.

        Raises UnreadableFile with a sentence; ImportCancelled.
        """
        return read_client_file(path, watch)

    def columns(self, table: ClientTable) -> tuple[Column, ...]:
        """The table's columns with suggested targets and sample values, in order."""
        return suggest_columns(table)

    def date_question(self, table: ClientTable, columns: Sequence[Column]) -> DateQuestion | None:
        """What to ask before `plan`, where birth dates do not tell day from month."""
        born = _birth_column(columns)
        return _question(table, born, _evidence(table, born)) if born is not None else None

    def plan(
        self,
        table: ClientTable,
        columns: Sequence[Column] | None = None,
        date_order: DateOrder | None = None,
        watch: Watch = UNWATCHED,
    ) -> ImportPlan:
        """Check every row against the others and the clients on file. Writes nothing.

        Raises ImportCancelled.
        """
        columns = self.columns(table) if columns is None else columns
        question = None
        if date_order is None and (born := _birth_column(columns)) is not None:
            evidence = _evidence(table, born)
            question = _question(table, born, evidence)
            date_order = evidence.settled
        reader = RecordReader(columns, date_order, self._clock().date(), AddressCheck())
        with self._database.read() as session:
            return ImportPlanner(session, table, reader).plan(question, watch)

    def apply(self, plan: ImportPlan, watch: Watch = UNWATCHED) -> ImportOutcome:
        """Write what was planned, in one transaction.

        Raises ImportCancelled; StaleEdit where clients were changed since the plan was made. In
        both cases nothing was changed.
        """
        updated = tuple(update.client_id for update in plan.updates)
        if not plan.additions and not updated:
            return ImportOutcome((), (), plan.unchanged, plan.left_out)
        with self._database.write() as session:
            if clients_state(session) != plan.state:
                raise StaleEdit(
                    "Clients were changed after this preview was made. Nothing was imported. "
                    "Look at the new preview, then import again."
                )
            writer = ImportWriter(session, plan, self._clock(), self._history.working_as)
            added = writer.write(watch)
        return ImportOutcome(added, updated, plan.unchanged, plan.left_out)

    def save_left_out(self, plan: ImportPlan, path: Path) -> None:
        """Write the rows that are left out as CSV, the reason in the first column.

        Raises Problem where the file cannot be written.
        """
        write_left_out(plan, path)


def _birth_column(columns: Sequence[Column]) -> int | None:
    found = (i for i, column in enumerate(columns) if column.target is Target.DATE_OF_BIRTH)
    return next(found, None)


def _evidence(table: ClientTable, column: int) -> OrderEvidence:
    return weigh_order({row[column]: None for row in table.rows}, table.headers[column])


def _question(table: ClientTable, born: int, evidence: OrderEvidence) -> DateQuestion | None:
    if not evidence.open:
        return None
    samples = evidence.either[:_DATE_SAMPLES]
    return DateQuestion(table.headers[born], samples, _order_elsewhere(table, born))


def _order_elsewhere(table: ClientTable, asked: int) -> DateOrder | None:
    """What all other columns of dates agree on; one file is written by one program."""
    settled = {
        order
        for i in range(len(table.headers))
        if i != asked and (order := _evidence(table, i).settled) is not None
    }
    return settled.pop() if len(settled) == 1 else None
