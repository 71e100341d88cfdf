"""Why no message leaves at the moment: one answer for the sender and for every sentence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from practice_desktop.models.practice import MailAccount, Practice
from practice_desktop.services.connection import Connection
from practice_desktop.services.mail_obstacle import leads_nowhere
from practice_desktop.services.retry_schedule import LONGEST
from practice_desktop.services.when import time_text


class Cause(StrEnum):
    OFFLINE = "offline"
    NO_ACCOUNT = "no_account"
    STOPPED = "stopped"
    LOCAL_PORTAL = "local_portal"
    UNREACHABLE = "unreachable"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Standstill:
    """`beside` stands in a message's line, `headline` in the rail, `sentence` on top of the outbox.

    `until` is when the sender tries by itself; None: not before something changes.
    """

    cause: Cause
    beside: str
    headline: str
    sentence: str
    tone: str = "waiting"
    action: str = "try_now"
    details: str = ""
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether nothing may be tried now; afterwards it is only still what is known.

        A time further off than any pause means that the clock was set back.
        """
        return self.until is None or now < self.until <= now + LONGEST


def find_standstill(session: Session, connection: Connection, now: datetime) -> Standstill | None:
    """What keeps every message here now, or what did at the last try."""
    if not connection.online:
        return _OFFLINE
    account = session.get(MailAccount, 1)
    if account is None:
        return _NO_ACCOUNT
    if leads_nowhere(session.get_one(Practice, 1).portal_address, account.host):
        return _LOCAL_PORTAL
    if account.stopped_at is not None:
        signed_in = account.probe_at is not None
        kept = "" if _KEPT in account.stopped_reason else f" {_KEPT}"
        return Standstill(
            Cause.STOPPED,
            "mail account stopped" if signed_in else "not signed in",
            "Mail account stopped" if signed_in else "Not signed in",
            account.stopped_reason + kept,
            tone="bad",
            details=account.stopped_details,
            until=account.probe_at,
        )
    if connection.retry_at is not None:
        return Standstill(
            Cause.UNREACHABLE,
            "mail server not reached",
            "Mail server not reached",
            "Your mail server cannot be reached. Messages stay here and go out by themselves when "
            "it answers again.",
            details=connection.unreachable_details,
            until=connection.retry_at,
        )
    if connection.busy_until is not None and now < connection.busy_until:
        until = time_text(connection.busy_until)
        return Standstill(
            Cause.BUSY,
            f"mail server busy until {until}",
            f"Mail server busy until {until}",
            f"Your mail server is busy. Messages stay here and go out by themselves at {until}.",
            until=connection.busy_until,
        )
    return None


_KEPT = "Messages stay here."
_OFFLINE = Standstill(
    Cause.OFFLINE,
    "offline",
    "Offline",
    "You are offline. Messages stay here and go out by themselves when the connection is back.",
)
_NO_ACCOUNT = Standstill(
    Cause.NO_ACCOUNT,
    "no mail account yet",
    "No mail account yet",
    "There is no mail account yet. Messages stay here and go out by themselves once it is set up "
    "under Settings > Email.",
    action="mail_account",
)
_LOCAL_PORTAL = Standstill(
    Cause.LOCAL_PORTAL,
    "the portal is on this computer only",
    "Portal on this computer only",
    "The portal's address leads to this computer only, so clients could not open the link. "
    "Messages stay here. Set the address of a portal on the internet under Settings > Portal.",
    action="",
)
