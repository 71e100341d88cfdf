"""A practice with one client, Priya Desai, who can be brought to any portal status."""

from datetime import timedelta

from sqlalchemy import select

from practice_desktop.models.database import Database
from practice_desktop.models.document import Document
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import PortalAccess as Access
from practice_desktop.services.clients import ClientDraft, Clients
from practice_desktop.services.documentation import Documentation, DocumentKey, DocumentRow
from practice_desktop.services.forms import Forms
from practice_desktop.services.history import History
from practice_desktop.services.mail_templates import MailTemplates
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.portal_access import InvitationRequest, PortalAccess
from practice_desktop.services.portal_mail import PortalMail
from practice_desktop.services.practice import Practice
from practice_desktop.services.root_key import RootKey
from practice_desktop.vocabulary import (
    MessageKind,
    MessageState,
    PortalStatus,
)
from tests.practice_desktop.stand_ins import Clock, MemorySecrets

PREPARED = (PortalStatus.NOT_INVITED, PortalStatus.NOT_DELIVERED, PortalStatus.DISABLED)
MAILED = (PortalStatus.ACTIVE, PortalStatus.INVITED, PortalStatus.EXPIRED)


class Office:
    """One client, brought to any portal status."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock()
        self.database = database
        self.history = History(database, self.clock)
        self.history.working_as = "Dana"
        practice = Practice(database, self.history, self.clock)
        practice.load()
        practice.save(name="Harbor Counseling", portal_address="https://portal.harbor.example")
        root_key = RootKey(database, MemorySecrets())
        self.forms = Forms(database, self.history, self.clock)
        self.forms.fill_library()
        self.outbox = Outbox(database, self.history, self.clock, root_key)
        templates = MailTemplates(database, self.history, self.clock)
        mail = PortalMail(root_key, templates, self.outbox)
        self.documentation = Documentation(database, self.history, self.clock, mail, self.outbox)
        self.access = PortalAccess(
            database, self.history, self.clock, root_key, mail, self.outbox, self.documentation
        )
        self.clients = Clients(database, self.history, self.clock, self.access)
        self.client_id = self.add_client("Priya", "Desai")

    def add_client(self, first_name: str, last_name: str) -> int:
        return self.clients.add(
            ClientDraft(first_name, last_name, email=f"{first_name.lower()}@example.com")
        )

    def bring_to(self, status: PortalStatus, client_id: int | None = None) -> None:
        client_id = client_id or self.client_id
        if status is PortalStatus.NOT_INVITED:
            return
        self.access.invite(client_id, InvitationRequest(()))
        if status is PortalStatus.QUEUED:
            return
        if status is PortalStatus.NOT_DELIVERED:
            self.settle(MessageState.FAILED)
            return
        self.settle(MessageState.SENT)
        if status is PortalStatus.EXPIRED:
            self.clock.advance(days=15)
        if status in (PortalStatus.ACTIVE, PortalStatus.DISABLED):
            self.access.accept(client_id, self.clock())
        if status is PortalStatus.DISABLED:
            self.access.disable(client_id)
        assert self.clients.profile(client_id).status is status

    def settle(self, state: MessageState) -> None:
        """What the mail server does with everything that waits."""
        with self.database.write() as session:
            waiting = select(OutboxMessage).where(OutboxMessage.state == MessageState.WAITING)
            for message in session.scalars(waiting).all():
                message.state = state
                access = session.scalars(
                    select(Access).where(Access.person_id == message.person_id)
                ).one()
                if access.invitation is not None and state is MessageState.SENT:
                    access.invitation.works_until = self.clock() + timedelta(days=14)

    def key(self, title: str) -> DocumentKey:
        items = self.documentation.checklist(self.client_id)
        return next(item.key for item in items if item.title == title)

    def ticked(self) -> set[DocumentKey]:
        items = self.documentation.checklist(self.client_id)
        return {item.key for item in items if item.ticked}

    def tick(self, *titles: str, notify: bool = False) -> bool:
        return self.save(self.ticked() | {self.key(title) for title in titles}, notify=notify)

    def untick(self, *titles: str) -> bool:
        return self.save(self.ticked() - {self.key(title) for title in titles})

    def save(self, ticked: set[DocumentKey], *, notify: bool = False) -> bool:
        return self.documentation.save(
            self.client_id, ticked, baseline=self.ticked(), notify=notify
        )

    def notifications(self, *states: MessageState) -> list[OutboxMessage]:
        with self.database.read() as session:
            query = select(OutboxMessage).where(
                OutboxMessage.kind == MessageKind.NOTIFICATION, OutboxMessage.state.in_(states)
            )
            return list(session.scalars(query))

    def waiting(self) -> list[OutboxMessage]:
        return self.notifications(MessageState.WAITING)

    def row(self, title: str) -> DocumentRow:
        rows = self.documentation.documents(self.client_id)
        return next(row for row in rows if row.title == title)

    def answer(self, title: str, **facts: object) -> None:
        """What the portal reports of one document."""
        with self.database.write() as session:
            document = session.get_one(Document, self.row(title).id)
            for name, value in facts.items():
                setattr(document, name, value)

    def rounds(self, title: str) -> list[int]:
        form_id = self.key(title).form_id
        with self.database.read() as session:
            query = select(Document.round).where(Document.form_id == form_id)
            return list(session.scalars(query.order_by(Document.id)))

    def grant_version(self) -> int:
        with self.database.read() as session:
            return session.scalars(select(Access.grant_version)).one()

    def sentences(self) -> list[str]:
        return [row.sentence for row in self.history.list(self.client_id)]
