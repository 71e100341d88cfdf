"""Names without hidden characters, and dates as a client reads them."""

import time
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.mail_text import one_line, until_text, visible


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jonas\r\nBcc: x@y.example", "Jonas Bcc: x@y.example"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066Jo\u2069nas\u200f", "Jonas"),
        ("\ue000until\ue001", "until"),
        ("Jo\x00n\x1bas\u2028x", "Jo n as x"),
        ("  Anna   Maria ", "Anna Maria"),
        ("👩‍👩‍👧 Ana", "👩‍👩‍👧 Ana"),
        ("می‌خواهم", "می‌خواهم"),
        ('d\'Ünal "Bo" <b>&amp;', 'd\'Ünal "Bo" <b>&amp;'),
        ("\ud800x", "x"),
    ],
)
def test_a_name_keeps_what_can_be_seen(name: str, expected: str) -> None:
    assert one_line(name) == expected


@given(st.text(st.characters()))
def test_no_text_keeps_a_line_end_or_a_character_that_cannot_be_written(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert one_line(line) == line
    line.encode()
    visible(text).encode()


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process cannot be set here")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 12, 7, 14, 0, tzinfo=UTC), "7 December"),
        (datetime(2026, 12, 8, 3, 0, tzinfo=UTC), "7 December"),
        (datetime(2027, 1, 1, 4, 59, tzinfo=UTC), "31 December"),
        (datetime(2027, 1, 1, 5, 0, tzinfo=UTC), "1 January 2027"),
        (datetime(2026, 11, 24, 14, 0, tzinfo=UTC), "24 November, 09:00"),
    ],
)
def test_a_date_is_local_with_the_year_or_the_time_where_it_matters(
    moment: datetime, expected: str
) -> None:
    assert until_text(moment, NOW) == expected
