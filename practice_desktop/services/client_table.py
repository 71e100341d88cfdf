"""A file of clients as a table of text, whatever it was written by."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from practice_desktop.errors import Problem
from practice_desktop.services.column_aliases import recognised
from practice_desktop.services.import_cells import plain_cell
from practice_desktop.services.import_watch import UNWATCHED, Phase, Watch

# A row as a reader found it, after its number there.
CellRow = tuple[int, list[str]]

_TITLE_ROWS = 25
_STEP = 2000
_LONGEST_HEADER = 120


class UnreadableFile(Problem):
    """The file cannot be read as clients; nothing was changed."""


@dataclass(frozen=True, slots=True)
class ClientTable:
    """Headers, and rows of as many cells, cleaned of blanks that nobody sees.

    `lines` numbers each row as a spreadsheet or an editor shows it, the cards of a vCard file from
    1. `notes` are sentences about the reading that a person should know.
    """

    file_name: str
    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int]
    notes: tuple[str, ...] = ()


def build_table(
    file_name: str, found: Iterable[CellRow], notes: Sequence[str] = (), watch: Watch = UNWATCHED
) -> ClientTable:
    """Find the header below title rows, drop what is blank, and give every row the same length.

    A file without a header gets "Column 1" and so on. Raises UnreadableFile where there is no row;
    ImportCancelled.
    """
    kept: list[tuple[str, ...]] = []
    lines: list[int] = []
    cells = iter(found)
    while chunk := list(islice(cells, _STEP)):
        for line, row in chunk:
            stripped = tuple(map(str.strip, row))
            if any(stripped):
                kept.append(stripped)
                lines.append(line)
        watch.step(Phase.READING, len(kept))
    header_at = find_header(kept)
    header = kept[header_at] if header_at is not None else ()
    start = 0 if header_at is None else header_at + 1
    del kept[:start], lines[:start]
    if not kept:
        raise UnreadableFile(
            "There is no client in this file. Nothing was imported. "
            "Check that it is the file you meant."
        )
    width = max(len(header), max(map(len, kept)))
    named = [header[i] if i < len(header) else "" for i in range(width)]
    shown = [i for i in range(width) if named[i] or any(len(row) > i and row[i] for row in kept)]
    rows = _even(kept, width, shown)
    itself = tuple(named[i] for i in shown)
    repeated = {i for i, row in enumerate(rows) if row == itself}
    if repeated:
        rows = [row for i, row in enumerate(rows) if i not in repeated]
        lines = [line for i, line in enumerate(lines) if i not in repeated]
    return ClientTable(file_name, _headers(named, shown), rows, lines, tuple(notes))


def find_header(rows: Sequence[tuple[str, ...]]) -> int | None:
    """The row with the most known headers, else the first long one that holds no values."""
    top = rows[:_TITLE_ROWS]
    known = [recognised(row) for row in top]
    if known and max(known) > 0:
        return known.index(max(known))
    full = Counter(sum(map(bool, row)) for row in top).most_common(1)[0][0] if top else 0
    for i, row in enumerate(top):
        if sum(map(bool, row)) >= full:
            values = any("@" in cell or any(map(str.isdigit, cell)) for cell in row)
            return None if values else i
    return None


def _even(rows: list[tuple[str, ...]], width: int, shown: list[int]) -> list[tuple[str, ...]]:
    whole = len(shown) == width
    blank = ("",) * width
    evened = []
    for row in rows:
        padded = row if len(row) == width else row + blank[len(row) :]
        evened.append(padded if whole else tuple(padded[i] for i in shown))
    return evened


def _headers(named: list[str], shown: list[int]) -> tuple[str, ...]:
    """Headers that differ from each other, so that each names one value of a client."""
    headers: dict[str, None] = {}
    for i in shown:
        plain = " ".join(plain_cell(named[i]).split()) if named[i] else ""
        plain = plain[:_LONGEST_HEADER].strip(" *:") or f"Column {i + 1}"
        header, number = plain, 1
        while header in headers:
            number += 1
            header = f"{plain} ({number})"
        headers[header] = None
    return tuple(headers)
