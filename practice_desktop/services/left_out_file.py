"""The rows that an import left out, as a CSV file to mend and import again."""

import csv
from pathlib import Path

from practice_desktop.errors import Problem
from practice_desktop.services.column_target import REASON_HEADER
from practice_desktop.services.import_plan import ImportPlan, Verdict

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_left_out(plan: ImportPlan, path: Path) -> None:
    """Raises Problem. Written with a byte order mark, without which Excel misreads accents."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(map(harmless, (REASON_HEADER, *plan.table.headers)))
            for row, cells in zip(plan.rows, plan.table.rows, strict=True):
                if row.verdict is Verdict.LEFT_OUT:
                    writer.writerow(map(harmless, (row.sentence, *cells)))
    except OSError as error:
        raise Problem(
            "The file could not be saved there. The import itself is done and kept. "
            "Choose another folder, or close the file in other programs.",
            details=error.strerror or "",
        ) from error


def harmless(cell: str) -> str:
    """The cell so that no spreadsheet program takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
