"""Reads a date as people type it in their locale: 14 Mar 1989, 14.3.1989, 3/14/1989, 1989-03-14."""

import re
import unicodedata
from datetime import date

from PySide6.QtCore import QLocale

_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ENGLISH = ["january", "february", "march", "april", "may", "june", "july"]
_ENGLISH += ["august", "september", "october", "november", "december"]
_SHORTEST_MONTH = 3


def read_date(text: str, locale: QLocale, today: date) -> date | None:
    """The day that `text` names, or None. Two-digit years lie in the hundred years before today.

    Where both could be the day, the order of the locale decides; a number over 12 is the day.
    """
    pieces = _PIECES.findall(text)
    named = [piece for piece in pieces if not piece.isdigit()]
    numbers = [piece for piece in pieces if piece.isdigit()]
    months = [month for word in named if (month := _month(word, locale))]
    if len(months) == 1 and len(numbers) == 2:
        year_first = len(numbers[0]) == 4
        year, day = numbers if year_first else reversed(numbers)
        return _day(year, months[0], int(day.lstrip("0") or 0), today)
    if named and not _only_marks(named):
        return None
    if len(numbers) == 1 and len(numbers[0]) == 8:
        packed = numbers[0]
        numbers = [packed[:4], packed[4:6], packed[6:]]
        if not 1900 <= int(numbers[0]) <= today.year:
            return None
    if len(numbers) != 3:
        return None
    if len(numbers[0]) == 4:
        return _day(numbers[0], int(numbers[1]), int(numbers[2]), today)
    first, second = int(numbers[0]), int(numbers[1])
    if locale_is_day_first(locale):
        first, second = second, first
    if first > 12 >= second:
        first, second = second, first
    return _day(numbers[2], first, second, today)


def locale_is_day_first(locale: QLocale) -> bool:
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return pattern.find("d") < pattern.find("M")


def example_date(locale: QLocale) -> str:
    """How a date of birth might be typed here, for the hint."""
    return "14/3/1989" if locale_is_day_first(locale) else "3/14/1989"


def _day(year_text: str, month: int, day: int, today: date) -> date | None:
    if len(year_text) not in (2, 4):
        return None
    year = int(year_text)
    if len(year_text) == 2:
        year += today.year // 100 * 100
        if year > today.year:
            year -= 100
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str, locale: QLocale) -> int | None:
    wanted = _fold(word)
    if len(wanted) < _SHORTEST_MONTH:
        return None
    kinds = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    for number in range(1, 13):
        names = {_ENGLISH[number - 1]}
        for kind in kinds:
            names.add(_fold(locale.monthName(number, kind)))
            names.add(_fold(locale.standaloneMonthName(number, kind)))
        if any(name == wanted or name.startswith(wanted) for name in names):
            return number
    return 9 if wanted == "sept" else None


def _only_marks(words: list[str]) -> bool:
    """Ordinal endings and the year and day signs of East Asian dates stand beside numbers."""
    return all(word.casefold() in {"st", "nd", "rd", "th", "年", "月", "日"} for word in words)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalpha() and not unicodedata.combining(c))
