from datetime import datetime, timedelta

from practice_desktop.services.when import date_text, time_text, when_text

NOW = datetime(2026, 11, 23, 12, 0).astimezone()


def test_today_and_yesterday_are_called_so_and_other_days_by_date() -> None:
    assert when_text(NOW.replace(hour=9, minute=14), NOW) == "Today 09:14"
    assert when_text(NOW.replace(hour=17, minute=40) - timedelta(days=1), NOW) == "Yesterday 17:40"
    assert when_text(NOW - timedelta(days=2), NOW) == "21 Nov 2026"


def test_a_day_is_written_without_a_leading_zero() -> None:
    assert date_text(datetime(2026, 12, 7).date()) == "7 Dec 2026"


def test_a_time_is_local() -> None:
    assert time_text(NOW.astimezone(None)) == "12:00"
