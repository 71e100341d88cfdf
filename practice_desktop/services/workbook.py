"""An Excel workbook as rows of text."""

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from practice_desktop.services.client_table import CellRow, UnreadableFile
from practice_desktop.services.column_aliases import recognised
from practice_desktop.services.text_encoding import without_invisible

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

UNPACKED_LIMIT = 500 * 1024 * 1024
_TITLE_ROWS = 25


def read_workbook(path: Path) -> tuple[Iterator[CellRow], list[str]]:
    """Rows of the sheet that looks most like clients, and what a person should know of it.

    Sizes are judged before anything is unpacked. Raises UnreadableFile.
    """
    # Loaded here, because it would cost every start of the program.
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    _check_sizes(path)
    try:
        book = CalamineWorkbook.from_path(path)
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        best = max(names, key=lambda name: _worth(book, name), default=None)
        if best is None:
            raise UnreadableFile("The workbook has no sheet to read. Nothing was imported.")
        sheet = book.get_sheet_by_name(best)
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError) as error:
        raise _damaged(type(error).__name__) from error
    notes = [f"Of {len(names)} sheets, “{best}” was read."] if len(names) > 1 else []
    first = sheet.start[0] + 1 if sheet.start else 1
    return (
        ((first + i, list(map(cell_text, row))) for i, row in enumerate(sheet.iter_rows())),
        notes,
    )


def encrypted() -> UnreadableFile:
    return UnreadableFile(
        "The workbook is protected with a password and cannot be read. Nothing was imported. "
        "Open it in Excel, save a copy without the password, and import that."
    )


def cell_text(value: object) -> str:
    """A cell as a person would read it: 29201 and not 29201.0, dates as 1990-01-31."""
    match value:
        case str():
            return without_invisible(value)
        case bool():
            return "Yes" if value else "No"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case None:
            return ""
        case _:
            return str(value)


def _check_sizes(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(type(error).__name__) from error
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise UnreadableFile(
            "Unpacked, this workbook is larger than 500 MB. Nothing was imported. "
            "Split it into several files and import them one after the other."
        )
    names = {entry.filename for entry in entries}
    if "EncryptedPackage" in names:
        raise encrypted()
    if "xl/workbook.xml" not in names and not any(
        name.startswith("xl/") and name.endswith("workbook.xml") for name in names
    ):
        raise UnreadableFile(
            "This file is neither CSV, XLSX nor vCard. Nothing was imported. "
            "Open it in the program it comes from and save it as CSV or XLSX."
        )


def _damaged(details: str) -> UnreadableFile:
    return UnreadableFile(
        "The workbook is damaged and cannot be read. Nothing was imported. "
        "Open it in Excel, save it again as XLSX, and import that.",
        details=details,
    )


def _worth(book: "CalamineWorkbook", name: str) -> tuple[int, int]:
    if len(book.sheet_names) == 1:
        return 0, 0
    sheet = book.get_sheet_by_name(name)
    top = sheet.to_python(nrows=_TITLE_ROWS)
    return max((recognised([cell_text(cell) for cell in row]) for row in top), default=0), len(top)
