from datetime import UTC, datetime

from practice_desktop.services.clock import now


def test_the_clock_gives_this_moment_in_utc() -> None:
    before = datetime.now(UTC)
    moment = now()
    assert before <= moment <= datetime.now(UTC)
    assert moment.tzinfo is UTC
