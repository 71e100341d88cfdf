"""Requested and shared documents by portal status, over a real database."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from practice_desktop.errors import InvalidInput, NotAllowed, NotFound, StaleEdit
from practice_desktop.models.database import Database
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import (
    DocumentStatus,
    MessageState,
    PortalStatus,
)
from tests.practice_desktop.office import MAILED, PREPARED, Office
from tests.practice_desktop.services.test_file_kinds import PDF_BYTES, PNG_BYTES, word
from tests.practice_desktop.stand_ins import Clock, Letterbox


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


def test_the_sender_is_woken_after_the_commit(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    seen: list[int] = []
    note: Callable[[], None] = lambda: seen.append(len(office.waiting()))  # noqa: E731
    office.outbox.on_release = note
    office.tick("PHQ-9")
    office.tick("GAD-7", notify=True)
    assert seen == [1]


def test_what_leaves_the_house_never_names_a_form(
    desk: Desk, letterbox: Letterbox, clock: Clock
) -> None:
    client_id = desk.clients.add(ClientDraft("Priya", "Desai", email="priya@example.com"))
    keys = {item.title: item.key for item in desk.documentation.checklist(client_id)}
    poison = ("PHQ-9", "Substance Use History")
    desk.portal_access.invite(client_id, InvitationRequest((), (keys[poison[0]].form_id,)))
    desk.sender.send_due()
    desk.portal_access.accept(client_id, clock())
    baseline = {keys[poison[0]]}
    desk.documentation.save(
        client_id, {keys[title] for title in poison}, baseline=baseline, notify=True
    )
    desk.sender.send_due()
    sent = [message_from_bytes(envelope.content) for envelope in letterbox.taken]
    assert [message["Subject"] for message in sent] == [
        "Harbor Counseling invites you to its client portal",
        "Harbor Counseling: something new in your portal",
    ]
    said = [
        str(part.get_payload(decode=True))
        for message in sent
        for part in message.walk()
        if not part.is_multipart()
    ]
    assert len(said) == 4
    assert not [title for title in poison for words in said if title in words]
