"""Dates and times as the pages show them; the service's spelling, and what only pages need."""

from datetime import date, datetime

from practice_desktop.services.when import date_text, time_text, when_text

__all__ = ["age", "date_text", "moment_text", "month_text", "time_text", "when_text"]


def moment_text(moment: datetime) -> str:
    """'21 Nov 2026 09:14', for lists that keep the time of day of every line."""
    return f"{date_text(moment.astimezone().date())} {time_text(moment)}"


def month_text(day: date) -> str:
    """'Oct 2026'."""
    return f"{day:%b %Y}"


def age(born: date, today: date) -> int:
    """Full years; negative before the birth."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
