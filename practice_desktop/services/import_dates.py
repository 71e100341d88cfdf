"""Birth dates as exports write them, and which of day and month comes first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from practice_desktop.services.field_words import is_nothing
from practice_desktop.vocabulary import Word

# The first of 1900 stands for no date in many exports.
EARLIEST = date(1900, 1, 2)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ]+\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}Z?", re.IGNORECASE)
_COMPACT = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([a-z]{{3,9}})[-/., ]*(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"([a-z]{{3,9}})[-/. ]*(\d{{1,2}})(?:st|nd|rd|th)?[-/, ]+(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?")
# Day 0 of Excel's calendar, which counts a 29 February 1900 that never was.
_SERIAL_ZERO = date(1899, 12, 30)


class DateOrder(Word):
    """What 03/04/1985 means."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """Nothing in the column tells whether day or month comes first, so a person must.

    `likely` is what other columns of the file suggest.
    """

    header: str
    samples: tuple[str, ...]
    likely: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What a column says of its own order: values that fit one only, and those that fit both."""

    month_first: int
    day_first: int
    either: tuple[str, ...]

    @property
    def settled(self) -> DateOrder | None:
        """The order, where all values that can tell agree."""
        if self.month_first and not self.day_first:
            return DateOrder.MONTH_FIRST
        if self.day_first and not self.month_first:
            return DateOrder.DAY_FIRST
        return None

    @property
    def open(self) -> bool:
        return bool(self.either) and self.settled is None


def weigh_order(values: Iterable[str], header: str = "") -> OrderEvidence:
    """What `values` and a header such as "DOB (DD/MM/YYYY)" tell of the order.

    Points between the numbers count as day first: nobody writes 3.5.1962 the other way round.
    """
    folded = re.sub(r"[^a-z]", "", header.casefold())
    month_first = int("mmddyy" in folded)
    day_first = int("ddmmyy" in folded)
    either: dict[str, None] = {}
    for value in values:
        if not (found := _NUMBERS.fullmatch(value)):
            continue
        one, separator, two, _year = found.groups()
        first, second = int(one), int(two)
        if first > 12 >= second:
            day_first += 1
        elif second > 12 >= first:
            month_first += 1
        elif separator == ".":
            day_first += 1
        elif first != second and first <= 12:
            either[value] = None
    return OrderEvidence(month_first, day_first, tuple(either))


def parse_birth_date(text: str, order: DateOrder | None, today: date) -> date | None:
    """The date, or None where it is none, is not certain, or cannot be a living person's.

    Two digits of a year mean the latest that is not to come. `order` None leaves 03/04/1985 open.
    """
    value = _WEEKDAY.sub("", text.strip())
    if not value or is_nothing(value):
        return None
    found = _read(value, order, today)
    if found is None or found > today or found < EARLIEST:
        return None
    return found


def _read(value: str, order: DateOrder | None, today: date) -> date | None:
    if match := _YEAR_FIRST.fullmatch(value):
        return _date(match[1], match[3], match[4], today)
    if match := _NUMBERS.fullmatch(value):
        return _ordered(match[1], match[3], match[4], match[2], order, today)
    if match := _COMPACT.fullmatch(value):
        return _date(match[1], match[2], match[3], today)
    if match := _SERIAL.fullmatch(value):
        number = int(match[1])
        a_year = EARLIEST.year <= number <= today.year
        return None if a_year and "." not in value else _SERIAL_ZERO + timedelta(days=number)
    if match := _MONTH_DAY.fullmatch(value):
        return _date(match[3], _month(match[1]), match[2], today)
    if match := _DAY_MONTH.fullmatch(value):
        return _date(match[3], _month(match[2]), match[1], today)
    return None


def _ordered(
    first: str, second: str, year: str, separator: str, order: DateOrder | None, today: date
) -> date | None:
    """What can be read one way only is read that way; otherwise `order` decides."""
    month_first, day_first = int(first) <= 12, int(second) <= 12
    if month_first and day_first and first != second:
        if separator == "." and order is None:
            order = DateOrder.DAY_FIRST
        if order is None:
            return None
        day_first = order is DateOrder.DAY_FIRST
    if day_first:
        return _date(year, second, first, today)
    return _date(year, first, second, today)


def _month(word: str) -> str:
    folded = word.casefold()[:3]
    return str(_MONTHS.index(folded) + 1) if folded in _MONTHS else "0"


def _date(year: str, month: str, day: str, today: date) -> date | None:
    try:
        if len(year) > 2:
            return date(int(year), int(month), int(day))
        recent = date(today.year // 100 * 100 + int(year), int(month), int(day))
    except ValueError:
        return None
    try:
        return recent if recent <= today else recent.replace(year=recent.year - 100)
    except ValueError:
        return None
