"""Stopping the mail account when it is in trouble, and setting it going again.

Trouble that may end by itself is probed with growing pauses. A password that was not accepted is
not said again before the account was saved anew or a person pressed *Try now*.
"""

from sqlalchemy.orm import Session

from practice_desktop.models.database import Database
from practice_desktop.models.practice import MailAccount
from practice_desktop.services.clock import Clock
from practice_desktop.services.retry_schedule import pause_before_probe


class AccountStop:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def stop(self, version: int, reason: str, details: str, *, probe: bool) -> None:
        """Keep all mail here. Does nothing where the account is not `version` any more: what was
        wrong then says nothing about what was saved since.
        """
        with self._database.write() as session:
            account = session.get(MailAccount, 1)
            if account is None or account.version != version:
                return
            now = self._clock()
            account.stopped_reason, account.stopped_details = reason, details
            account.stopped_at = account.stopped_at or now
            account.probes += 1
            account.probe_at = now + pause_before_probe(account.probes) if probe else None

    def mended(self, version: int) -> None:
        """The account works; does nothing where nothing was wrong."""
        with self._database.read() as session:
            if not _stopped(session, version):
                return
        with self._database.write() as session:
            account = session.get(MailAccount, 1)
            if account is not None and account.version == version:
                account.stopped_reason = account.stopped_details = ""
                account.stopped_at = account.probe_at = None
                account.probes = 0


def _stopped(session: Session, version: int) -> bool:
    account = session.get(MailAccount, 1)
    return account is not None and account.version == version and account.stopped_at is not None
