"""Text as an e-mail may hold it: names without hidden characters, dates as a client reads them."""

import re
import unicodedata
from datetime import datetime, timedelta

# Direction marks, embeddings, overrides and isolates (Unicode UAX 9) can make a name read as
# something else. Joiners (U+200C, U+200D) stay: emoji and Persian names need them.
_DIRECTIONS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_UNWANTED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SOON = timedelta(days=2)


def visible(text: str) -> str:
    """`text` without direction marks; control, private-use and unpaired ones become spaces."""
    return "".join(
        " " if unicodedata.category(character) in _UNWANTED else character
        for character in _DIRECTIONS.sub("", text)
    )


def one_line(text: str) -> str:
    """`text`, visible and on one line."""
    return " ".join(visible(text).split())


def until_text(moment: datetime, now: datetime) -> str:
    """When a link stops, as a client reads it, in this computer's time zone.

    "7 December"; with the year where it is not this one, and with the time where it is so soon
    that the day alone would promise too much.
    """
    local, today = moment.astimezone(), now.astimezone()
    day = f"{local.day} {_MONTHS[local.month - 1]}"
    if local.year != today.year:
        day = f"{day} {local.year}"
    return f"{day}, {local:%H:%M}" if moment - now < _SOON else day
