"""One round of sending that a person asks for on the command line."""

from practice_desktop.models.database import Database
from practice_desktop.models.practice import MailAccount
from practice_desktop.services.outbox import PAGE, Outbox, OutboxRow
from practice_desktop.services.outbox_sender import OutboxSender
from practice_desktop.vocabulary import MessageState, OutboxFilter

ON_ITS_WAY = frozenset({MessageState.SENDING, MessageState.HANDING_OVER})


class SendRound:
    """The messages that were to leave when it was made; held ones are not among them."""

    def __init__(self, database: Database, outbox: Outbox, sender: OutboxSender) -> None:
        self._database = database
        self._outbox = outbox
        self._sender = sender
        self._before = {
            row.id: row.attempts
            for row in all_messages(outbox, OutboxFilter.TO_SEND)
            if row.state is MessageState.WAITING or row.state in ON_ITS_WAY
        }

    def __len__(self) -> int:
        return len(self._before)

    def rows(self) -> list[OutboxRow]:
        """How far they are now, oldest first."""
        return [self._outbox.row(message_id) for message_id in sorted(self._before)]

    def send(self) -> None:
        """Send here and now, also what rests; only for the process that holds the sender.

        Account trouble that may be over gets one more try. A password that was refused does not:
        it is tried once, and again when it was saved anew.
        """
        if not self._password_refused():
            self._sender.try_now()
        self._sender.send_due()

    def tried(self) -> bool:
        """Whether another process has tried each of them, or cannot for a while."""
        if self._stopped():
            return True
        return all(
            row.state not in ON_ITS_WAY
            and (row.state is not MessageState.WAITING or row.attempts > self._before[row.id])
            for row in self.rows()
        )

    def _password_refused(self) -> bool:
        with self._database.read() as session:
            account = session.get(MailAccount, 1)
            return (
                account is not None and account.stopped_at is not None and account.probe_at is None
            )

    def _stopped(self) -> bool:
        with self._database.read() as session:
            account = session.get(MailAccount, 1)
            return account is None or account.stopped_at is not None


def all_messages(outbox: Outbox, *filters: OutboxFilter) -> list[OutboxRow]:
    """Every message behind these chips, once, oldest first."""
    found: dict[int, OutboxRow] = {}
    for shown in filters:
        offset = 0
        while rows := outbox.page(shown=shown, offset=offset, limit=PAGE):
            found.update((row.id, row) for row in rows)
            offset += len(rows)
    return [found[message_id] for message_id in sorted(found)]
