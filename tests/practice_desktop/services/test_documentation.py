"""Requested and shared documents by portal status, over a real database."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_desktop.errors import InvalidInput, NotAllowed, NotFound, StaleEdit
from practice_desktop.models.client import Client
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
    AccessState,
    DocumentStatus,
    MessageKind,
    MessageState,
    PortalStatus,
)
from tests.practice_desktop.services.test_file_kinds import PDF_BYTES, PNG_BYTES, word
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


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


@pytest.mark.parametrize("status", MAILED)
def test_a_notification_goes_where_the_client_can_follow_it(
    office: Office, status: PortalStatus
) -> None:
    office.bring_to(status)
    assert office.tick("PHQ-9", notify=True)
    (message,) = office.waiting()
    carries = status is not PortalStatus.ACTIVE
    assert (message.invitation_id is not None) is carries
    assert office.row("PHQ-9").status is DocumentStatus.REQUESTED
    assert "Requested PHQ-9" in office.sentences()


@pytest.mark.parametrize("status", [*PREPARED, PortalStatus.QUEUED])
def test_elsewhere_a_notification_is_refused_and_nothing_saved(
    office: Office, status: PortalStatus
) -> None:
    office.bring_to(status)
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert review.no_notification
    assert review.preview is None
    with pytest.raises(NotAllowed) as refusal:
        office.tick("PHQ-9", notify=True)
    assert refusal.value.sentence == review.no_notification
    assert office.documentation.documents(office.client_id) == []


@pytest.mark.parametrize("status", [*PREPARED, PortalStatus.QUEUED])
def test_elsewhere_documents_are_prepared_and_ticking_again_sends_nothing(
    office: Office, status: PortalStatus
) -> None:
    office.bring_to(status)
    assert not office.tick("PHQ-9")
    assert not office.untick("PHQ-9")
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert review.save_also_emails == ""
    assert not office.tick("PHQ-9")
    assert office.rounds("PHQ-9") == [1, 2]
    assert office.notifications(*MessageState) == []


@pytest.mark.parametrize("status", MAILED)
def test_plain_save_sends_nothing_for_what_is_new(office: Office, status: PortalStatus) -> None:
    office.bring_to(status)
    assert not office.tick("PHQ-9")
    assert office.waiting() == []


@pytest.mark.parametrize("status", MAILED)
def test_untick_save_tick_save_makes_a_fresh_copy_and_emails(
    office: Office, status: PortalStatus
) -> None:
    office.bring_to(status)
    office.tick("PHQ-9")
    office.untick("PHQ-9")
    assert office.documentation.documents(office.client_id) == []
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert review.save_also_emails == "Save also emails Priya: PHQ-9 was shared before."
    assert [line.note for line in review.added] == ["shared before: a fresh, blank copy"]
    assert office.tick("PHQ-9")
    assert len(office.waiting()) == 1
    assert office.rounds("PHQ-9") == [1, 2]


def test_the_review_shows_the_mail_without_naming_the_form(office: Office) -> None:
    office.bring_to(PortalStatus.EXPIRED)
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert review.preview is not None
    assert review.preview.recipient == "priya@example.com"
    assert review.about_mail == "It carries the invitation link and renews it."
    for part in (review.preview.subject, review.preview.text, review.preview.html):
        assert "PHQ" not in part


@pytest.mark.parametrize("status", [*MAILED, *PREPARED, PortalStatus.QUEUED])
def test_with_nothing_changed_save_does_nothing(office: Office, status: PortalStatus) -> None:
    office.bring_to(status)
    office.tick("PHQ-9")
    before = office.database.data_version(), office.sentences()
    assert not office.save(office.ticked())
    assert (office.database.data_version(), office.sentences()) == before


def test_notifying_with_nothing_new_tells_once_more_of_what_waits(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9")
    assert office.save(office.ticked(), notify=True)
    assert len(office.waiting()) == 1


def test_nothing_is_told_where_nothing_waits(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9")
    office.answer("PHQ-9", status=DocumentStatus.COMPLETED, completed_at=office.clock())
    review = office.documentation.review(office.client_id, office.ticked())
    assert "nothing to tell" in review.no_notification
    with pytest.raises(NotAllowed):
        office.save(office.ticked(), notify=True)


def test_a_notification_that_has_not_left_is_replaced(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9", notify=True)
    (first,) = office.waiting()
    office.tick("GAD-7", notify=True)
    (second,) = office.waiting()
    assert second.id != first.id
    office.untick("GAD-7")
    assert [message.id for message in office.waiting()] == [second.id], "PHQ-9 is told of by it now"


def test_a_notification_is_withdrawn_when_all_it_told_of_is_removed(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("Informed Consent")
    office.tick("PHQ-9", "GAD-7", notify=True)
    office.untick("PHQ-9")
    assert len(office.waiting()) == 1
    office.untick("GAD-7")
    assert office.waiting() == []


def test_a_notification_that_left_is_not_withdrawn(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9", notify=True)
    office.settle(MessageState.SENT)
    office.untick("PHQ-9")
    assert len(office.notifications(MessageState.SENT)) == 1


def test_removing_a_document_never_takes_the_invitation_back(office: Office) -> None:
    office.access.invite(office.client_id, InvitationRequest((), (office.key("PHQ-9").form_id,)))
    office.untick("PHQ-9")
    assert office.clients.profile(office.client_id).status is PortalStatus.QUEUED


def test_email_failed_stands_where_the_notification_failed(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("Informed Consent")
    office.tick("PHQ-9", notify=True)
    office.settle(MessageState.FAILED)
    assert office.row("PHQ-9").email_failed
    assert not office.row("Informed Consent").email_failed
    office.tick("GAD-7", notify=True)
    assert not office.row("PHQ-9").email_failed, "the new notification tells of it too"


def test_who_may_not_be_emailed_is_not(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9")
    office.untick("PHQ-9")
    with office.database.write() as session:
        session.get_one(Client, office.client_id).may_email = False
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert "does not want email" in review.no_notification
    assert review.save_also_emails == ""
    assert not office.tick("PHQ-9")
    assert office.notifications(*MessageState) == []


def test_answers_outlive_the_tick(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9", "Client Intake", "GAD-7")
    office.answer("PHQ-9", status=DocumentStatus.COMPLETED, completed_at=office.clock(),
                  progress="Score 9 · mild")  # fmt: skip
    office.answer("Client Intake", status=DocumentStatus.IN_PROGRESS, progress="6 of 11 questions")
    office.untick("PHQ-9", "Client Intake", "GAD-7")
    earlier = office.documentation.earlier_answers(office.client_id)
    assert {row.title: row.note for row in earlier} == {
        "PHQ-9": "Score 9 · mild",
        "Client Intake": "6 of 11 questions",
    }
    assert all(row.can_request_again for row in earlier)
    office.tick("PHQ-9")
    fresh = office.row("PHQ-9")
    assert (fresh.status, fresh.note) == (DocumentStatus.REQUESTED, "")
    again = {
        row.title: row.can_request_again
        for row in office.documentation.earlier_answers(office.client_id)
    }
    assert again == {"PHQ-9": False, "Client Intake": True}


@pytest.mark.parametrize(
    ("status", "mailed"),
    [*((status, True) for status in MAILED), *((status, False) for status in PREPARED)],
)
def test_request_again_does_both_saves_in_one_step(
    office: Office, status: PortalStatus, mailed: bool
) -> None:
    office.bring_to(status)
    office.tick("PHQ-9")
    office.answer("PHQ-9", status=DocumentStatus.COMPLETED, completed_at=office.clock())
    assert office.documentation.request_again(office.row("PHQ-9").id) is mailed
    assert len(office.waiting()) == mailed
    assert office.row("PHQ-9").status is DocumentStatus.REQUESTED
    assert office.rounds("PHQ-9") == [1, 2]
    (earlier,) = office.documentation.earlier_answers(office.client_id)
    with pytest.raises(NotAllowed, match="already requested anew"):
        office.documentation.request_again(earlier.id)


def test_one_document_can_be_removed_alone(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9", "GAD-7", notify=True)
    office.documentation.remove(office.row("PHQ-9").id)
    assert [row.title for row in office.documentation.documents(office.client_id)] == ["GAD-7"]
    assert office.sentences()[0] == "Removed PHQ-9"
    with pytest.raises(NotFound):
        office.documentation.remove(9999)


@pytest.mark.parametrize(("status", "grows"), [(PortalStatus.ACTIVE, 1), (PortalStatus.INVITED, 1)])
def test_every_change_makes_the_next_grant(
    office: Office, status: PortalStatus, grows: int
) -> None:
    office.bring_to(status)
    before = office.grant_version()
    office.tick("PHQ-9", "GAD-7")
    assert office.grant_version() == before + grows
    office.save(office.ticked())
    assert office.grant_version() == before + grows


def test_a_deleted_invitation_has_no_grant_to_change(office: Office) -> None:
    office.bring_to(PortalStatus.INVITED)
    office.access.delete(office.client_id)
    before = office.grant_version()
    office.tick("PHQ-9")
    assert office.grant_version() == before


def test_a_stale_checklist_overwrites_nothing(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    opened = office.ticked()
    office.tick("GAD-7")
    with pytest.raises(StaleEdit):
        office.documentation.save(
            office.client_id, {office.key("PHQ-9")}, baseline=opened, notify=True
        )
    assert [row.title for row in office.documentation.documents(office.client_id)] == ["GAD-7"]
    assert office.waiting() == []


def test_what_is_invited_with_becomes_visible_and_is_not_asked_twice(office: Office) -> None:
    office.tick("PHQ-9")
    office.access.invite(
        office.client_id,
        InvitationRequest((), tuple(office.key(t).form_id for t in ("PHQ-9", "GAD-7"))),
    )
    with office.database.read() as session:
        stored = session.scalars(select(Document)).all()
    assert len(stored) == 2
    assert all(document.visible_at is not None for document in stored)


def test_documents_come_in_the_library_s_order_and_say_what_they_are(office: Office) -> None:
    office.tick("Crisis Resources", "PHQ-9", "Informed Consent")
    rows = office.documentation.documents(office.client_id)
    assert [(row.title, row.kind, row.status) for row in rows] == [
        ("Informed Consent", "Consent · signature", DocumentStatus.REQUESTED),
        ("PHQ-9", "Assessment", DocumentStatus.REQUESTED),
        ("Crisis Resources", "Shared document", DocumentStatus.SHARED),
    ]
    assert "Shared Crisis Resources" in office.sentences()


def test_a_form_that_left_the_library_stays_ticked_where_it_counts(office: Office) -> None:
    office.tick("PHQ-9")
    from practice_desktop.models.document import Form

    with office.database.write() as session:
        session.get_one(Form, office.key("PHQ-9").form_id).retired_at = office.clock()
    assert not office.save(office.ticked())
    key = office.key("PHQ-9")
    office.untick("PHQ-9")
    with pytest.raises(NotFound):
        office.save({key})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Policies.pdf", PDF_BYTES, "PDF"),
        ("Scan.png", PNG_BYTES, "PNG"),
        ("Letter.docx", word(), "DOCX"),
    ],
)
def test_a_file_is_kept_with_the_record_and_can_be_shared(
    office: Office, tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    item = office.documentation.add_file(office.client_id, path)
    assert (item.title, item.ticked, item.note) == (name, False, f"{kind}, read only")
    assert office.documentation.file_content(item.key.file_id) == content
    office.tick(name)
    row = office.row(name)
    assert (row.kind, row.status, row.note) == (
        f"Shared document · {kind}", DocumentStatus.SHARED, "Not opened yet",
    )  # fmt: skip
    assert f"Added the file {name}" in office.sentences()


def test_the_same_content_again_gives_what_is_there(office: Office, tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(PDF_BYTES)
    second.write_bytes(PDF_BYTES)
    kept = office.documentation.add_file(office.client_id, first)
    assert office.documentation.add_file(office.client_id, second) == kept


def test_another_file_of_the_same_name_gets_a_number(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF_BYTES)
    office.documentation.add_file(office.client_id, path)
    path.write_bytes(PDF_BYTES + b"more")
    assert office.documentation.add_file(office.client_id, path).title == "a (2).pdf"


def test_a_disguised_file_is_refused_and_nothing_kept(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"MZ this is a program")
    before = office.documentation.checklist(office.client_id)
    with pytest.raises(InvalidInput):
        office.documentation.add_file(office.client_id, path)
    assert office.documentation.checklist(office.client_id) == before


def test_a_file_of_another_client_cannot_be_shared(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF_BYTES)
    item = office.documentation.add_file(office.add_client("Marcus", "Chen"), path)
    with pytest.raises(NotFound):
        office.save({item.key})
    with pytest.raises(NotFound):
        office.documentation.file_content(9999)


def test_requesting_of_several_names_who_is_left_out_and_why(office: Office) -> None:
    wanted = [office.key(title).form_id for title in ("PHQ-9", "GAD-7")]
    active, waiting, full, archived = (
        office.add_client(name, "Chen") for name in ("Ada", "Ben", "Cleo", "Dan")
    )
    office.bring_to(PortalStatus.ACTIVE, active)
    office.documentation.request_many([full], wanted, notify=False)
    office.documentation.request_many([active], wanted[:1], notify=False)
    office.clients.archive([archived])
    everyone = [active, waiting, full, archived, 9999, active]
    review = office.documentation.review_many(everyone, wanted)
    assert [(line.name, line.included) for line in review] == [
        ("Ada Chen", True), ("Ben Chen", True), ("Cleo Chen", False), ("Dan Chen", False),
        ("Unknown client", False),
    ]  # fmt: skip
    assert review[0].reason == "1 of 2 requested already."
    assert "not invited yet" in review[1].reason
    assert review[2].reason == "Everything chosen is requested already."
    assert review[3].reason.startswith("Archived")
    assert office.documentation.request_many(everyone, wanted, notify=True) == review
    assert [message.client_id for message in office.waiting()] == [active]
    assert len(office.documentation.documents(waiting)) == 2


def test_the_sender_is_woken_after_the_commit(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    seen: list[int] = []
    note: Callable[[], None] = lambda: seen.append(len(office.waiting()))  # noqa: E731
    office.outbox.on_release = note
    office.tick("PHQ-9")
    office.tick("GAD-7", notify=True)
    assert seen == [1]


def test_a_disabled_client_keeps_documents_and_answers(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9")
    office.access.disable(office.client_id)
    office.untick("PHQ-9")
    office.access.enable(office.client_id)
    with office.database.read() as session:
        assert session.scalars(select(Access.state)).one() is AccessState.ACTIVE
    assert office.tick("PHQ-9"), "it was seen before access was disabled"


def test_a_message_somebody_cancelled_is_not_what_a_new_one_waits_for(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9", notify=True)
    (message,) = office.waiting()
    office.outbox.cancel(message.id)
    assert not office.row("PHQ-9").email_failed
    office.tick("GAD-7", notify=True)
    office.untick("GAD-7")
    assert len(office.waiting()) == 1
