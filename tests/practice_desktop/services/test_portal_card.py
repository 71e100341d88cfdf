import pytest

from practice_desktop.models.client import Client
from practice_desktop.models.portal_access import PortalAccess
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.services.portal_card import _ordinal, describe
from practice_desktop.vocabulary import AccessState
from practice_desktop.wiring import Program
from tests.practice_desktop.stand_ins import Clock

NOTHING = InvitationRequest(features=())


@pytest.fixture
def priya(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Priya", "Desai", email="p@example.com"))


def test_the_note_tells_where_an_overlooked_email_may_be(desk: Desk, priya: int) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    assert desk.portal_access.card(priya).note == (
        "Not accepted yet. Clients often overlook this email: ask Priya to search for Harbor "
        "Counseling or to look in spam or junk, or resend the invitation."
    )


def test_a_deleted_invitation_is_not_said_never_to_have_been(desk: Desk, priya: int) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.portal_access.delete(priya)
    assert desk.portal_access.card(priya).why == "Priya has no invitation to the portal."


def test_the_tooltip_says_why_a_message_has_not_left(desk: Desk, priya: int) -> None:
    desk.practice.save(hold_new_messages=True)
    desk.portal_access.invite(priya, NOTHING)
    assert "held for review" in desk.portal_access.card(priya).why
    desk.outbox.send_now(desk.outbox.page()[0].id)
    assert "waits in the Outbox" in desk.portal_access.card(priya).why
    desk.outbox.connection.online = False
    assert desk.portal_access.card(priya).why == "The invitation waits in the Outbox: offline."


def test_the_card_changes_its_title_and_facts_once_accepted(
    desk: Desk, priya: int, clock: Clock
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    assert desk.portal_access.card(priya).title == "Portal invitation"
    assert dict(desk.portal_access.card(priya).facts)["Goes to"] == "p@example.com"
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    card = desk.portal_access.card(priya)
    assert card.title == "Portal access"
    assert card.facts == (("Signs in as", "p@example.com"), ("Accepted", "23 Nov 2026"))


@pytest.mark.parametrize(
    ("state", "confirmed", "wanted", "told"),
    [
        (AccessState.DISABLED, 2, 3, True),
        (AccessState.NONE, 2, 3, True),
        (AccessState.DISABLED, 3, 3, False),
        (AccessState.ACTIVE, 2, 3, False),
        (AccessState.DISABLED, 0, 3, False),
    ],
)
def test_an_end_of_access_that_the_portal_has_not_confirmed_is_told(
    program: Program,
    priya: int,
    clock: Clock,
    state: AccessState,
    confirmed: int,
    wanted: int,
    told: bool,
) -> None:
    access = PortalAccess(
        person_id=priya,
        grant_id="g",
        state=state,
        features=[],
        grant_version=wanted,
        confirmed_version=confirmed,
    )
    with program.database.read() as session:
        client = session.get_one(Client, priya)
        card = describe(session, client, access, clock(), None)
    assert bool(card.pending) is told


def test_times_sent_are_counted_in_words() -> None:
    assert [_ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "102nd",
    ]
