"""What people name on the command line: clients, forms, packets, features."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from practice_desktop.errors import InvalidInput
from practice_desktop.services.desk import Desk
from practice_desktop.vocabulary import Feature

_Chosen = TypeVar("_Chosen")


def find_clients(desk: Desk, references: Iterable[str]) -> list[int]:
    """The clients by id or e-mail address, each once. Raises NotFound before anything is done."""
    return list(dict.fromkeys(desk.clients.find(reference) for reference in references))


def choose(kind: str, name: str, known: Mapping[str, _Chosen]) -> _Chosen:
    """The entry of `known` by that name, whatever its case. Raises InvalidInput with a near one."""
    folded = {title.casefold(): chosen for title, chosen in known.items()}
    if (found := folded.get(name.strip().casefold())) is not None:
        return found
    by_case = {title.casefold(): title for title in known}
    close = difflib.get_close_matches(name.casefold(), by_case, n=1)
    hint = f" Did you mean {by_case[close[0]]}?" if close else ""
    raise InvalidInput(kind, f"There is no {kind} called {name}. Nothing was changed.{hint}")


def choose_forms(desk: Desk, packet: str | None, titles: Sequence[str]) -> tuple[int, ...]:
    """Ids of a packet's forms, then of the single ones, each once."""
    chosen: list[int] = []
    if packet is not None:
        packets = {row.name: row.form_ids for row in desk.forms.packets()}
        chosen += choose("packet", packet, packets)
    if titles:
        library = {row.title: row.id for row in desk.forms.library()}
        chosen += [choose("form", title, library) for title in titles]
    return tuple(dict.fromkeys(chosen))


def choose_features(desk: Desk, names: Sequence[str]) -> tuple[Feature, ...]:
    """Features by word or stored value; without names the practice's defaults.

    Raises InvalidInput for one that the practice does not offer.
    """
    choices = desk.practice.feature_choices()
    if not names:
        return tuple(choice.feature for choice in choices if choice.ticked and choice.available)
    known = {choice.feature.value: choice for choice in choices}
    known.update((choice.feature.word, choice) for choice in choices)
    chosen = [choose("feature", name, known) for name in names]
    for choice in chosen:
        if not choice.available:
            raise InvalidInput(
                "feature", f"{choice.feature.word} cannot be chosen. {choice.reason}"
            )
    return tuple(dict.fromkeys(choice.feature for choice in chosen))


def split_titles(text: str, known: Iterable[str]) -> list[str]:
    """Titles between commas; a known title may hold commas itself."""
    pieces = text.split(",")
    folded = {title.casefold() for title in known}
    titles: list[str] = []
    while pieces:
        length = next(
            (
                count
                for count in range(len(pieces), 1, -1)
                if ",".join(pieces[:count]).strip().casefold() in folded
            ),
            1,
        )
        titles.append(",".join(pieces[:length]).strip())
        del pieces[:length]
    return [title for title in titles if title]
