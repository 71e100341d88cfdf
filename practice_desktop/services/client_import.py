"""Import of clients from CSV, XLSX and vCard: read, map, preview, then one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from practice_desktop.models.database import Database
from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.clock import Clock
from practice_desktop.services.column_mapping import Column
from practice_desktop.services.history import History
from practice_desktop.services.import_dates import DateOrder, DateQuestion
from practice_desktop.services.import_plan import ImportPlan
from practice_desktop.services.import_watch import UNWATCHED, Watch


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
        raise NotImplementedError

    def columns(self, table: ClientTable) -> tuple[Column, ...]:
        """The table's columns with suggested targets and sample values, in order."""
        raise NotImplementedError

    def date_question(self, table: ClientTable, columns: Sequence[Column]) -> DateQuestion | None:
        """What to ask before `plan`, where birth dates do not tell day from month."""
        raise NotImplementedError

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
        raise NotImplementedError

    def apply(self, plan: ImportPlan, watch: Watch = UNWATCHED) -> ImportOutcome:
        """Write what was planned, in one transaction.

        Raises ImportCancelled; StaleEdit where clients were changed since the plan was made. In
        both cases nothing was changed.
        """
        raise NotImplementedError

    def save_left_out(self, plan: ImportPlan, path: Path) -> None:
        """Write the rows that are left out as CSV, the reason in the first column.

        Raises Problem where the file cannot be written.
        """
        raise NotImplementedError
