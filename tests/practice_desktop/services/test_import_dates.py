from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.import_dates import (
    EARLIEST,
    DateOrder,
    parse_birth_date,
    weigh_order,
)

TODAY = date(2026, 11, 23)
MONTH, DAY = DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST
FIFTH_OF_MARCH = date(1962, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "1962-03-05",
        "1962/3/5",
        "1962-03-05T00:00:00Z",
        "1962-03-05 00:00:00.000",
        "19620305",
        "Mar 5, 1962",
        "March 5 1962",
        "5 March 1962",
        "05-Mar-62",
        "5th Mar. 1962",
        "Monday, March 5, 1962",
        "5.3.1962",
        "22710",
        "22710.0",
    ],
)
def test_dates_that_say_which_is_which_need_no_order(text: str) -> None:
    assert parse_birth_date(text, None, TODAY) == FIFTH_OF_MARCH


@pytest.mark.parametrize("text", ["3/5/1962", "03-05-1962", "3/5/62", "3/5/1962 12:00:00 AM"])
def test_month_or_day_first_is_as_asked(text: str) -> None:
    assert parse_birth_date(text, MONTH, TODAY) == FIFTH_OF_MARCH
    assert parse_birth_date(text, DAY, TODAY) == date(1962, 5, 3)
    assert parse_birth_date(text, None, TODAY) is None


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("13/5/90", date(1990, 5, 13)),
        ("5/13/90", date(1990, 5, 13)),
        ("4/4/90", date(1990, 4, 4)),
        ("11/23/26", TODAY),
        ("11/24/26", date(1926, 11, 24)),
        ("1/15/05", date(2005, 1, 15)),
    ],
)
def test_two_digits_of_a_year_lie_in_the_past(text: str, born: date) -> None:
    assert parse_birth_date(text, None, TODAY) == born


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "NULL", "0/0/00", "00/00/0000", "1962", "1985", "32/1/1990", "13/13/1990"),
        *("1/1/1900", "1850-01-01", "2027-01-01", "99999", "Ann", "2/30/1990", "--03-05", "3/5"),
    ],
)
def test_what_is_no_certain_birth_date_is_none(text: str) -> None:
    assert parse_birth_date(text, MONTH, TODAY) is None


@given(st.dates(EARLIEST, TODAY), st.sampled_from(DateOrder))
def test_a_date_comes_back_in_every_spelling(born: date, order: DateOrder) -> None:
    numbers = born.strftime("%m/%d/%Y" if order is MONTH else "%d/%m/%Y")
    for text in (
        *(numbers, born.isoformat(), born.strftime("%Y%m%d"), born.strftime("%d %B %Y")),
        *(f"{born.isoformat()}T05:00:00.000Z", f"{born:%d.%m.%Y}"),
    ):
        known = DAY if "." in text and "T" not in text else order
        assert parse_birth_date(text, known, TODAY) == born


@given(st.dates(date(1927, 6, 1), TODAY))
def test_a_serial_of_excel_is_the_day_it_counts(born: date) -> None:
    serial = (born - date(1899, 12, 30)).days
    assert parse_birth_date(str(serial), None, TODAY) == born


@given(st.text(max_size=20), st.sampled_from([None, *DateOrder]))
def test_no_text_breaks_it(text: str, order: DateOrder | None) -> None:
    found = parse_birth_date(text, order, TODAY)
    assert found is None or EARLIEST <= found <= TODAY


@pytest.mark.parametrize(
    ("values", "header", "settled", "open_"),
    [
        (["3/4/1985", "12/25/1990"], "", MONTH, False),
        (["3/4/1985", "25/12/1990"], "", DAY, False),
        (["3/4/1985", "5/6/90"], "", None, True),
        (["3/4/1985", "25/12/90", "12/25/90"], "", None, True),
        (["3.4.1985"], "", DAY, False),
        (["3/4/1985"], "DOB (DD/MM/YYYY)", DAY, False),
        (["3/4/1985"], "dob_mmddyyyy", MONTH, False),
        (["4/4/1985", "1990-01-01", ""], "", None, False),
    ],
)
def test_the_whole_column_settles_the_order(
    values: list[str], header: str, settled: DateOrder | None, open_: bool
) -> None:
    evidence = weigh_order(values, header)
    assert (evidence.settled, evidence.open) == (settled, open_)
