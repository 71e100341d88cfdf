"""Moments and days as people read them, in local time."""

from datetime import date, datetime, timedelta


def date_text(day: date) -> str:
    """'7 Dec 2026'."""
    return f"{day.day} {day:%b %Y}"


def time_text(moment: datetime) -> str:
    """'09:14' of the local clock."""
    return f"{moment.astimezone():%H:%M}"


def when_text(moment: datetime, now: datetime) -> str:
    """'Today 09:14', 'Yesterday 17:40', '21 Nov 2026'."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    if day == today:
        return f"Today {time_text(moment)}"
    if day == today - timedelta(days=1):
        return f"Yesterday {time_text(moment)}"
    return date_text(day)
