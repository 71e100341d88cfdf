"""Which column of a file goes into which field of a client."""

import re
from dataclasses import dataclass

from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.column_aliases import Alias, is_sensitive, recognise
from practice_desktop.services.column_target import REASON_HEADER, Target
from practice_desktop.services.field_words import client_type_of

_SAMPLES = 3
_LOOKED_AT = 1000
_SOCIAL_SECURITY = re.compile(r"^\d{3}-\d{2}-\d{4}$")
_SEVERAL = frozenset((Target.EMAIL, Target.PHONE, Target.STREET))
_PLACED = frozenset(
    (Target.ADDRESS, Target.STREET, Target.CITY, Target.STATE, Target.ZIP, Target.COUNTRY)
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: where it goes, and the first few different values in it.

    `sensitive` marks numbers such as social security that are left behind unless asked for. Where
    several columns go into one field, the lowest `rank` that is not blank is taken.
    """

    header: str
    target: Target
    samples: tuple[str, ...] = ()
    sensitive: bool = False
    rank: int = 1


def suggest_columns(table: ClientTable) -> tuple[Column, ...]:
    """Every column of `table` with the target its header names.

    A field that takes one column takes the fullest; of several addresses the fullest one is the
    client's and the others become Imported details.
    """
    looked_at = table.rows[:_LOOKED_AT]
    values = [[row[i] for row in looked_at if row[i]] for i in range(len(table.headers))]
    aliases = [recognise(header) for header in table.headers]
    place = _fullest_place(aliases, values)
    fullest: dict[Target, int] = {}
    for i, alias in enumerate(aliases):
        if alias is not None:
            best = fullest.setdefault(alias.target, i)
            if len(values[i]) > len(values[best]):
                fullest[alias.target] = i
    columns = []
    for i, (header, alias) in enumerate(zip(table.headers, aliases, strict=True)):
        sensitive = is_sensitive(header) or _holds_social_security(values[i])
        target = Target.DETAIL
        if sensitive or header == REASON_HEADER:
            target = Target.NOT_IMPORTED
        elif alias is not None and _fits(alias, i, place, fullest, values[i]):
            target = alias.target
        columns.append(
            Column(
                header,
                target,
                tuple(list(dict.fromkeys(values[i]))[:_SAMPLES]),
                sensitive,
                alias.rank if alias is not None else 1,
            )
        )
    return tuple(columns)


def _fits(
    alias: Alias, column: int, place: str, fullest: dict[Target, int], values: list[str]
) -> bool:
    if alias.target in _PLACED and alias.place != place:
        return False
    if alias.target is Target.CLIENT_TYPE and not all(map(client_type_of, values)):
        return False
    return alias.target in _SEVERAL | _PLACED or fullest[alias.target] == column


def _fullest_place(aliases: list[Alias | None], values: list[list[str]]) -> str:
    """Where most of an address stands; between equals, at home before at work."""
    filled: dict[str, tuple[int, int]] = {}
    for alias, column in zip(aliases, values, strict=True):
        if alias is not None and alias.target in _PLACED:
            count, _rank = filled.get(alias.place, (0, 0))
            filled[alias.place] = count + len(column), -alias.rank
    return max(filled, key=lambda place: filled[place], default="")


def _holds_social_security(values: list[str]) -> bool:
    matching = sum(1 for value in values if _SOCIAL_SECURITY.match(value))
    return matching > 0 and matching >= 0.8 * len(values)
