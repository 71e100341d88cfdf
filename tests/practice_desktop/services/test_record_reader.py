from datetime import date

import pytest

from practice_desktop.services.address_check import AddressCheck
from practice_desktop.services.client_record import LONGEST_TEXT, ClientRecord
from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.column_mapping import Column, suggest_columns
from practice_desktop.services.column_target import Target
from practice_desktop.services.import_dates import DateOrder
from practice_desktop.services.record_reader import RecordReader
from practice_desktop.vocabulary import ClientType


def reader(headers: str, *rows: str, order: DateOrder | None = None) -> RecordReader:
    cells = [tuple(row.split("|")) for row in rows]
    table = ClientTable("x.csv", tuple(headers.split("|")), cells, list(range(len(cells))))
    return RecordReader(suggest_columns(table), order, date(2026, 11, 23), AddressCheck())


def read(headers: str, row: str, order: DateOrder | None = None) -> ClientRecord:
    return reader(headers, row, order=order).read(tuple(row.split("|")))


def test_a_row_becomes_a_client_field_by_field() -> None:
    record = read(
        "Client ID|First name|Last name|Nickname|Pronouns|DOB|Type|Email|Phone|Address|Address 2|"
        "City|State|Zip|Country|Time zone|OK to email",
        "7|ANN|LEE|Annie|she/her|12/31/1980|Adult|ann@Example.org|555 010 0100|1 Main St|Apt 4|"
        "Salem|MA|1970|USA|Eastern|no",
    )
    assert record == ClientRecord(
        first_name="Ann",
        last_name="Lee",
        preferred_name="Annie",
        pronouns="she/her",
        date_of_birth=date(1980, 12, 31),
        client_type=ClientType.INDIVIDUAL,
        email="ann@example.org",
        email_key="ann@example.org",
        phone="555 010 0100",
        address="1 Main St, Apt 4, Salem MA 01970, USA",
        time_zone="America/New_York",
        may_email=False,
        external_id="7",
    )


@pytest.mark.parametrize(
    ("headers", "row", "field", "value", "details"),
    [
        ("Name|Email", "A B|a@x.org; b@x.org", "email", "a@x.org", {"Email (more)": "b@x.org"}),
        ("Name|Email", "A B|bad@; b@x.org", "email", "b@x.org", {"Email": "bad@"}),
        ("Name|Email|Email 2", "A B|a@x.org|A@x.org", "email", "a@x.org", {}),
        ("Name|Home phone|Cell", "A B|555100|555199", "phone", "555199", {"Home phone": "555100"}),
        ("Name|DOB", "A B|3/4/1985", "date_of_birth", None, {"DOB": "3/4/1985"}),
        ("Name|Time zone", "A B|Mars", "time_zone", "", {"Time zone": "Mars"}),
        ("Name|OK to email", "A B|ask first", "may_email", None, {"OK to email": "ask first"}),
        ("Name|DOB", "A B|0/0/00", "date_of_birth", None, {}),
        ("Name|Phone", "A B|N/A", "phone", "", {}),
        ("Name|Phone", 'A B|="0123456789"', "phone", "0123456789", {}),
        ("Name|Full address|City", "A B|1 Main St, Salem|", "address", "1 Main St, Salem", {}),
        ("Name|First name|Last name", "B, A|Ann|", "first_name", "A", {}),
        ("Name|First name|Last name", "B, A|Ann|Lee", "last_name", "Lee", {}),
    ],
)  # fmt: skip
def test_every_value_ends_in_a_field_or_among_the_details(
    headers: str, row: str, field: str, value: object, details: dict[str, str]
) -> None:
    record = read(headers, row)
    assert getattr(record, field) == value
    assert dict(record.extra_details) == details


def test_a_couple_is_one_client_of_that_type() -> None:
    record = read("First name|Last name", "Ann & Bob|Smith")
    assert (record.name, record.client_type) == ("Ann & Bob Smith", ClientType.COUPLE)


def test_columns_that_fit_nothing_are_kept_as_they_came_unless_blank() -> None:
    reads = reader("Name|Insurance|SSN|Note", "A B|Aetna|123-45-6789|-")
    assert reads.detail_values(("A B", "Aetna", "123-45-6789", "-")) == [("Insurance", "Aetna")]


def test_an_invalid_address_is_told_and_shown_as_it_stands() -> None:
    record = read("Name|Email", "A B|a@b@x")
    assert record.email == "a@b@x"
    assert record.email_key == ""
    assert record.address_problem.startswith("This is not an e-mail address")


def test_an_uncertain_date_is_told() -> None:
    assert read("Name|DOB", "A B|3/4/1985").notes == (
        "“3/4/1985” is not a certain birth date and is kept under Imported details.",
    )
    assert read("Name|DOB", "A B|3/4/1985", DateOrder.DAY_FIRST).notes == ()


@pytest.mark.parametrize("word", ["Total", "TOTALS: 25", "Grand total", "Total: $1,200.00"])
def test_a_line_of_totals_is_noticed(word: str) -> None:
    assert read("Name|Amount", f"{word}|1200").total
    assert not read("Name|Amount", "Totally Ann|1200").total


def test_a_value_too_long_for_its_field_is_kept_as_a_detail() -> None:
    text = "x" * (LONGEST_TEXT + 1)
    record = read("Name|Pronouns", f"A B|{text}")
    assert record.pronouns == ""
    assert record.extra_details == (("Pronouns", text),)


def test_two_columns_can_be_sent_into_one_name() -> None:
    columns = [
        Column("First", Target.FIRST_NAME),
        Column("Middle", Target.FIRST_NAME),
        Column("Last", Target.LAST_NAME),
    ]
    reads = RecordReader(columns, None, date(2026, 11, 23), AddressCheck())
    assert reads.read(("Ann", "Marie", "Lee")).first_name == "Ann Marie"
