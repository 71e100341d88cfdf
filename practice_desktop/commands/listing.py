"""Lists on a terminal: aligned columns for people, JSON for programs."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

Record = Mapping[str, object]

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def print_list(
    records: Sequence[Record], columns: Sequence[str], *, as_json: bool, empty: str
) -> None:
    """All of each record as JSON, or its `columns` in text with the sentence `empty` for none."""
    if as_json:
        print(json.dumps([dict(record) for record in records], indent=2))
    elif not records:
        print(empty)
    else:
        print_table([[name.replace("_", " ") for name in columns], *_cells(records, columns)])


def print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(line.rstrip())


def print_problem(sentence: str) -> None:
    print(printable(sentence), file=sys.stderr)


def printable(text: str) -> str:
    """Text from outside on one line, without what would command the terminal or reorder it."""
    return _UNPRINTABLE.sub(" ", text).strip()


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at is not None else None


def _cells(records: Iterable[Record], columns: Sequence[str]) -> list[list[str]]:
    return [[_cell(record[name]) for name in columns] for record in records]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return printable(str(value))
