"""Documents as the Portal tab lists them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_desktop.models.database import Database
from practice_desktop.vocabulary import (
    DocumentStatus,
    MessageState,
    PortalStatus,
)
from tests.practice_desktop.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


def test_email_failed_stands_where_the_notification_failed(office: Office) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("Informed Consent")
    office.tick("PHQ-9", notify=True)
    office.settle(MessageState.FAILED)
    assert office.row("PHQ-9").email_failed
    assert not office.row("Informed Consent").email_failed
    office.tick("GAD-7", notify=True)
    assert not office.row("PHQ-9").email_failed, "the new notification tells of it too"


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


def test_documents_come_in_the_library_s_order_and_say_what_they_are(office: Office) -> None:
    office.tick("Crisis Resources", "PHQ-9", "Informed Consent")
    rows = office.documentation.documents(office.client_id)
    assert [(row.title, row.kind, row.status) for row in rows] == [
        ("Informed Consent", "Consent · signature", DocumentStatus.REQUESTED),
        ("PHQ-9", "Assessment", DocumentStatus.REQUESTED),
        ("Crisis Resources", "Shared document", DocumentStatus.SHARED),
    ]
    assert "Shared Crisis Resources" in office.sentences()
