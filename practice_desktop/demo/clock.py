"""The time of the demo: a past can be made in a moment."""

from datetime import datetime, timedelta

from practice_desktop.services.clock import now


class DemoClock:
    """A clock that runs, some days behind while the made-up past is written."""

    def __init__(self) -> None:
        self._behind = timedelta()

    def __call__(self) -> datetime:
        return now() - self._behind

    def set_back(self, days: float) -> None:
        """Run this many days behind; 0 is the present."""
        self._behind = timedelta(days=days)
