"""A client as one row of a file says, field by field."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from practice_desktop.errors import InvalidInput
from practice_desktop.services.address_check import AddressCheck
from practice_desktop.services.client_names import ClientName, read_name, split_name
from practice_desktop.services.column_mapping import Column
from practice_desktop.services.column_target import Target
from practice_desktop.services.field_words import (
    client_type_of,
    is_no_name,
    is_nothing,
    time_zone_of,
    yes_or_no,
)
from practice_desktop.services.import_dates import DateOrder, parse_birth_date
from practice_desktop.vocabulary import ClientType, Word

_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_OUR_APOSTROPHE = re.compile(r"^'(?=[=+\-@\t\r])")
_SEVERAL = re.compile(r"\s*(?::::|[;,/|\n]|\bor\b)\s*")
_BETWEEN_ADDRESSES = re.compile(r"[\s;,/|:]+")
_IN_BRACKETS = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_PHONE_DIGITS = 7
# What the Details tab takes at most; longer values would never be saved there again.
LONGEST_TEXT = 500
_TOTAL = re.compile(r"^(?:grand |sub)?totals?\b(?!\w)[\s:]*[\d.,$]*$", re.IGNORECASE)
_FOUR_DIGIT_ZIP_STATES = frozenset(("CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"))

_NAMES = frozenset((Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.PREFERRED_NAME))
_WIDE_NAME = frozenset((Target.FIRST_NAME, Target.LAST_NAME))


# Fields of a client in the order of the preview, each with what people call it.
_FIELDS_AND_TARGETS = {
    "first_name": Target.FIRST_NAME,
    "last_name": Target.LAST_NAME,
    "preferred_name": Target.PREFERRED_NAME,
    "pronouns": Target.PRONOUNS,
    "date_of_birth": Target.DATE_OF_BIRTH,
    "client_type": Target.CLIENT_TYPE,
    "email": Target.EMAIL,
    "phone": Target.PHONE,
    "address": Target.ADDRESS,
    "time_zone": Target.TIME_ZONE,
    "may_email": Target.MAY_EMAIL,
    "external_id": Target.EXTERNAL_ID,
}
FIELDS = [(field, target.word) for field, target in _FIELDS_AND_TARGETS.items()]


_LIMITED = [
    (field, label)
    for field, label in FIELDS
    if field in ("preferred_name", "pronouns", "phone", "address", "external_id")
]


@dataclass(slots=True)
class ClientRecord:
    """What a row says of a client; an empty field says nothing.

    `extra_details` are further values that Imported details keep, beside the columns that go there
    whole. `address_problem` is why the first e-mail address cannot exist.
    """

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    date_of_birth: date | None = None
    client_type: ClientType | None = None
    email: str = ""
    email_key: str = ""
    phone: str = ""
    address: str = ""
    time_zone: str = ""
    may_email: bool | None = None
    external_id: str = ""
    extra_details: tuple[tuple[str, str], ...] = ()
    address_problem: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def described(self) -> list[tuple[str, str]]:
        """The fields that say something, as people name them."""
        return [
            (label, field_text(value))
            for field, label in FIELDS
            if (value := getattr(self, field)) not in (None, "")
        ]


class RecordReader:
    """Reads rows after one mapping; made once a file, because it remembers dates and domains."""

    def __init__(
        self,
        columns: Sequence[Column],
        order: DateOrder | None,
        today: date,
        check: AddressCheck,
    ) -> None:
        self._headers = [column.header for column in columns]
        by_rank = sorted(range(len(columns)), key=lambda i: columns[i].rank)
        self._order, self._today, self._check = order, today, check
        self._dates: dict[str, date | None] = {}
        at: dict[Target, list[int]] = {target: [] for target in Target}
        for i, column in enumerate(columns):
            at[column.target].append(i)
        for target in (Target.EMAIL, Target.PHONE):
            at[target] = [i for i in by_rank if columns[i].target is target]
        self._at = at
        self.details = [(i, self._headers[i]) for i in at[Target.DETAIL]]

    def read(self, row: tuple[str, ...]) -> ClientRecord:
        record = ClientRecord()
        extra: list[tuple[str, str]] = []
        notes: list[str] = []
        self._read_name(row, record, extra)
        record.pronouns = self._one(row, Target.PRONOUNS, extra)
        record.external_id = self._one(row, Target.EXTERNAL_ID, extra)
        self._read_email(row, record, extra)
        self._read_phone(row, record, extra)
        record.address = self._read_address(row, extra)
        self._read_birth_date(row, record, extra, notes)
        self._read_words(row, record, extra)
        for field, label in _LIMITED:
            if len(value := getattr(record, field)) > LONGEST_TEXT:
                extra.append((label, value))
                setattr(record, field, "")
        if extra:
            record.extra_details = _under_different_names(extra)
        if notes:
            record.notes = tuple(notes)
        return record

    def detail_values(self, row: tuple[str, ...]) -> list[tuple[str, str]]:
        """Header and value of each column that is kept as it came."""
        return [
            (header, _plain(row[i]))
            for i, header in self.details
            if row[i] and not is_nothing(row[i])
        ]

    def _values(self, row: tuple[str, ...], target: Target) -> list[tuple[int, str]]:
        nothing = is_no_name if target in _NAMES else is_nothing
        return [(i, _plain(row[i])) for i in self._at[target] if row[i] and not nothing(row[i])]

    def _named(self, column: int, values: list[str]) -> list[tuple[str, str]]:
        """Values of one cell under the column's header; the first is what the header means."""
        header = self._headers[column]
        return [(f"{header} (more)" if n else header, value) for n, value in enumerate(values)]

    def _one(self, row: tuple[str, ...], target: Target, extra: list[tuple[str, str]]) -> str:
        """The first value there is; further ones are kept as details."""
        if not self._at[target]:
            return ""
        values = self._values(row, target)
        for i, value in values[1:]:
            extra.append((self._headers[i], value))
        return values[0][1] if values else ""

    def _read_name(
        self, row: tuple[str, ...], record: ClientRecord, extra: list[tuple[str, str]]
    ) -> None:
        first = " ".join([value for _i, value in self._values(row, Target.FIRST_NAME)])
        last = " ".join([value for _i, value in self._values(row, Target.LAST_NAME)])
        name = read_name(first, last) if first or last else ClientName("", "")
        if not (name.first and name.last) and self._at[Target.FULL_NAME]:
            full = self._one(row, Target.FULL_NAME, extra)
            record.total = _TOTAL.match(full) is not None
            whole = split_name(full)
            if (whole.first and whole.last) or not (name.first or name.last):
                name = whole
        else:
            record.total = _TOTAL.match(first or last) is not None
        preferred = self._one(row, Target.PREFERRED_NAME, extra)
        record.first_name, record.last_name = name.first, name.last
        record.preferred_name = preferred or name.preferred
        if name.couple:
            record.client_type = ClientType.COUPLE

    def _read_email(
        self, row: tuple[str, ...], record: ClientRecord, extra: list[tuple[str, str]]
    ) -> None:
        """The first address that can exist; where none can, the first with what is wrong."""
        found: list[tuple[str, str]] = []
        for i, value in self._values(row, Target.EMAIL):
            found += self._named(i, split_addresses(value))
        kept = None
        for n, (_header, address) in enumerate(found):
            try:
                record.email, record.email_key = self._check(address)
            except InvalidInput as error:
                record.address_problem = record.address_problem or str(error)
            else:
                kept = n
                record.address_problem = ""
                break
        if kept is None and found:
            record.email = found[0][1]
        seen = {record.email_key}
        for n, (header, address) in enumerate(found):
            if n != kept and kept is not None and address.casefold() not in seen:
                seen.add(address.casefold())
                extra.append((header, address))

    def _read_phone(
        self, row: tuple[str, ...], record: ClientRecord, extra: list[tuple[str, str]]
    ) -> None:
        found: list[tuple[str, str]] = []
        for i, value in self._values(row, Target.PHONE):
            found += self._named(i, split_phones(value))
        if found:
            record.phone = found[0][1]
            for header, number in found[1:]:
                if number != record.phone:
                    extra.append((header, number))

    def _read_address(self, row: tuple[str, ...], extra: list[tuple[str, str]]) -> str:
        street = ", ".join([_one_line(value) for _i, value in self._values(row, Target.STREET)])
        city = self._one(row, Target.CITY, extra)
        state = self._one(row, Target.STATE, extra)
        code = mend_zip(self._one(row, Target.ZIP, extra), state)
        country = self._one(row, Target.COUNTRY, extra)
        whole = self._one(row, Target.ADDRESS, extra)
        if not (street or city or code) and whole:
            return _one_line(whole)
        if not (street or city or code):
            return state if not country else f"{state}, {country}".strip(", ")
        place = " ".join([part for part in (city, state, code) if part])
        return ", ".join([part for part in (street, place, country) if part])

    def _read_birth_date(
        self,
        row: tuple[str, ...],
        record: ClientRecord,
        extra: list[tuple[str, str]],
        notes: list[str],
    ) -> None:
        for i, value in self._values(row, Target.DATE_OF_BIRTH):
            try:
                found = self._dates[value]
            except KeyError:
                found = self._dates[value] = parse_birth_date(value, self._order, self._today)
            if found is not None and record.date_of_birth is None:
                record.date_of_birth = found
            elif found is None:
                extra.append((self._headers[i], value))
                notes.append(
                    f"“{value}” is not a certain birth date and is kept under Imported details."
                )

    def _read_words(
        self, row: tuple[str, ...], record: ClientRecord, extra: list[tuple[str, str]]
    ) -> None:
        """Fields with a set of values; other words are kept as details."""

        def take(target: Target, put: Callable[[str], bool]) -> None:
            for i, value in self._values(row, target):
                if not put(value):
                    extra.append((self._headers[i], value))

        def put_type(value: str) -> bool:
            known = client_type_of(value)
            record.client_type = known or record.client_type
            return known is not None

        def put_zone(value: str) -> bool:
            zone = time_zone_of(value)
            record.time_zone = record.time_zone or zone or ""
            return zone is not None

        def put_may_email(value: str) -> bool:
            record.may_email = yes_or_no(value)
            return record.may_email is not None

        if self._at[Target.CLIENT_TYPE]:
            take(Target.CLIENT_TYPE, put_type)
        if self._at[Target.TIME_ZONE]:
            take(Target.TIME_ZONE, put_zone)
        if self._at[Target.MAY_EMAIL]:
            take(Target.MAY_EMAIL, put_may_email)


