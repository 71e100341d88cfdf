"""Words that exports write for a kind of client, a yes or no, a time zone, or for nothing."""

import re
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import available_timezones

from practice_desktop.services.import_cells import plain_cell
from practice_desktop.vocabulary import ClientType

_TYPES = {
    **dict.fromkeys(("individual", "adult", "single", "person", "client"), ClientType.INDIVIDUAL),
    **dict.fromkeys(("couple", "couples", "marital", "partners"), ClientType.COUPLE),
    **dict.fromkeys(("family", "families"), ClientType.FAMILY),
    **dict.fromkeys(
        ("minor", "child", "adolescent", "teen", "youth", "children"), ClientType.MINOR
    ),
}
_YES = frozenset(("yes", "y", "true", "1", "ok", "x", "allowed", "opt in", "optin", "opted in"))
_NO = frozenset(("no", "n", "false", "0", "not allowed", "opt out", "optout", "opted out"))
_ZONES = {
    **dict.fromkeys(("eastern", "est", "edt", "et", "eastern time"), "America/New_York"),
    **dict.fromkeys(("central", "cst", "cdt", "ct", "central time"), "America/Chicago"),
    **dict.fromkeys(("mountain", "mst", "mdt", "mt", "mountain time"), "America/Denver"),
    **dict.fromkeys(("pacific", "pst", "pdt", "pt", "pacific time"), "America/Los_Angeles"),
    **dict.fromkeys(("alaska", "akst", "akdt"), "America/Anchorage"),
    **dict.fromkeys(("hawaii", "hst"), "Pacific/Honolulu"),
}
_NOTHING = frozenset(
    spelling
    for word in ("null", "n/a", "#n/a", "na", "none", "nan", "nil", "(null)", "(none)", "undefined")
    for spelling in (word, word.upper(), word.title(), word.capitalize())
) | {"NaN", "<null>", "<NULL>", "#REF!", "#VALUE!", "#NAME?", "0/0/00", "00/00/0000", "0000-00-00"}
# Null, Nan and Na are names of people; only spellings that a program writes stand for nothing.
_NO_NAME = frozenset(("NULL", "(null)", "<null>", "<NULL>", "N/A", "n/a", "#N/A", "NaN", "#REF!"))
_STROKE = frozenset(" -–—_.*")
_ODD_START = _STROKE | {"=", "'"}
_STROKES = re.compile(r"[\s\-–—_.*]+")


def is_nothing(value: str) -> bool:
    """Whether a cell, which is not blank, only says that there is nothing."""
    if value[0] in _STROKE:
        return _STROKES.fullmatch(value) is not None
    return value in _NOTHING


def said(cells: Iterable[str]) -> list[str]:
    """A row's cells as they are meant: blank where they say nothing, freed of what protects them
    in a spreadsheet.
    """
    return [
        cell if cell not in _NOTHING and cell[:1] not in _ODD_START else _said(cell)
        for cell in cells
    ]


def _said(cell: str) -> str:
    return "" if is_nothing(cell) else plain_cell(cell)


def said_name(cell: str) -> str:
    """The same for a cell with a name."""
    if cell in _NO_NAME or cell[:1] in _ODD_START:
        return "" if is_no_name(cell) else plain_cell(cell)
    return cell


def is_no_name(value: str) -> bool:
    """The same for a name."""
    if value[0] in _STROKE:
        return _STROKES.fullmatch(value) is not None
    return value in _NO_NAME


def client_type_of(value: str) -> ClientType | None:
    return _TYPES.get(value.casefold().strip())


def yes_or_no(value: str) -> bool | None:
    folded = value.casefold().strip()
    return True if folded in _YES else False if folded in _NO else None


@lru_cache(maxsize=256)
def time_zone_of(value: str) -> str | None:
    """The IANA name of a zone written as that or in an American way."""
    if zone := _ZONES.get(value.casefold().strip()):
        return zone
    return value if value in available_timezones() else None
