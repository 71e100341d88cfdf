"""Birth dates as exports write them, and which of day and month comes first."""

from dataclasses import dataclass

from practice_desktop.vocabulary import Word


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
