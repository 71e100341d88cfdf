import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from practice_desktop.commands.listing import moment, print_list, print_problem, printable

ROWS = [
    {"id": 1, "name": "Ekström", "archived": False, "note": None},
    {"id": 12, "name": "Li", "archived": True, "note": "x"},
]


def test_columns_stand_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    print_list(ROWS, ("id", "name", "archived", "note"), as_json=False, empty="Nobody.")
    assert capsys.readouterr().out.splitlines() == [
        "id  name     archived  note",
        "1   Ekström  no",
        "12  Li       yes       x",
    ]


def test_json_holds_every_field_and_survives_any_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_list(ROWS, ("id",), as_json=True, empty="Nobody.")
    printed = capsys.readouterr().out
    assert json.loads(printed) == ROWS
    assert printed.isascii()


def test_an_empty_list_is_a_sentence_for_people_and_a_list_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_list([], ("id",), as_json=False, empty="Nobody.")
    print_list([], ("id",), as_json=True, empty="Nobody.")
    assert capsys.readouterr().out == "Nobody.\n[]\n"


def test_text_from_outside_cannot_command_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert printable("Ann\x1b[2J\r\nSmith\u202e gnp.exe") == "Ann [2J Smith  gnp.exe"
    rows = [{"name": "a\nb\x07"}]
    print_list(rows, ("name",), as_json=False, empty="")
    print_problem("no\x1b]0;x")
    captured = capsys.readouterr()
    assert captured.out == "name\na b\n"
    assert captured.err == "no ]0;x\n"


def test_moments_are_utc_to_the_second() -> None:
    at = datetime(2026, 11, 23, 9, 14, 5, 999, tzinfo=timezone(timedelta(hours=-5)))
    assert moment(at) == "2026-11-23T14:14:05+00:00"
    assert moment(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00+00:00"
    assert moment(None) is None
