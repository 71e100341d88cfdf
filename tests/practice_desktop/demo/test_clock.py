from datetime import UTC, datetime, timedelta

from practice_desktop.demo.clock import DemoClock


def test_a_past_is_made_and_left_again() -> None:
    clock = DemoClock()
    before = datetime.now(UTC)
    assert clock() >= before
    clock.set_back(days=20)
    assert abs(before - timedelta(days=20) - clock()) < timedelta(minutes=1)
    clock.set_back(days=0)
    assert clock() >= before
