"""When to try again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.retry_schedule import (
    LONGEST,
    has_run_out,
    pause_after,
    pause_before_knock,
    pause_before_probe,
)

START = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
MIDDLE = 0.5


def test_pauses_grow_to_four_hours() -> None:
    minutes = [pause_after(n, MIDDLE).total_seconds() / 60 for n in range(1, 10)]
    assert minutes == [1, 5, 15, 30, 60, 120, 240, 240, 240]


@given(st.integers(1, 50), st.floats(0, 1, exclude_max=True))
def test_jitter_is_twenty_percent_at_most(attempts: int, chance: float) -> None:
    pause = pause_after(attempts, chance)
    middle = pause_after(attempts, MIDDLE)
    assert 0.8 * middle <= pause <= 1.2 * middle <= LONGEST


def test_the_last_try_is_within_seventy_two_hours_of_the_first() -> None:
    now, attempts = START, 0
    while True:
        attempts += 1
        again = now + pause_after(attempts, MIDDLE)
        if has_run_out(START, again, attempts):
            break
        now = again
    assert timedelta(hours=68) < now - START <= timedelta(hours=72)
    assert attempts == 24


def test_a_computer_that_slept_has_not_tried_for_three_days() -> None:
    assert not has_run_out(START, START + timedelta(days=30), 2)
    assert has_run_out(START, START + timedelta(days=30), 7)


def test_a_stopped_account_is_probed_ever_more_rarely() -> None:
    assert [pause_before_probe(n) for n in (1, 2, 3, 4, 9)] == [
        timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 240)
    ]


def test_a_server_out_of_reach_is_knocked_at_within_minutes() -> None:
    assert [pause_before_knock(n).total_seconds() for n in (1, 2, 3, 4, 5, 99)] == [
        15,
        30,
        60,
        120,
        300,
        300,
    ]
