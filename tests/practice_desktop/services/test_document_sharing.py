"""Notifications, grants and visibility, as documents come and go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_desktop.errors import NotAllowed
from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.document import Document
from practice_desktop.models.portal_access import PortalAccess as Access
from practice_desktop.models.practice import MailAccount, Practice
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import (
    AccessState,
    MessageState,
    PortalStatus,
    Security,
)
from tests.practice_desktop.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


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


def test_who_may_not_be_emailed_is_not(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9")
    office.untick("PHQ-9")
    with office.database.write() as session:
        session.get_one(Client, office.client_id).may_email = False
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert "has not agreed" in review.no_notification
    assert review.save_also_emails == ""
    assert not office.tick("PHQ-9")
    assert office.notifications(*MessageState) == []


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


def test_what_was_prepared_and_then_seen_counts_as_shared_before(office: Office) -> None:
    office.bring_to(PortalStatus.NOT_DELIVERED)
    office.tick("PHQ-9")
    office.access.resend(office.client_id)
    office.settle(MessageState.SENT)
    office.access.accept(office.client_id, office.clock())
    office.untick("PHQ-9")
    assert office.tick("PHQ-9")


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:8000"])
def test_no_mail_leads_to_a_portal_that_the_client_cannot_open(
    office: Office, address: str
) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    with office.database.write() as session:
        session.get_one(Practice, 1).portal_address = address
        session.add(
            MailAccount(
                id=1,
                host="mail.harbor.example",
                port=465,
                security=Security.TLS,
                user="",
                from_address="office@harbor.example",
            )
        )
    review = office.documentation.review(office.client_id, {office.key("PHQ-9")})
    assert "Settings > Portal" in review.no_notification
    with pytest.raises(NotAllowed):
        office.tick("PHQ-9", notify=True)
