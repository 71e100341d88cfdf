"""Reads rows of a table as clients, after one mapping of its columns."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from practice_desktop.errors import InvalidInput
from practice_desktop.services.address_check import AddressCheck
from practice_desktop.services.client_names import ClientName, read_name, split_name
from practice_desktop.services.client_record import FIELDS, LONGEST_TEXT, ClientRecord
from practice_desktop.services.column_mapping import Column
from practice_desktop.services.column_target import Target
from practice_desktop.services.field_words import (
    client_type_of,
    said,
    said_name,
    time_zone_of,
    yes_or_no,
)
from practice_desktop.services.import_cells import (
    mend_zip,
    one_line,
    split_addresses,
    split_phones,
)
from practice_desktop.services.import_dates import DateOrder, parse_birth_date
from practice_desktop.vocabulary import ClientType

Cells = tuple[str, ...]
Details = list[tuple[str, str]]

_TOTAL = re.compile(r"^(?:grand |sub)?totals?\b(?!\w)[\s:]*[\d.,$]*$", re.IGNORECASE)
_LIMITED = [
    (field, label)
    for field, label in FIELDS
    if field in ("preferred_name", "pronouns", "phone", "address", "external_id")
]


class RecordReader:
    """Made once a file, because it remembers dates and domains.

    Every value of a column that is imported ends in a field or among the details: what is second,
    or cannot be understood, is kept there under its header.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        order: DateOrder | None,
        today: date,
        check: AddressCheck,
    ) -> None:
        self._headers = [column.header for column in columns]
        self._order, self._today, self._check = order, today, check
        self._dates: dict[str, date | None] = {}

        def at(target: Target) -> list[int]:
            return [i for i, column in enumerate(columns) if column.target is target]

        def best_first(target: Target) -> list[int]:
            return sorted(at(target), key=lambda i: columns[i].rank)

        self._first, self._last = at(Target.FIRST_NAME), at(Target.LAST_NAME)
        self._full, self._preferred = at(Target.FULL_NAME), at(Target.PREFERRED_NAME)
        self._pronouns, self._external_id = at(Target.PRONOUNS), at(Target.EXTERNAL_ID)
        self._email, self._phone = best_first(Target.EMAIL), best_first(Target.PHONE)
        self._born = at(Target.DATE_OF_BIRTH)
        self._address, self._street = at(Target.ADDRESS), at(Target.STREET)
        self._city, self._state = at(Target.CITY), at(Target.STATE)
        self._zip, self._country = at(Target.ZIP), at(Target.COUNTRY)
        self._type, self._zone = at(Target.CLIENT_TYPE), at(Target.TIME_ZONE)
        self._may_email = at(Target.MAY_EMAIL)
        self._details = at(Target.DETAIL)
        self._detail_headers = [self._headers[i] for i in self._details]

    def read(self, row: Cells) -> ClientRecord:
        record = ClientRecord()
        extra: Details = []
        cells = said(row)
        self._read_name(row, record, extra)
        record.pronouns = self._one(cells, self._pronouns, extra)
        record.external_id = self._one(cells, self._external_id, extra)
        self._read_email(cells, record, extra)
        self._read_phone(cells, record, extra)
        record.address = self._read_address(cells, extra)
        self._read_birth_date(cells, record, extra)
        if self._type or self._zone or self._may_email:
            self._read_words(cells, record, extra)
        if sum(map(len, row)) > LONGEST_TEXT:
            _move_long_texts(record, extra)
        if extra:
            record.extra_details = _under_different_names(extra)
        return record

    def detail_values(self, row: Cells) -> Details:
        """Header and value of each column that is kept as it came."""
        values = said([row[i] for i in self._details])
        return [named for named in zip(self._detail_headers, values, strict=True) if named[1]]

    def _values(self, cells: list[str], columns: list[int]) -> Details:
        return [(self._headers[i], cells[i]) for i in columns if cells[i]]

    def _names(self, row: Cells, columns: list[int]) -> list[str]:
        return [name for i in columns if (name := said_name(row[i]))]

    def _one(self, cells: list[str], columns: list[int], extra: Details) -> str:
        """The first value there is; further ones are kept as details."""
        if len(columns) == 1:
            return cells[columns[0]]
        values = self._values(cells, columns)
        extra += values[1:]
        return values[0][1] if values else ""

    def _several(
        self, cells: list[str], columns: list[int], split: Callable[[str], list[str]]
    ) -> Details:
        """The values of all `columns`; the first of a cell is what the header means."""
        found: Details = []
        for i in columns:
            if cells[i]:
                header = self._headers[i]
                first, *others = split(cells[i])
                found.append((header, first))
                found += [(f"{header} (more)", other) for other in others]
        return found

    def _read_name(self, row: Cells, record: ClientRecord, extra: Details) -> None:
        first = " ".join(self._names(row, self._first))
        last = " ".join(self._names(row, self._last))
        name = read_name(first, last) if first or last else ClientName("", "")
        if not (name.first and name.last) and self._full:
            full = " ".join(self._names(row, self._full))
            record.total = _TOTAL.match(full) is not None
            whole = split_name(full)
            if (whole.first and whole.last) or not (name.first or name.last):
                name = whole
        elif not (name.first and name.last):
            record.total = _TOTAL.match(first or last) is not None
        preferred = self._names(row, self._preferred) if self._preferred else []
        extra += [(self._headers[self._preferred[0]], more) for more in preferred[1:]]
        record.first_name, record.last_name = name.first, name.last
        record.preferred_name = preferred[0] if preferred else name.preferred
        if name.couple:
            record.client_type = ClientType.COUPLE

    def _read_email(self, cells: list[str], record: ClientRecord, extra: Details) -> None:
        """The first address that can exist; where none can, the first with what is wrong."""
        found = self._several(cells, self._email, split_addresses)
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
        if kept is None:
            record.email = found[0][1] if found else ""
        elif len(found) > 1:
            others = {address.casefold(): (header, address) for header, address in found}
            del others[found[kept][1].casefold()]
            extra += others.values()

    def _read_phone(self, cells: list[str], record: ClientRecord, extra: Details) -> None:
        found = self._several(cells, self._phone, split_phones)
        if found:
            record.phone = found[0][1]
            extra += [named for named in found[1:] if named[1] != record.phone]

    def _read_address(self, cells: list[str], extra: Details) -> str:
        street = ", ".join([one_line(cells[i]) for i in self._street if cells[i]])
        city = self._one(cells, self._city, extra)
        state = self._one(cells, self._state, extra)
        code = self._one(cells, self._zip, extra)
        country = self._one(cells, self._country, extra)
        if not (street or city or code) and self._address:
            return one_line(self._one(cells, self._address, extra))
        if code:
            code = mend_zip(code, state)
        place = " ".join([part for part in (city, state, code) if part])
        return ", ".join([part for part in (street, place, country) if part])

    def _read_birth_date(self, cells: list[str], record: ClientRecord, extra: Details) -> None:
        for header, value in self._values(cells, self._born):
            try:
                found = self._dates[value]
            except KeyError:
                found = self._dates[value] = parse_birth_date(value, self._order, self._today)
            if found is None:
                extra.append((header, value))
                record.notes += (
                    f"“{value}” is not a certain birth date and is kept under Imported details.",
                )
            elif record.date_of_birth is None:
                record.date_of_birth = found

    def _read_words(self, cells: list[str], record: ClientRecord, extra: Details) -> None:
        """Fields with a set of values; other words are kept as details."""
        for header, value in self._values(cells, self._type):
            if (kind := client_type_of(value)) is not None:
                record.client_type = kind
            else:
                extra.append((header, value))
        for header, value in self._values(cells, self._zone):
            if (zone := time_zone_of(value)) is not None:
                record.time_zone = zone
            else:
                extra.append((header, value))
        for header, value in self._values(cells, self._may_email):
            if (may := yes_or_no(value)) is not None:
                record.may_email = may
            else:
                extra.append((header, value))


def _move_long_texts(record: ClientRecord, extra: Details) -> None:
    for field, label in _LIMITED:
        if len(value := getattr(record, field)) > LONGEST_TEXT:
            extra.append((label, value))
            setattr(record, field, "")


def _under_different_names(details: Details) -> tuple[tuple[str, str], ...]:
    """Each value under a header of its own: Email (more), Email (more) 2."""
    named: dict[str, str] = {}
    for header, value in details:
        name, number = header, 1
        while name in named:
            number += 1
            name = f"{header} {number}"
        named[name] = value
    return tuple(named.items())
