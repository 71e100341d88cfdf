"""A practice whose mail goes through a scripted server: what the tests of the outbox share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select

from practice_desktop.models.history import HistoryEntry
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import Invitation
from practice_desktop.models.practice import MailAccount
from practice_desktop.ports import MailTransport
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.services.outbox import OutboxRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import OutboxFilter, Security
from practice_desktop.wiring import Program, open_program
from tests.practice_desktop.scripted_mail import Script, ScriptedTransport
from tests.practice_desktop.stand_ins import Clock, MemorySecrets

PORTAL_ADDRESS = "https://portal.harbor.example"
ACCOUNT = MailAccountRow(
    preset="other",
    host="mail.harbor.example",
    port=465,
    security=Security.TLS,
    user="office@harbor.example",
    from_address="office@harbor.example",
    sender_name="Harbor Counseling",
)
REQUEST = InvitationRequest(features=())
_numbers = count(1)


@dataclass(slots=True)
class Office:
    program: Program
    clock: Clock
    transport: MailTransport
    secrets: MemorySecrets

    @property
    def desk(self) -> Desk:
        return self.program.desk

    @property
    def script(self) -> Script:
        assert isinstance(self.transport, ScriptedTransport)
        return self.transport.script

    def add_client(self, name: str = "Jonas Ekström") -> int:
        first, _, last = name.partition(" ")
        draft = ClientDraft(first, last, email=f"{first.lower()}{next(_numbers)}@example.se")
        return self.desk.clients.add(draft)

    def invite(self, client_id: int | None = None) -> int:
        """Invite a client, a new one by default; the id of the message."""
        client_id = client_id if client_id is not None else self.add_client()
        self.desk.portal_access.invite(client_id, REQUEST)
        return self.newest()

    def newest(self) -> int:
        with self.program.database.read() as session:
            return (
                session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id.desc())).first()
                or 0
            )

    def send(self) -> list[int]:
        """One round; the ids that were tried."""
        tried: list[int] = []
        self.desk.sender.send_due(tried.append)
        return tried

    def row(self, message_id: int) -> OutboxRow:
        return self.desk.outbox.row(message_id)

    def message(self, message_id: int) -> OutboxMessage:
        with self.program.database.read() as session:
            message = session.get_one(OutboxMessage, message_id)
            _ = message.sealed_words, message.sealed_content
            return message

    def invitation(self, message_id: int) -> Invitation:
        with self.program.database.read() as session:
            message = session.get_one(OutboxMessage, message_id)
            return session.get_one(Invitation, message.invitation_id)

    def change(self, change: Callable[[OutboxMessage], None], message_id: int) -> None:
        with self.program.database.write() as session:
            change(session.get_one(OutboxMessage, message_id))

    def account(self) -> MailAccount:
        with self.program.database.read() as session:
            return session.get_one(MailAccount, 1)

    def shown(self, chip: OutboxFilter) -> list[int]:
        return [row.id for row in self.desk.outbox.page(shown=chip)]

    def status(self, client_id: int) -> str:
        return self.desk.portal_access.card(client_id).status.word

    def history(self, actor: str | None = None) -> list[str]:
        """The sentences of History, oldest first."""
        query = select(HistoryEntry.sentence).order_by(HistoryEntry.id)
        if actor is not None:
            query = query.where(HistoryEntry.actor == actor)
        with self.program.database.read() as session:
            return list(session.scalars(query))

    def states(self, ids: Iterable[int]) -> list[str]:
        return [self.row(message_id).state.value for message_id in ids]


def open_office(
    folder: Path, clock: Clock, secrets: MemorySecrets, transport: MailTransport | None = None
) -> Office:
    """A practice that is ready to invite, on a new data folder; its program is to be closed."""
    folder.mkdir(parents=True, exist_ok=True)
    transport = transport or ScriptedTransport()
    program = open_program(folder, secrets=secrets, transport=transport, clock=clock)
    program.desk.history.working_as = "Dana"
    program.desk.practice.save(
        name="Harbor Counseling", phone="(207) 555-0140", portal_address=PORTAL_ADDRESS
    )
    program.desk.mail_account.save(ACCOUNT, "secret")
    return Office(program, clock, transport, secrets)


def reopen_office(office: Office) -> Office:
    """As after a crash and a new start: nothing that was in memory is left."""
    office.program.close()
    program = open_program(
        office.program.folder,
        secrets=office.secrets,
        transport=office.transport,
        clock=office.clock,
    )
    program.desk.history.working_as = "Dana"
    return Office(program, office.clock, office.transport, office.secrets)
