from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from sqlalchemy import select

from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import (
    ChipFacts,
    Invitation,
    PortalAccess,
    portal_status,
)
from practice_desktop.services.chip import (
    facts_of,
    has_status,
    join_facts,
    status_counts,
    status_of,
)
from practice_desktop.vocabulary import (
    AccessState,
    MessageKind,
    MessageState,
    PortalStatus,
)

NOW = datetime(2026, 11, 23, tzinfo=UTC)
EVERY = list(product(AccessState, (None, *MessageState), (False, True), (False, True)))


def _fill(database: Database) -> dict[int, ChipFacts]:
    """One client for every combination of facts that can be stored."""
    told = {}
    with database.write() as session:
        for number, (state, message, works, undelivered) in enumerate(EVERY):
            client = Client(
                first_name=str(number),
                last_name="x",
                created_at=NOW,
                sort_key=f"{number:05}",
                search_text="",
            )
            access = PortalAccess(person=client, grant_id=str(number), state=state)
            session.add_all([client, access])
            session.flush()
            invitation = Invitation(
                access=access,
                email="x@example.org",
                sealed_link_secret=b"",
                created_at=NOW,
                works_until=NOW + timedelta(days=1 if works else -1),
                undelivered_at=NOW if undelivered else None,
            )
            session.add(invitation)
            session.flush()
            if message is not None:
                mail = OutboxMessage(
                    client_id=client.id,
                    person_id=client.id,
                    invitation_id=invitation.id,
                    kind=MessageKind.INVITATION,
                    state=message,
                    recipient="x@example.org",
                    subject="",
                    idempotency_key=str(number),
                    created_at=NOW,
                )
                session.add(mail)
                session.flush()
                invitation.message_id = mail.id
            told[client.id] = ChipFacts(state, message, works, undelivered)
    return told


def test_reading_counting_and_filtering_agree_with_the_chip_in_every_case(tmp_path: Path) -> None:
    database = Database(tmp_path)
    told = _fill(database)
    expected: dict[PortalStatus, set[int]] = {status: set() for status in PortalStatus}
    for client_id, facts in told.items():
        expected[portal_status(facts)].add(client_id)
    with database.read() as session:
        counts = status_counts(session, NOW)
        for client_id, facts in told.items():
            access = session.scalars(
                select(PortalAccess).where(PortalAccess.person_id == client_id)
            ).one()
            assert facts_of(session, access, NOW) == facts
            assert status_of(session, client_id, NOW) is portal_status(facts)
        for status in set(PortalStatus) - {PortalStatus.NOT_INVITED}:
            query = join_facts(select(Client.id)).where(has_status(frozenset({status}), NOW))
            assert set(session.scalars(query)) == expected[status], status
            assert counts.get(status, 0) == len(expected[status]), status
    database.close()


def test_somebody_without_access_was_never_invited(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with database.read() as session:
        assert status_of(session, 1, NOW) is PortalStatus.NOT_INVITED
    database.close()
