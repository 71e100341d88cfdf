"""Text with a delimiter as rows of cells: which delimiter, and where each row began."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from practice_desktop.services.client_table import CellRow, UnreadableFile
from practice_desktop.services.column_aliases import recognised

DELIMITERS = ",;\t|"
_DECLARED = re.compile(r'^"?sep=(.)"?[ ,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 60
# A cell may hold a long note; the module's own limit of 128 KB would refuse the whole file.
_LONGEST_CELL = 64 * 1024 * 1024


def read_delimited(text: str) -> Iterator[CellRow]:
    """Rows as they are needed, with the line each begins on.

    Raises UnreadableFile where a quotation mark is never closed, because all that follows it would
    be taken for one cell.
    """
    csv.field_size_limit(_LONGEST_CELL)
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else find_delimiter(text)
    source = io.StringIO(text[declared.end() :] if declared else text, newline="")
    reader = csv.reader(source, delimiter=delimiter)
    first = 2 if declared else 1
    before = consumed = 0
    last: list[str] = []
    try:
        for last in reader:
            yield first + consumed, last
            before, consumed = consumed, reader.line_num
    except csv.Error as error:
        raise UnreadableFile(
            f"The file cannot be read as a list beyond line {first + consumed}. "
            "Nothing was imported. Open it in a spreadsheet program and save it as CSV or XLSX.",
            details=str(error),
        ) from error
    if last and consumed - before > 1 and _is_open(source.getvalue(), before, delimiter):
        raise UnreadableFile(
            f"A quotation mark in the row that begins on line {first + before} is never closed. "
            "Nothing was imported. Close or remove it and import the file again."
        )


def find_delimiter(text: str) -> str:
    """The delimiter under which most headers are known, else most rows are equally long."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample

    def worth(delimiter: str) -> tuple[int, float, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            rows = [row for row in islice(reader, _SAMPLE_ROWS) if any(row)]
        except csv.Error:
            return 0, 0.0, 0
        lengths = Counter(len(row) for row in rows if len(row) > 1)
        if not lengths:
            return 0, 0.0, 0
        length, rows_of_it = max(lengths.items(), key=lambda found: (found[1], found[0]))
        return max(recognised(row) for row in rows[:25]), rows_of_it / len(rows), length

    return max(DELIMITERS, key=worth)


def _is_open(text: str, line: int, delimiter: str) -> bool:
    """Whether the row that begins after `line` lines ends inside quotation marks."""
    rest = islice(io.StringIO(text, newline=""), line, None)
    try:
        for _row in csv.reader(rest, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
