from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from practice_desktop.views.typed_date import example_date, locale_is_day_first, read_date

TODAY = date(2026, 11, 23)
US, GB, DE = QLocale("en_US"), QLocale("en_GB"), QLocale("de_DE")
BORN = date(1989, 3, 14)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("14 Mar 1989", US),
        ("14 march 1989", US),
        ("March 14, 1989", US),
        ("Mar 14th 1989", US),
        ("14. März 1989", DE),
        ("1989-03-14", US),
        ("1989/3/14", GB),
        ("19890314", US),
        ("3/14/1989", US),
        ("03-14-89", US),
        ("14/3/1989", GB),
        ("14.03.1989", DE),
        ("14.3.89", DE),
        ("14/3/1989", US),
        ("3/14/1989", GB),
        ("1989年3月14日", US),
    ],
)
def test_the_usual_spellings_are_read(text: str, locale: QLocale) -> None:
    assert read_date(text, locale, TODAY) == BORN


def test_the_locale_decides_where_both_could_be_the_day() -> None:
    assert read_date("3/4/1989", US, TODAY) == date(1989, 3, 4)
    assert read_date("3/4/1989", GB, TODAY) == date(1989, 4, 3)


def test_two_digits_of_a_year_lie_in_the_last_hundred_years() -> None:
    assert read_date("1/2/26", US, TODAY) == date(2026, 1, 2)
    assert read_date("1/2/27", US, TODAY) == date(1927, 1, 2)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "14", "3/1989", "31/2/1989", "13/13/1989", "1/2/3", "14 Foo 1989"]
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert read_date(text, US, TODAY) is None


@given(st.dates(min_value=date(1927, 1, 1), max_value=TODAY))
def test_the_example_spelling_of_each_locale_reads_back(day: date) -> None:
    for locale in (US, GB, DE):
        first, second = (
            (day.day, day.month) if locale_is_day_first(locale) else (day.month, day.day)
        )
        assert read_date(f"{first}/{second}/{day.year}", locale, TODAY) == day
        assert read_date(day.isoformat(), locale, TODAY) == day
        assert read_date(example_date(locale), locale, TODAY) == BORN


@given(st.text(max_size=30))
def test_nothing_typed_can_break_it(text: str) -> None:
    found = read_date(text, US, TODAY)
    assert found is None or isinstance(found, date)
