"""Harbor Counseling: a made-up practice on a data folder that is removed at the end."""

import csv
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import event, select

from practice_desktop.demo import people
from practice_desktop.demo.clock import DemoClock
from practice_desktop.demo.mail_catcher import HOST, USER, MailCatcher, free_port
from practice_desktop.demo.secret_store import MemorySecretStore
from practice_desktop.models.document import Document
from practice_desktop.services.clients import ClientDraft, ContactDraft
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import (
    DocumentStatus,
    MessageState,
    OutboxFilter,
    Relationship,
    Security,
)
from practice_desktop.wiring import Program, open_program

NAME = "Harbor Counseling"
STAFF = ("Dana", "Luis", "Mei")

_ARCHIVED, _ACTIVE, _INVITED, _EXPIRED, _DISABLED, _NEEDS_SETUP = 40, 40, 10, 4, 2, 5
_NAMED = (
    people.ADA,
    people.MARCUS,
    people.PRIYA,
    people.JONAS,
    people.ROSA,
    people.WEN,
    people.LENA,
    people.THEO,
)
_HEADERS = (
    "First name",
    "Last name",
    "Date of birth",
    "Client type",
    "Email",
    "Phone",
    "Address",
    "Referred by",
)
_UNKNOWN = ("returned@example.org", people.ROSA.email)


class DemoPractice:
    """`with DemoPractice() as demo:` makes it all; afterwards nothing of it is left."""

    def __init__(self) -> None:
        self.clock = DemoClock()
        self.store = MemorySecretStore()
        self.catcher = MailCatcher(_UNKNOWN, self.clock)
        self.portal_address = f"http://{HOST}:{free_port()}"
        self._folder = tempfile.TemporaryDirectory(
            prefix="practice-desktop-demo-", ignore_cleanup_errors=True
        )
        self.folder = Path(self._folder.name)

    def __enter__(self) -> Self:
        try:
            self.catcher.start()
            program = self.open()
            try:
                _fill(program, self)
            finally:
                program.close()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def open(self) -> Program:
        """The program on the demo's folder, store and clock; the caller closes it."""
        program = open_program(self.folder, secrets=self.store, clock=self.clock)
        # What is thrown away need not reach the disk.
        engine = program.database.engine
        event.listen(
            engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF")
        )
        engine.dispose()
        return program

    def _end(self) -> None:
        self.catcher.stop()
        self._folder.cleanup()


def _fill(program: Program, demo: DemoPractice) -> None:
    """Make the past in its order, through the same services as everybody."""
    desk, clock = program.desk, demo.clock
    desk.history.working_as = STAFF[0]
    clock.set_back(days=120)
    desk.practice.save(name=NAME, phone="(207) 555-0140", portal_address=demo.portal_address)
    for name in STAFF:
        desk.practice.add_staff(name)
    account = MailAccountRow("other", HOST, demo.catcher.port, Security.NONE, USER, USER)
    desk.mail_account.save(account, demo.catcher.password)

    clock.set_back(days=90)
    made_up = list(people.made_up_people(people.NUMBER - len(_NAMED) - 1))
    made_up[-1] = replace(made_up[-1], email=_UNKNOWN[0])
    new, imported = made_up[:_NEEDS_SETUP], made_up[_NEEDS_SETUP:]
    rest = iter(_import(program, imported[:-1]))
    returned = desk.clients.add(imported[-1])
    ada, marcus, priya, jonas, rosa, wen, lena, theo = map(desk.clients.add, _NAMED)
    desk.clients.finish_setup(marcus)
    archived = _take(rest, _ARCHIVED)
    active = [ada, wen, theo, *_take(rest, _ACTIVE)]
    disabled = [lena, *_take(rest, _DISABLED)]

    clock.set_back(days=45)
    _invite(program, [*active, *disabled, *archived[:3]])
    clock.set_back(days=44)
    for client_id in (*active, *disabled, *archived[:3]):
        desk.portal_access.accept(client_id, clock())
    _answer(program, active, [DocumentStatus.COMPLETED] * 6)
    desk.history.working_as = STAFF[1]
    clock.set_back(days=30)
    desk.clients.archive(archived)
    for client_id in disabled:
        desk.portal_access.disable(client_id)
    clock.set_back(days=20)
    _invite(program, _take(rest, _EXPIRED))

    clock.set_back(days=3)
    desk.history.working_as = STAFF[0]
    _invite(program, [priya, *_take(rest, _INVITED)])
    clock.set_back(days=1)
    _invite(program, [rosa, returned])
    desk.portal_access.resend(priya)
    _request_more(program, [ada, wen, theo, *active[3:9]])
    desk.sender.send_due()
    statuses = [DocumentStatus.IN_PROGRESS, DocumentStatus.OPENED]
    _answer(program, [ada, *active[3:5]], statuses, progress="6 of 11 questions")

    clock.set_back(days=0)
    samuel = desk.clients.add(people.SAMUEL)
    mother = ContactDraft("Mia", "Grant", Relationship.EMERGENCY, phone="(555) 010-4471")
    desk.clients.add_contact(samuel, mother)
    for draft in new:
        desk.clients.add(draft)
    _hold(program, jonas)


