import pytest

from practice_desktop.services.field_words import (
    client_type_of,
    is_no_name,
    is_nothing,
    time_zone_of,
    yes_or_no,
)
from practice_desktop.vocabulary import ClientType


@pytest.mark.parametrize(
    "value", ["NULL", "null", "N/A", "n/a", "-", "--", "NaN", "None", "0/0/00"]
)
def test_words_for_nothing_are_nothing(value: str) -> None:
    assert is_nothing(value)


@pytest.mark.parametrize("value", ["0", "Nan Goldin", "-5", "Anna", "no"])
def test_other_words_say_something(value: str) -> None:
    assert not is_nothing(value)


@pytest.mark.parametrize("value", ["Null", "Na", "Nan", "NA", "None"])
def test_somebody_can_be_called_null(value: str) -> None:
    assert not is_no_name(value)


@pytest.mark.parametrize("value", ["NULL", "N/A", "-", "NaN"])
def test_nobody_is_called_what_programs_write_for_nothing(value: str) -> None:
    assert is_no_name(value)


def test_kinds_answers_and_zones_are_known_by_their_usual_words() -> None:
    assert client_type_of("CHILD") is ClientType.MINOR
    assert client_type_of("VIP") is None
    assert (yes_or_no("Yes"), yes_or_no("n"), yes_or_no("maybe")) == (True, False, None)
    assert time_zone_of("Eastern Time") == "America/New_York"
    assert time_zone_of("Europe/Berlin") == "Europe/Berlin"
    assert time_zone_of("Somewhere") is None
