from datetime import UTC, date, datetime

from practice_desktop.views.when import age, moment_text, month_text


def test_years_are_full_on_the_birthday_and_not_before() -> None:
    born = date(1989, 3, 14)
    assert age(born, date(2026, 3, 13)) == 36
    assert age(born, date(2026, 3, 14)) == 37


def test_a_moment_keeps_its_time_of_day() -> None:
    moment = datetime(2026, 11, 21, 9, 14, tzinfo=UTC)
    local = moment.astimezone()
    assert moment_text(moment) == f"{local.day} Nov 2026 {local:%H:%M}"


def test_a_month_has_no_day() -> None:
    assert month_text(date(2026, 10, 2)) == "Oct 2026"
