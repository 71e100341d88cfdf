"""Whatever staff, the mail server, the clock and crashes do, in whatever order: what must hold."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from practice_desktop.errors import Problem
from practice_desktop.models.client import Client
from practice_desktop.models.document import Document
from practice_desktop.models.history import HistoryEntry
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import Invitation, PortalAccess
from practice_desktop.ports import (
    Broken,
    Envelope,
    MailServer,
    Refused,
    ServerReply,
    Stage,
    Unreachable,
)
from practice_desktop.services.addresses import address_key
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.documentation import DocumentKey
from practice_desktop.services.outbox_rows import OutboxRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import (
    AccessState,
    ClientFilter,
    MessageKind,
    MessageState,
    OutboxFilter,
    PortalStatus,
)
from practice_desktop.wiring import Program, open_program
from tests.practice_desktop.conftest import ACCOUNT, PORTAL_ADDRESS
from tests.practice_desktop.stand_ins import Clock, MemorySecrets

PEOPLE = (0, 1)
FORMS = ("PCL-5", "PHQ-9", "GAD-7")
ON_ITS_WAY = (MessageState.SENDING, MessageState.HANDING_OVER)
LEFT = (MessageState.SENT, MessageState.CANCELLED)


class Crash(BaseException):
    """The process is gone: nothing after this line runs."""


class Unforeseen(Exception):
    """What nobody expected of a mail server."""


def refused(stage: Stage, code: int, text: str) -> Callable[[], BaseException]:
    return lambda: Refused(stage, ServerReply(code, text))


BEFORE_DOT: dict[str, Callable[[], BaseException]] = {
    "later": refused(Stage.RECIPIENT, 450, "4.2.0 later"),
    "no such user": refused(Stage.RECIPIENT, 550, "5.1.1 no such user"),
    "broken": lambda: Broken(Stage.DATA, "gone"),
    "crash": Crash,
}
AFTER_DOT: dict[str, Callable[[], BaseException]] = {
    "silence": lambda: Broken(Stage.AFTER_DOT, "gone"),
    "content refused": refused(Stage.AFTER_DOT, 554, "5.7.1 spam"),
    "content later": refused(Stage.AFTER_DOT, 451, "4.3.0 later"),
    "crash after": Crash,
    "bug": Unforeseen,
}
ANSWERS = ("taken", "taken", *BEFORE_DOT, *AFTER_DOT)


class Server:
    """Answers each message as the plan says; `meanwhile` runs while one is on its way."""

    def __init__(self) -> None:
        self.plan: list[str] = []
        self.reachable = True
        self.at_begin: Callable[[], None] = lambda: None
        self.before_dot: Callable[[], None] = lambda: None
        self.after_dot: Callable[[], None] = lambda: None
        self.at_dot: Callable[[Envelope], None] = lambda envelope: None
        self.taken: list[Envelope] = []

    def open(
        self,
        server: MailServer,
        password: str,
        on_stage: Callable[[Stage, str], None] | None = None,
    ) -> "Conversation":
        if not self.reachable:
            raise Unreachable(Stage.CONNECT, "no route")
        return Conversation(self)


class Conversation:
    def __init__(self, server: Server) -> None:
        self._server = server

    def hand_over(self, envelope: Envelope, before_final_dot: Callable[[], None]) -> ServerReply:
        server = self._server
        server.at_begin()
        answer = server.plan.pop(0) if server.plan else "taken"
        meanwhile, server.before_dot = server.before_dot, lambda: None
        meanwhile()
        if answer in BEFORE_DOT:
            raise BEFORE_DOT[answer]()
        before_final_dot()
        server.at_dot(envelope)
        meanwhile, server.after_dot = server.after_dot, lambda: None
        meanwhile()
        if answer in AFTER_DOT:
            raise AFTER_DOT[answer]()
        server.taken.append(envelope)
        return ServerReply(250, "2.0.0 Ok")

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


CLIENT_VERBS = (
    *("invite", "invite", "resend", "delete", "change_address", "came_back", "accept", "accept"),
    *("disable", "enable", "archive", "bring_back", "reset", "toggle_may_email", "request_again"),
    *("share", "share_and_notify", "share_and_notify", "unshare"),
)
MESSAGE_VERBS = ("hold", "send_now", "cancel", "send_again", "confirm_arrived", "dismiss")
STARTS: dict[str, tuple[str, ...]] = {
    "not invited": (),
    "invited": ("invite", "send"),
    "active": ("invite", "send", "accept"),
    "to be told": ("invite", "send", "accept", "share_and_notify"),
    "disabled": ("invite", "send", "accept", "share", "disable"),
}
MEANWHILE = st.none() | st.tuples(
    st.sampled_from(("before_dot", "after_dot")),
    st.sampled_from((*CLIENT_VERBS, *MESSAGE_VERBS)),
    st.sampled_from(PEOPLE),
)


class LifeCycle(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="life-cycle-"))
        self.secrets, self.clock, self.server = MemorySecrets(), Clock(), Server()
        self.server.at_dot, self.server.at_begin = self._check_at_dot, self._note_begun
        self.program: Program = self._open()
        desk = self.program.desk
        desk.practice.save(name="Harbor Counseling", portal_address=PORTAL_ADDRESS)
        desk.mail_account.save(ACCOUNT, "secret")
        self.ids = [
            desk.clients.add(ClientDraft(f"Ada{n}", "Brennan", email=f"ada{n}@example.org"))
            for n in PEOPLE
        ]
        library = {row.title: DocumentKey(form_id=row.id) for row in desk.forms.library()}
        self.keys = [library[title] for title in FORMS]
        self.addresses = 0
        self.begun: set[int] = set()
        self.allowed_twice: set[str] = set()

    def teardown(self) -> None:
        self.program.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _open(self) -> Program:
        program = open_program(
            self.folder, secrets=self.secrets, transport=self.server, clock=self.clock
        )
        program.desk.history.working_as = "Dana"
        return program

    @initialize(starts=st.tuples(*[st.sampled_from(sorted(STARTS))] * len(PEOPLE)))
    def begin(self, starts: tuple[str, ...]) -> None:
        for who, start in enumerate(starts):
            for verb in STARTS[start]:
                if verb == "send":
                    self.program.desk.sender.send_due()
                else:
                    self._try(verb, who)

    # What staff and clients do

    @rule(verb=st.sampled_from(CLIENT_VERBS), who=st.sampled_from(PEOPLE))
    def change_client(self, verb: str, who: int) -> None:
        self._try(verb, who)

    @rule(verb=st.sampled_from(MESSAGE_VERBS), who=st.integers(0, 4))
    def change_message(self, verb: str, who: int) -> None:
        self._try(verb, who)

    @rule(who=st.sampled_from(PEOPLE), wanted=st.sets(st.sampled_from((0, 1, 2))))
    def tick(self, who: int, wanted: set[int]) -> None:
        self._try("save", who, {self.keys[number] for number in wanted})

    @rule(on=st.booleans())
    def hold_new_messages(self, on: bool) -> None:
        self.program.desk.practice.save(hold_new_messages=on)

    def _try(self, verb: str, who: int, ticked: set[DocumentKey] | None = None) -> None:
        """Do it, or be told why not; either way History and the facts must agree."""
        before = self._facts()
        try:
            if verb in MESSAGE_VERBS:
                messages = self._messages()
                if not messages:
                    return
                message = messages[-1 - who % len(messages)]
                if verb == "send_again":
                    self.allowed_twice.add(message.message_id)
                getattr(self.program.desk.outbox, verb)(message.id)
            elif ticked is not None:
                self._save(self.ids[who], ticked, notify=False)
            else:
                self._client_verb(verb, self.ids[who])
        except Problem:
            assert self._facts() == before, f"{verb} was refused and changed something"
            return
        for client_id, (facts, lines) in self._facts().items():
            if facts != before[client_id][0]:
                assert lines > before[client_id][1], f"{verb} left no line in History"

    def _client_verb(self, verb: str, client_id: int) -> None:
        desk = self.program.desk
        match verb:
            case "invite":
                desk.portal_access.invite(client_id, InvitationRequest(()))
            case "change_address":
                self.addresses += 1
                email = f"new{self.addresses}@example.org"
                desk.portal_access.change_address(client_id, email)
            case "came_back":
                desk.portal_access.came_back(client_id, "mailbox full")
            case "accept":
                desk.portal_access.accept(client_id, self.clock())
            case "reset":
                desk.portal_access.send_password_reset(client_id)
            case "archive" | "bring_back":
                getattr(desk.clients, verb)([client_id])
            case "toggle_may_email":
                profile = desk.clients.profile(client_id)
                draft = profile.draft
                desk.clients.confirm_address(
                    client_id, draft.email, may_email=not draft.may_email, discreet_email=False
                )
            case "share" | "share_and_notify":
                wanted = self._ticked(client_id) | {self.keys[0]}
                self._save(client_id, wanted, notify=verb == "share_and_notify")
            case "unshare":
                self._save(client_id, set(), notify=False)
            case "request_again":
                rows = desk.documentation.documents(client_id)
                if rows:
                    desk.documentation.request_again(rows[0].id)
            case _:
                getattr(desk.portal_access, verb)(client_id)

    def _ticked(self, client_id: int) -> set[DocumentKey]:
        items = self.program.desk.documentation.checklist(client_id)
        return {item.key for item in items if item.ticked}

    def _save(self, client_id: int, ticked: set[DocumentKey], *, notify: bool) -> None:
        baseline = self._ticked(client_id)
        self.program.desk.documentation.save(client_id, ticked, baseline=baseline, notify=notify)

    # What the world does

    @rule(plan=st.lists(st.sampled_from(ANSWERS), max_size=3), meanwhile=MEANWHILE)
    def send(self, plan: list[str], meanwhile: tuple[str, str, int] | None) -> None:
        self.server.plan = plan
        if meanwhile is not None:
            moment, verb, who = meanwhile
            setattr(self.server, moment, lambda: self._try(verb, who))
        try:
            self.program.desk.sender.send_due()
        except Unforeseen:
            pass
        except Crash:
            self.reopen()
        finally:
            self.server.plan = []
            self.server.before_dot = self.server.after_dot = lambda: None

    @rule(hours=st.sampled_from((-30.0, -1.0, 0.1, 1.0, 5.0, 30.0, 24.0 * 20)))
    def move_clock(self, hours: float) -> None:
        self.clock.advance(hours=hours)

    @rule(reachable=st.booleans())
    def move_cable(self, reachable: bool) -> None:
        self.server.reachable = reachable

    @rule()
    def reopen(self) -> None:
        """A new process: what was on its way is settled before anything else is sent."""
        self.program.close()
        self.program = self._open()
        self.server.plan, reachable = ["later"] * 9, self.server.reachable
        self.server.reachable = False
        self.program.desk.sender.send_due()
        self.server.plan, self.server.reachable = [], reachable
        assert not [m for m in self._messages() if m.state in ON_ITS_WAY]

    # What must hold

    def _note_begun(self) -> None:
        self.begun |= {m.id for m in self._messages() if m.state in ON_ITS_WAY}

    def _check_at_dot(self, envelope: Envelope) -> None:
        """From here on the server may have it: it must still be right to send it."""
        with self.program.database.read() as session:
            [message] = session.scalars(
                select(OutboxMessage).where(OutboxMessage.state == MessageState.HANDING_OVER)
            )
            client = session.get_one(Client, message.client_id)
            access = session.scalars(
                select(PortalAccess).where(PortalAccess.person_id == message.person_id)
            ).one()
            assert envelope.recipient == message.recipient
            assert address_key(envelope.recipient) == client.email_key
            assert access.state in (AccessState.INVITED, AccessState.ACTIVE)
            assert client.archived_at is None
            if message.invitation_id is not None:
                invitation = session.get_one(Invitation, message.invitation_id)
                assert invitation.deleted_at is None
            for earlier in self.server.taken:
                if message.message_id.encode() in earlier.content:
                    assert message.message_id in self.allowed_twice, "sent twice"
                    assert earlier == envelope, "not the same bytes"

    @invariant()
    def the_chip_is_what_the_facts_say(self) -> None:
        desk = self.program.desk
        rows = {
            row.id: row.status
            for shown in (ClientFilter.ALL, ClientFilter.ARCHIVED)
            for row in desk.clients.page(shown=shown)
        }
        with self.program.database.read() as session:
            for client_id in self.ids:
                expected = self._chip(
                    session.scalars(
                        select(PortalAccess).where(PortalAccess.person_id == client_id)
                    ).first()
                )
                assert desk.clients.profile(client_id).status is expected
                assert rows[client_id] is expected

    @rule()
    def count_the_list(self) -> None:
        desk = self.program.desk
        counts = desk.clients.counts()
        for shown in ClientFilter:
            assert counts[shown] == len(desk.clients.page(shown=shown)), shown

    def _chip(self, access: PortalAccess | None) -> PortalStatus:
        """The table of product.md, read off the rows."""
        if access is None or access.state is AccessState.NONE:
            return PortalStatus.NOT_INVITED
        if access.state is not AccessState.INVITED:
            return PortalStatus(access.state.value)
        [live] = [i for i in access.invitations if i.deleted_at is None]
        messages = {m.id: m for m in self._messages()}
        state = messages[live.message_id or 0].state
        assert state is not MessageState.CANCELLED
        works = live.works_until is not None and live.works_until > self.clock()
        if state not in (MessageState.SENT, MessageState.FAILED):
            invited = works and live.undelivered_at is None
            return PortalStatus.INVITED if invited else PortalStatus.QUEUED
        if state is MessageState.FAILED or live.undelivered_at is not None:
            return PortalStatus.NOT_DELIVERED
        return PortalStatus.INVITED if works else PortalStatus.EXPIRED

    @invariant()
    def at_most_one_invitation_lives(self) -> None:
        with self.program.database.read() as session:
            for access in session.scalars(select(PortalAccess)):
                live = [i for i in access.invitations if i.deleted_at is None]
                assert len(live) <= 1
                assert bool(live) == (access.state is not AccessState.NONE)

    @invariant()
    def no_two_notifications_wait_for_one_client(self) -> None:
        """One that was on its way once may be sent again beside the newer."""
        waiting = [
            m.client_id
            for m in self._messages()
            if m.kind is MessageKind.NOTIFICATION
            and m.state in (MessageState.HELD, MessageState.WAITING)
            and m.id not in self.begun
        ]
        assert len(waiting) == len(set(waiting))

    @invariant()
    def what_has_ended_keeps_no_words(self) -> None:
        for message in self._messages():
            if message.state in LEFT:
                assert message.sealed_words is None
                assert message.sealed_content is None

    @invariant()
    def the_outbox_shows_every_message_once(self) -> None:
        outbox = self.program.desk.outbox
        shown: list[OutboxRow] = [row for chip in OutboxFilter for row in outbox.page(shown=chip)]
        assert sorted(row.id for row in shown) == [m.id for m in self._messages()]
        assert outbox.summary().line

    def _messages(self) -> list[OutboxMessage]:
        with self.program.database.read() as session:
            messages = list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
            for message in messages:
                _ = message.sealed_words, message.sealed_content
            return messages

    def _facts(self) -> dict[int, tuple[object, int]]:
        """What staff can see of each client, and how many lines its History has."""
        with self.program.database.read() as session:
            found: dict[int, tuple[object, int]] = {}
            for client in session.scalars(select(Client)):
                access = session.scalars(
                    select(PortalAccess).where(PortalAccess.person_id == client.id)
                ).first()
                live = access.invitation if access is not None else None
                documents = select(Document.id).where(
                    Document.person_id == client.id, Document.removed_at.is_(None)
                )
                queued = select(func.count()).where(
                    OutboxMessage.client_id == client.id,
                    OutboxMessage.state != MessageState.CANCELLED,
                )
                lines = select(func.count()).where(HistoryEntry.client_id == client.id)
                facts = (
                    (client.email, client.may_email, client.archived_at, client.setup_finished_at),
                    (access.state, access.features) if access is not None else None,
                    (live.id, live.undelivered_at) if live is not None else None,
                    tuple(session.scalars(documents)),
                    session.execute(queued).scalar_one(),
                )
                found[client.id] = (facts, session.execute(lines).scalar_one())
            return found


TestLifeCycle = LifeCycle.TestCase
TestLifeCycle.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