def _import(program: Program, drafts: Iterable[ClientDraft]) -> tuple[int, ...]:
    """Bring people in as a practice does, from the export of another program."""
    path = program.folder / "clients.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS)
        for draft in drafts:
            writer.writerow(
                (
                    draft.first_name,
                    draft.last_name,
                    draft.date_of_birth,
                    draft.client_type.word,
                    draft.email,
                    draft.phone,
                    draft.address,
                    "Harbor Health",
                )
            )
    importing = program.desk.client_import
    outcome = importing.apply(importing.plan(importing.read(path)))
    path.unlink()
    return outcome.added_ids


def _take(clients: Iterable[int], number: int) -> list[int]:
    return [client_id for client_id, _ in zip(clients, range(number), strict=False)]


def _invite(program: Program, client_ids: Iterable[int]) -> None:
    desk = program.desk
    features = tuple(c.feature for c in desk.practice.feature_choices() if c.ticked)
    [packet] = [packet for packet in desk.forms.packets() if packet.name == "New adult"]
    desk.portal_access.invite_many(client_ids, InvitationRequest(features, packet.form_ids))
    desk.sender.send_due()


def _request_more(program: Program, client_ids: Iterable[int]) -> None:
    wanted = {"Goals for Therapy", "Sleep Habits", "Welcome Letter"}
    form_ids = [form.id for form in program.desk.forms.library() if form.title in wanted]
    program.desk.documentation.request_many(client_ids, form_ids, notify=True)


def _hold(program: Program, client_id: int) -> None:
    """An invitation that waits for review, and so stays Queued while the demo runs."""
    practice = program.desk.practice
    practice.save(hold_new_messages=True)
    _invite(program, [client_id])
    practice.save(hold_new_messages=False)
    assert [
        row.state
        for row in program.desk.outbox.page(shown=OutboxFilter.TO_SEND)
        if row.client_id == client_id
    ] == [MessageState.HELD]


def _answer(
    program: Program,
    client_ids: Iterable[int],
    statuses: Iterable[DocumentStatus],
    progress: str = "",
) -> None:
    """What clients did at the portal: nothing brings that in before there is one."""
    steps = list(statuses)
    with program.database.write() as session:
        for client_id in client_ids:
            waiting = session.scalars(
                select(Document)
                .where(
                    Document.person_id == client_id,
                    Document.removed_at.is_(None),
                    Document.status == DocumentStatus.REQUESTED,
                )
                .order_by(Document.id)
            )
            for document, status in zip(waiting, steps, strict=False):
                document.status = status
                document.changed_at = document.created_at + timedelta(hours=9)
                if status is DocumentStatus.COMPLETED:
                    document.completed_at = document.changed_at
                if status is DocumentStatus.IN_PROGRESS:
                    document.progress = progress
