"""What is known of the way to the mail server: written by the sender, read for the sentences."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Connection:
    """One per open data folder, in memory only. Single values, each written by one thread.

    `online` is what the system or a person says; while it is False nothing is attempted.
    `retry_at` is when a server that could not be reached is tried again, `busy_until` when one
    that turned everybody away is.
    """

    online: bool = True
    retry_at: datetime | None = None
    failures: int = 0
    unreachable_details: str = ""
    busy_until: datetime | None = None
    refusals: int = 0

    def try_at_once(self) -> None:
        """Forget pauses: a person asked, or the network came back."""
        self.retry_at = self.busy_until = None

    def answered(self) -> None:
        """The server talks to us."""
        self.retry_at, self.failures, self.unreachable_details = None, 0, ""

    def took_a_message(self) -> None:
        self.busy_until, self.refusals = None, 0
