"""Dates and times as people read them, in local time."""

from datetime import date, datetime, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def when_text(moment: datetime, now: datetime) -> str:
    """ "Today 09:14", "Yesterday 17:40" or "21 Nov 2026"; both moments are aware."""
    local, here = moment.astimezone(), now.astimezone()
    if local.date() == here.date():
        return f"Today {local:%H:%M}"
    if local.date() == here.date() - timedelta(days=1):
        return f"Yesterday {local:%H:%M}"
    return date_text(local.date())


def moment_text(moment: datetime) -> str:
    """ "21 Nov 2026 09:14", for lists that keep the time of day of every line."""
    local = moment.astimezone()
    return f"{date_text(local.date())} {local:%H:%M}"


def date_text(day: date) -> str:
    """ "14 Mar 1989": no order of digits to mistake."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_text(day: date) -> str:
    """ "Oct 2026"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"
