"""What became of a claimed message."""

from datetime import timedelta

import pytest

from practice_desktop.ports import ServerReply, Stage
from practice_desktop.services.departure import Departure
from practice_desktop.services.mail_replies import Trouble, Verdict, sort_reply
from practice_desktop.services.outcomes import Claim, Outcomes
from practice_desktop.vocabulary import MessageState
from tests.practice_desktop.outbox_office import Office

TAKEN = ServerReply(250, "2.0.0 Ok: queued as 4711")
UNKNOWN = sort_reply(ServerReply(550, "5.1.1 user unknown"), Stage.RECIPIENT)
LATER = Verdict(Trouble.RECIPIENT, False, "Mail server busy", "", "450 4.2.0 later")
MIDDLE = 0.5


@pytest.fixture
def outcomes(office: Office) -> Outcomes:
    return Outcomes(office.program.database, office.desk.history, office.clock)


@pytest.fixture
def departure(office: Office, outcomes: Outcomes) -> Departure:
    return Departure(office.program.database, office.clock, office.program.root_key, outcomes)


def hand_over(departure: Departure, message_id: int) -> Claim:
    claim = departure.claim(message_id)
    assert claim is not None
    departure.before_final_dot(claim)
    return claim


def test_an_accepted_message_is_blanked_and_its_invitation_told(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    outcomes.accept(hand_over(departure, message), TAKEN)
    stored = office.message(message)
    assert (stored.state, stored.attempts) == (MessageState.SENT, 1)
    assert (stored.sealed_words, stored.sealed_content) == (None, None)
    assert stored.server_reply == "250 2.0.0 Ok: queued as 4711"
    assert (stored.settled_at, stored.handed_over_at) == (office.clock(), office.clock())
    invitation = office.invitation(message)
    assert (invitation.times_sent, invitation.last_sent_at) == (1, office.clock())
    (line,) = office.history(actor="Practice Desktop")
    assert line == f"Invitation sent to {stored.recipient}"


def test_a_resend_says_again_and_clears_what_came_back(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    jonas = office.add_client()
    outcomes.accept(hand_over(departure, office.invite(jonas)), TAKEN)
    office.desk.portal_access.came_back(jonas, "mailbox full")
    assert office.status(jonas) == "Not delivered"
    office.desk.portal_access.resend(jonas)
    again = office.newest()
    outcomes.accept(hand_over(departure, again), TAKEN)
    assert office.status(jonas) == "Invited"
    assert office.invitation(again).times_sent == 2
    assert office.history(actor="Practice Desktop")[-1].startswith("Invitation sent again to")


def test_an_outcome_is_noted_once(office: Office, departure: Departure, outcomes: Outcomes) -> None:
    message = office.invite()
    claim = hand_over(departure, message)
    for _ in range(3):
        outcomes.accept(claim, TAKEN)
    assert office.invitation(message).times_sent == 1
    assert len(office.history(actor="Practice Desktop")) == 1


def test_a_refusal_for_good_is_not_delivered_in_the_servers_words(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    outcomes.refuse(hand_over(departure, message), UNKNOWN, MIDDLE)
    assert office.status(jonas) == "Not delivered"
    assert office.desk.portal_access.card(jonas).problem == "550 5.1.1 user unknown"
    assert office.row(message).line == "The address does not exist"
    assert office.message(message).sealed_words is not None


def test_a_refusal_for_now_rests_and_then_gives_up_after_three_days(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = office.invite()
    began, rested = office.clock(), []
    while office.row(message).state is MessageState.WAITING:
        claim = hand_over(departure, message)
        outcomes.refuse(claim, LATER, MIDDLE)
        again = office.row(message).next_attempt_at
        if again is not None:
            rested.append((again - office.clock()).total_seconds() / 60)
            office.clock.at = again
    assert rested[:8] == [1, 5, 15, 30, 60, 120, 240, 240]
    assert timedelta(hours=68) < office.clock() - began <= timedelta(hours=72)
    assert office.row(message).state is MessageState.FAILED
    assert office.row(message).line == "Your mail server did not take it for three days"
    assert office.row(message).attempts == 24


def test_a_message_put_back_was_not_tried(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = office.invite()
    outcomes.put_back(hand_over(departure, message))
    assert (office.row(message).state, office.row(message).attempts) == (MessageState.WAITING, 0)
    assert departure.next_in_line() == message


def test_an_open_end_is_for_a_person_to_decide(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    outcomes.leave_open(hand_over(departure, message), "after_dot: timed out")
    row = office.row(message)
    assert (row.state, row.details) == (MessageState.UNCERTAIN, "after_dot: timed out")
    assert row.advice.startswith("Ask the client whether it arrived")
    assert departure.next_in_line() is None
    assert office.status(jonas) == "Queued"
    assert office.message(message).sealed_content is not None
