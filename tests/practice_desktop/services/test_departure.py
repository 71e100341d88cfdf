"""The way of one message out of the house."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from practice_desktop.models.client import Client
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.ports import ServerReply
from practice_desktop.services.departure import LEASE, Departure, Withdrawn
from practice_desktop.services.frozen_words import seal_words
from practice_desktop.services.mail_templates import UNTIL_PLACE, Words
from practice_desktop.services.outbox import QueuedMail
from practice_desktop.services.outcomes import Claim, Outcomes
from practice_desktop.vocabulary import MessageKind, MessageState
from tests.practice_desktop.outbox_office import ACCOUNT, Office

TAKEN = ServerReply(250, "2.0.0 Ok")


@pytest.fixture
def outcomes(office: Office) -> Outcomes:
    return Outcomes(office.program.database, office.desk.history, office.clock)


@pytest.fixture
def departure(office: Office, outcomes: Outcomes) -> Departure:
    return Departure(office.program.database, office.clock, office.program.root_key, outcomes)


def claim(departure: Departure, message_id: int) -> Claim:
    claimed = departure.claim(message_id)
    assert claimed is not None
    return claimed


def parsed(claimed: Claim) -> EmailMessage:
    return message_from_bytes(claimed.envelope.content, policy=policy.default)


def queue_dated(office: Office) -> int:
    """An invitation whose words have the place for the date."""
    jonas = office.add_client()
    invitation = office.invitation(office.invite(jonas))
    mail = QueuedMail(
        client_id=jonas,
        person_id=jonas,
        invitation_id=invitation.id,
        kind=MessageKind.INVITATION,
        recipient=invitation.email,
        words=Words("Come", f"Until {UNTIL_PLACE}.", f"<p>Until {UNTIL_PLACE}.</p>"),
        discreet=False,
        idempotency_key="dated",
    )
    with office.program.database.write() as session:
        return office.desk.outbox.queue(session, mail)


def test_each_client_is_served_first_in_first_out(office: Office, departure: Departure) -> None:
    jonas, ada = office.add_client("Jonas Ekström"), office.add_client("Ada Brennan")
    first = office.invite(jonas)
    office.desk.portal_access.change_address(jonas, "jonas@elsewhere.example")
    second, other = office.newest(), office.invite(ada)
    assert office.states([first, second, other]) == ["cancelled", "waiting", "waiting"]
    assert departure.next_in_line() == second
    claim(departure, second)
    assert departure.next_in_line() == other


def test_a_resting_message_holds_up_its_own_client_only(
    office: Office, departure: Departure
) -> None:
    jonas = office.add_client()
    invited = office.invite(jonas)
    rests = office.clock() + timedelta(minutes=5)
    with office.program.database.write() as session:
        session.get_one(OutboxMessage, invited).next_attempt_at = rests
        later = OutboxMessage(
            client_id=jonas,
            person_id=jonas,
            kind=MessageKind.NOTIFICATION,
            state=MessageState.WAITING,
            recipient="x@example.se",
            subject="",
            idempotency_key="later",
            created_at=office.clock(),
        )
        session.add(later)
        session.flush()
    assert departure.next_in_line() is None
    assert departure.next_due_at() == rests
    other = office.invite()
    assert departure.next_in_line() == other
    office.desk.outbox.hold(other)
    office.clock.advance(minutes=5)
    assert departure.next_in_line() == invited
    office.desk.outbox.hold(invited)
    assert departure.next_in_line() == later.id


def test_the_first_claim_fixes_date_message_id_and_until_when(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = queue_dated(office)
    first = claim(departure, message)
    left = office.clock()
    outcomes.put_back(first)
    office.clock.advance(days=2)
    second = claim(departure, message)
    assert first.envelope == second.envelope
    mail = parsed(second)
    assert mail["Date"].datetime == left
    assert mail["Message-ID"] == office.message(message).message_id
    assert office.message(message).works_until == left + timedelta(days=14)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Until 7 December."


def test_the_link_lives_from_the_hand_over_that_succeeded(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = queue_dated(office)
    outcomes.put_back(claim(departure, message))
    office.clock.advance(days=2)
    claimed = claim(departure, message)
    departure.before_final_dot(claimed)
    outcomes.accept(claimed, TAKEN)
    invitation = office.invitation(message)
    assert invitation.works_until == office.clock() + timedelta(days=14)
    assert invitation.last_sent_at == office.clock()


def test_no_mail_says_more_than_the_link_holds(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    """A shorter life in Settings does not break what a mail has promised."""
    message = queue_dated(office)
    claimed = claim(departure, message)
    promised = office.message(message).works_until
    office.desk.practice.save(link_days=1)
    departure.before_final_dot(claimed)
    outcomes.accept(claimed, TAKEN)
    assert office.invitation(message).works_until == promised


def test_a_reset_link_lives_for_a_day(office: Office, departure: Departure) -> None:
    jonas = office.add_client()
    office.invite(jonas)
    office.send()
    office.desk.portal_access.accept(jonas, office.clock())
    office.desk.portal_access.send_password_reset(jonas)
    message = office.newest()
    claim(departure, message)
    assert office.message(message).works_until == office.clock() + timedelta(hours=24)


def test_a_message_taken_back_on_its_way_never_gets_its_dot(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = office.invite()
    claimed = claim(departure, message)
    office.desk.outbox.cancel(message)
    with pytest.raises(Withdrawn):
        departure.before_final_dot(claimed)
    outcomes.accept(claimed, TAKEN)
    assert office.row(message).state is MessageState.CANCELLED


def test_an_old_claim_is_worth_nothing(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = office.invite()
    old = claim(departure, message)
    departure.recover(everything=True)
    claim(departure, message)
    with pytest.raises(Withdrawn):
        departure.before_final_dot(old)
    outcomes.put_back(old)
    assert office.row(message).state is MessageState.SENDING


def test_a_message_is_claimed_once(office: Office, departure: Departure) -> None:
    message = office.invite()
    claim(departure, message)
    assert departure.claim(message) is None


def test_after_a_crash_nothing_is_sent_twice(office: Office, departure: Departure) -> None:
    sending, at_the_dot = office.invite(), office.invite()
    claim(departure, sending)
    departure.before_final_dot(claim(departure, at_the_dot))
    departure.recover(everything=True)
    assert office.states([sending, at_the_dot]) == ["waiting", "uncertain"]
    assert office.row(at_the_dot).line == "The program ended before your mail server answered"
    assert office.send() == [sending]
    assert office.states([sending, at_the_dot]) == ["sent", "uncertain"]


def test_a_lease_that_is_over_is_taken_back_while_running(
    office: Office, departure: Departure
) -> None:
    message = office.invite()
    claim(departure, message)
    departure.recover(everything=False)
    assert office.row(message).state is MessageState.SENDING
    office.clock.advance(seconds=LEASE.total_seconds() + 1)
    departure.recover(everything=False)
    assert office.row(message).state is MessageState.WAITING


def test_an_answer_that_came_after_all_decides(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = office.invite()
    claimed = claim(departure, message)
    departure.before_final_dot(claimed)
    departure.recover(everything=True)
    outcomes.accept(claimed, TAKEN)
    assert office.row(message).state is MessageState.SENT


def test_a_clock_that_was_set_back_makes_nothing_wait_for_a_year(
    office: Office, departure: Departure
) -> None:
    message = office.invite()
    far = office.clock() + timedelta(days=365)
    office.change(lambda m: setattr(m, "next_attempt_at", far), message)
    departure.recover(everything=False)
    assert departure.next_in_line() == message


def test_what_must_not_leave_is_cancelled_with_the_reason(
    office: Office, departure: Departure
) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    with office.program.database.write() as session:
        session.get_one(Client, jonas).may_email = False
    assert departure.claim(message) is None
    assert office.row(message).state is MessageState.CANCELLED
    assert office.row(message).line == "May we e-mail? was switched off"
    assert office.status(jonas) == "Not invited"
    (line,) = office.history(actor="Practice Desktop")
    assert line.endswith("was not sent: May we e-mail? was switched off.")


def test_a_link_to_this_computer_is_not_mailed_to_the_world(
    office: Office, departure: Departure
) -> None:
    """Queued while the portal was on this computer; its words are frozen."""
    message = office.invite()
    words = Words("Come", "http://127.0.0.1:8000/i#SECRET", "")

    def rewrite(stored: OutboxMessage) -> None:
        stored.sealed_words = seal_words(office.program.root_key, stored.idempotency_key, words)

    office.change(rewrite, message)
    assert departure.claim(message) is None
    assert office.row(message).state is MessageState.FAILED
    assert office.row(message).line == "The link in it leads to this computer only"


def test_words_that_do_not_open_fail_their_message_only(
    office: Office, departure: Departure
) -> None:
    broken, whole = office.invite(), office.invite()
    office.change(lambda m: setattr(m, "sealed_words", b"\x01" + bytes(40)), broken)
    assert office.send() == [broken, whole]
    assert office.states([broken, whole]) == ["failed", "sent"]
    assert office.row(broken).line == "Its words cannot be opened"


def test_a_new_account_sends_as_itself_what_was_composed_for_the_old(
    office: Office, departure: Departure, outcomes: Outcomes
) -> None:
    message = office.invite()
    first = claim(departure, message)
    outcomes.put_back(first)
    new = replace(ACCOUNT, user="desk@harbor.example", from_address="desk@harbor.example")
    office.desk.mail_account.save(new, "secret")
    second = claim(departure, message)
    assert second.envelope.sender == "desk@harbor.example"
    assert "desk@harbor.example" in parsed(second)["From"]
    assert parsed(first)["Message-ID"] == parsed(second)["Message-ID"]
    assert parsed(first)["Date"] == parsed(second)["Date"]
