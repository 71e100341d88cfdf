"""vCards 2.1, 3.0 and 4.0 as rows of a table.

Read line by line, because one broken card must not cost the others, and phones still write
quoted-printable 2.1 with soft line breaks. After RFC 2426, RFC 6350 and vCard 2.1 of 1996.
"""

import quopri
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from practice_desktop.services.client_table import CellRow, UnreadableFile
from practice_desktop.services.text_encoding import mend, without_invisible

_BEGIN = re.compile(r"^\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUOTED_PRINTABLE = re.compile(r"^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([\w-]+)", re.IGNORECASE)
_OF_THE_CARD = (
    "BEGIN END VERSION PRODID REV PHOTO LOGO SOUND KEY SORT-STRING KIND XML SOURCE CLIENTPIDMAP "
    "X-ABADR X-ABLABEL X-ABSHOWAS X-ABUID X-IMAGETYPE X-IMAGEHASH X-SHARED-PHOTO-DISPLAY-PREF "
    "X-ADDRESSING-GRAMMAR"
)
_NOT_KEPT = frozenset(_OF_THE_CARD.split())
_NAMES = {
    "BDAY": "Birth date",
    "NICKNAME": "Nickname",
    "UID": "Client ID",
    "TZ": "Time zone",
    "ORG": "Organization",
    "TITLE": "Job title",
    "NOTE": "Notes",
    "URL": "Website",
    "CATEGORIES": "Categories",
    "GENDER": "Gender",
    "PRONOUNS": "Pronouns",
    "ANNIVERSARY": "Anniversary",
    "ROLE": "Role",
}
_NAME_PARTS = ("Last name", "First name", "Middle name", "Name prefix", "Name suffix")
_ADDRESS_PARTS = ("PO box", "Extended address", "Street", "City", "State", "Postal code", "Country")


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: str
    value: str


def is_cards(text: str) -> bool:
    return _BEGIN.search(text[:4096]) is not None


def read_cards(text: str) -> Iterator[CellRow]:
    """A header row, then one row a card. Raises UnreadableFile where no card is whole."""
    cards = [_values(card) for card in _cards(text)]
    if not cards:
        raise UnreadableFile(
            "There is no whole card in this vCard file. Nothing was imported. "
            "Export it again and import that file."
        )
    headers = list(dict.fromkeys(header for card in cards for header in card))
    yield 0, headers
    for number, card in enumerate(cards, 1):
        yield number, [card.get(header, "") for header in headers]


def _cards(text: str) -> Iterator[list[_Property]]:
    card: list[_Property] | None = None
    for line in _unfolded(text):
        key = line.strip().upper()
        if key == "BEGIN:VCARD":
            card = []
        elif key == "END:VCARD":
            if card:
                yield card
            card = None
        elif card is not None and (found := _parse(line)) is not None:
            card.append(found)


def _unfolded(text: str) -> Iterator[str]:
    """Lines with their continuations: begun by a blank, or after a soft break of 2.1."""
    held: str | None = None
    for line in re.split(r"\r\n|\r|\n", text):
        if held is not None and held.endswith("=") and _QUOTED_PRINTABLE.match(held):
            held = held[:-1] + line
        elif held is not None and line[:1] in (" ", "\t"):
            held += line[1:]
        else:
            if held is not None:
                yield held
            held = line
    if held is not None:
        yield held


def _parse(line: str) -> _Property | None:
    head, colon, value = _split_head(line)
    name, _, parameters = head.partition(";")
    name = name.rpartition(".")[2].strip().upper()
    if not colon or not name or name in _NOT_KEPT:
        return None
    parameters = f";{parameters.upper()}" if parameters else ""
    if "BASE64" in parameters or "ENCODING=B" in parameters or value.startswith("data:"):
        return None
    if "QUOTED-PRINTABLE" in parameters:
        charset = _CHARSET.search(parameters)
        value = _unquoted(value, charset[1] if charset else "utf-8")
    return _Property(name, parameters, value)


def _split_head(line: str) -> tuple[str, str, str]:
    """Name and parameters from the value; a colon inside quotation marks belongs to neither."""
    quoted = False
    for i, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[:i], ":", line[i + 1 :]
    return line, "", ""


def _unquoted(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return mend(without_invisible(data.decode(charset)))[0]
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def _values(card: Iterable[_Property]) -> dict[str, str]:
    values: dict[str, str] = {}

    def put(header: str, value: str) -> None:
        """A further value of one kind gets a column of its own."""
        value = value.strip()
        name, number = header, 1
        while value and name in values:
            number += 1
            name = f"{header} {number}"
        if value:
            values[name] = value

    for item in sorted(card, key=_preference):
        match item.name:
            case "N":
                parts = [" ".join(_parts(part, ",")) for part in _split(item.value, ";")]
                for header, part in zip(_NAME_PARTS, parts, strict=False):
                    put(header, part)
            case "FN":
                put("Name", _plain(item.value))
            case "ADR":
                _put_address(item, put)
            case "EMAIL":
                put("Email", _plain(item.value).removeprefix("mailto:"))
            case "TEL":
                kind = "Fax" if "FAX" in item.parameters else "Phone"
                put(kind, _plain(item.value).removeprefix("tel:"))
            case "ORG":
                put("Organization", ", ".join(_parts(item.value, ";")))
            case "BDAY" | "ANNIVERSARY" if item.value.startswith("--"):
                put(f"{_NAMES[item.name]} without year", item.value)
            case name:
                put(_NAMES.get(name, name.removeprefix("X-").capitalize()), _plain(item.value))
    if "Street" in values and (extended := values.pop("Extended address", "")):
        values["Street"] = f"{values['Street']}, {extended}"
    return values


def _put_address(item: _Property, put: Callable[[str, str], None]) -> None:
    parts = [" ".join(_parts(part, ",")) for part in _split(item.value, ";")]
    kind = "Home " if "HOME" in item.parameters else "Work " if "WORK" in item.parameters else ""
    for header, part in zip(_ADDRESS_PARTS, parts, strict=False):
        put(f"{kind}{header}".capitalize() if kind else header, part)


def _preference(item: _Property) -> int:
    """The order within one kind: preferred first, then mobile numbers, work last."""
    if "PREF" in item.parameters:
        return 0
    if "CELL" in item.parameters or "MOBILE" in item.parameters or "IPHONE" in item.parameters:
        return 1
    return 3 if "WORK" in item.parameters else 2


def _split(value: str, separator: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(separator)}", value)


def _parts(value: str, separator: str) -> list[str]:
    return [part for part in (_plain(piece) for piece in _split(value, separator)) if part]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
