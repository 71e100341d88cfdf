"""What is known of the way to the mail server."""

from datetime import UTC, datetime

from practice_desktop.services.connection import Connection

LATER = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


def test_trying_at_once_forgets_pauses_but_not_how_often_it_failed() -> None:
    connection = Connection(retry_at=LATER, failures=3, busy_until=LATER, refusals=2)
    connection.try_at_once()
    assert connection == Connection(failures=3, refusals=2)


def test_an_answer_ends_the_search_and_a_taken_message_the_rest() -> None:
    connection = Connection(
        retry_at=LATER, failures=3, unreachable_details="x", busy_until=LATER, refusals=2
    )
    connection.answered()
    assert connection == Connection(busy_until=LATER, refusals=2)
    connection.took_a_message()
    assert connection == Connection()