def field_text(value: object) -> str:
    """A field as the preview and the history write it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Word():
            return value.word
        case _:
            return str(value)


def split_addresses(value: str) -> list[str]:
    """The addresses in a cell, out of "Ann <ann@example.org>" and lists of any kind.

    What holds no address at all stays whole, so that it is told as it stands.
    """
    if bracketed := _IN_BRACKETS.findall(value):
        return list(bracketed)
    value = value.removeprefix("mailto:")
    if value.count("@") < 2:
        return [value]
    pieces = [piece for piece in _BETWEEN_ADDRESSES.split(value) if "@" in piece]
    return [piece.removeprefix("mailto:") for piece in pieces]


def split_phones(value: str) -> list[str]:
    """The numbers in a cell; split only where every part can be a number of its own."""
    parts = [part for part in _SEVERAL.split(value) if part]
    if len(parts) > 1 and all(_digits(part) >= _PHONE_DIGITS for part in parts):
        return parts
    return [" ".join(value.split())]


def mend_zip(code: str, state: str) -> str:
    """A ZIP code with what spreadsheets took from it: the leading zero, the dash, the rest."""
    code = code.strip(" -")
    if not code.isdigit():
        return code
    if set(code) == {"0"}:
        return ""
    if len(code) == 9:
        return f"{code[:5]}-{code[5:]}"
    if len(code) in (3, 4) and state.upper() in _FOUR_DIGIT_ZIP_STATES:
        return code.zfill(5)
    return code


def _plain(value: str) -> str:
    """A cell without what protects it in a spreadsheet: ="00123", or our own apostrophe."""
    if value[0] == "=" and (match := _FORMULA_TEXT.match(value)):
        return match[1].strip()
    if value[0] == "'":
        return _OUR_APOSTROPHE.sub("", value)
    return value


def _one_line(value: str) -> str:
    if "\n" not in value and "\r" not in value:
        return value
    return ", ".join([line.strip(" ,") for line in value.splitlines() if line.strip(" ,")])


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _under_different_names(details: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each value under a header of its own: Email (more), Email (more) 2."""
    named: dict[str, str] = {}
    for header, value in details:
        name, number = header, 1
        while name in named:
            number += 1
            name = f"{header} {number}"
        named[name] = value
    return tuple(named.items())
