"""The outbox: what a service queues, and what a person may do about it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from practice_desktop.errors import NotAllowed, NotFound, PasswordStoreLocked
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.ports import Broken, Stage
from practice_desktop.services.mail_templates import UNTIL_PLACE, Words
from practice_desktop.services.outbox import REPLACED, QueuedMail
from practice_desktop.vocabulary import MessageKind, MessageState, OutboxFilter
from practice_desktop.wiring import open_program
from tests.practice_desktop.outbox_office import Office
from tests.practice_desktop.scripted_mail import refusal

UNKNOWN = refusal(Stage.RECIPIENT, 550, "5.1.1 <jonas@example.se>: user unknown")
NO_ANSWER = Broken(Stage.AFTER_DOT, "timed out")
WORDS = Words("Something new", "Hello", "<p>Hello</p>")


def mail(client_id: int, key: str = "k", **changes: object) -> QueuedMail:
    queued = QueuedMail(
        client_id=client_id,
        person_id=client_id,
        invitation_id=None,
        kind=MessageKind.NOTIFICATION,
        recipient="jonas@example.se",
        words=WORDS,
        discreet=False,
        idempotency_key=key,
    )
    return replace(queued, **changes)  # type: ignore[arg-type]


def queue(office: Office, queued: QueuedMail) -> int:
    with office.program.database.write() as session:
        return office.desk.outbox.queue(session, queued)


def test_a_queued_message_waits_and_names_who_queued_it(office: Office) -> None:
    message = office.invite()
    row = office.row(message)
    assert (row.state, row.client_name) == (MessageState.WAITING, "Jonas Ekström")
    assert row.subject == "Harbor Counseling invites you to its client portal"
    assert office.message(message).created_by == "Dana"


def test_messages_are_held_for_review_where_the_practice_says_so(office: Office) -> None:
    office.desk.practice.save(hold_new_messages=True)
    message = office.invite()
    assert (office.row(message).state, office.row(message).line) == (
        MessageState.HELD,
        "For your review",
    )
    assert office.send() == []
    office.desk.outbox.send_now(message)
    assert office.send() == [message]
    assert office.row(message).state is MessageState.SENT


def test_a_rolled_back_transaction_leaves_no_message(office: Office) -> None:
    jonas = office.add_client()
    with pytest.raises(RuntimeError), office.program.database.write() as session:  # noqa: PT012
        office.desk.outbox.queue(session, mail(jonas))
        raise RuntimeError
    assert office.shown(OutboxFilter.TO_SEND) == []


def test_the_same_idempotency_key_names_the_same_message(office: Office) -> None:
    jonas = office.add_client()
    assert queue(office, mail(jonas)) == queue(office, mail(jonas))
    assert len(office.shown(OutboxFilter.TO_SEND)) == 1


def test_a_newer_message_replaces_one_that_has_not_left(office: Office) -> None:
    jonas = office.add_client()
    old = queue(office, mail(jonas, "old"))
    new = queue(office, mail(jonas, "new", supersedes_id=old))
    assert office.states([old, new]) == ["cancelled", "waiting"]
    assert office.message(old).explanation == REPLACED
    assert office.message(old).sealed_words is None


def test_a_resend_replaces_the_resend_that_still_waits(office: Office) -> None:
    jonas = office.add_client()
    office.invite(jonas)
    office.send()
    office.desk.portal_access.resend(jonas)
    first = office.newest()
    invitation = office.invitation(first)
    second = queue(
        office,
        mail(jonas, "second", kind=MessageKind.INVITATION, invitation_id=invitation.id),
    )
    assert office.states([first, second]) == ["cancelled", "waiting"]


def test_a_message_that_may_have_left_is_not_replaced_silently(office: Office) -> None:
    jonas = office.add_client()
    old = office.invite(jonas)
    office.script.at_message = [NO_ANSWER]
    office.send()
    new = queue(office, mail(jonas, "new", supersedes_id=old))
    assert office.states([old, new]) == ["uncertain", "waiting"]


def test_a_failure_that_was_made_good_needs_no_attention(office: Office) -> None:
    jonas = office.add_client()
    office.script.at_message = [UNKNOWN]
    failed = office.invite(jonas)
    office.send()
    assert office.shown(OutboxFilter.ATTENTION) == [failed]
    office.desk.portal_access.resend(jonas)
    assert office.shown(OutboxFilter.ATTENTION) == []
    assert office.shown(OutboxFilter.CANCELLED) == [failed]


def test_cancelling_a_first_invitation_asks_as_delete_does_and_deletes(office: Office) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    question = office.desk.outbox.cancel_question(message)
    assert question
    assert question == office.desk.portal_access.delete_question(jonas)
    office.desk.outbox.cancel(message)
    assert office.status(jonas) == "Not invited"
    assert office.history()[-1].startswith("Invitation to jonas")
    assert office.history()[-1].endswith("deleted")


def test_cancelling_a_resend_asks_nothing_and_leaves_the_chip(office: Office) -> None:
    jonas = office.add_client()
    office.invite(jonas)
    office.send()
    office.desk.portal_access.resend(jonas)
    resend = office.newest()
    assert office.desk.outbox.cancel_question(resend) == ""
    office.desk.outbox.cancel(resend)
    assert office.status(jonas) == "Invited"
    assert office.row(resend).line == "Taken back"
    assert "taken back" in office.history()[-1]


def test_what_has_left_cannot_be_cancelled(office: Office) -> None:
    message = office.invite()
    office.send()
    with pytest.raises(NotAllowed, match="has this message"):
        office.desk.outbox.cancel(message)


def test_what_may_have_left_is_decided_not_cancelled(office: Office) -> None:
    office.script.at_message = [NO_ANSWER]
    message = office.invite()
    office.send()
    with pytest.raises(NotAllowed, match="Send again or It arrived"):
        office.desk.outbox.cancel(message)


def test_holding_a_waiting_message_keeps_it_here(office: Office) -> None:
    message = office.invite()
    office.desk.outbox.hold(message)
    assert office.send() == []
    with pytest.raises(NotAllowed):
        office.desk.outbox.dismiss(message)
    office.desk.outbox.send_now(message)
    office.send()
    with pytest.raises(NotAllowed, match="can be held"):
        office.desk.outbox.hold(message)


def test_send_all_releases_what_is_held_and_what_rests(office: Office) -> None:
    office.script.at_message = [refusal(Stage.RECIPIENT, 450, "4.2.0 greylisted")]
    resting = office.invite()
    office.send()
    office.desk.practice.save(hold_new_messages=True)
    held = office.invite()
    office.desk.practice.save(hold_new_messages=False)
    released: list[None] = []
    office.desk.outbox.on_release = lambda: released.append(None)
    assert office.desk.outbox.send_all() == 2
    assert released
    assert sorted(office.send()) == [resting, held]
    assert office.states([resting, held]) == ["sent", "sent"]


def test_an_uncertain_message_is_sent_again_to_the_byte(office: Office) -> None:
    office.script.at_message = [NO_ANSWER]
    message = office.invite()
    office.send()
    office.clock.advance(days=20)
    assert office.send() == []
    office.desk.outbox.send_again(message)
    office.send()
    first, second = office.script.begun
    assert first == second
    assert office.row(message).state is MessageState.SENT
    assert office.invitation(message).works_until == office.clock() + timedelta(days=14)


def test_a_person_may_say_that_it_arrived(office: Office) -> None:
    jonas = office.add_client()
    office.script.at_message = [NO_ANSWER]
    message = office.invite(jonas)
    office.send()
    assert office.status(jonas) == "Queued"
    left = office.clock()
    office.clock.advance(hours=3)
    office.desk.outbox.confirm_arrived(message)
    assert office.status(jonas) == "Invited"
    assert office.invitation(message).last_sent_at == left
    assert office.message(message).sealed_words is None
    with pytest.raises(NotAllowed, match="nothing to decide"):
        office.desk.outbox.confirm_arrived(message)
    assert "as a person confirmed" in office.history()[-1]


def test_send_now_gives_a_failed_message_a_fresh_start(office: Office) -> None:
    office.script.at_message = [UNKNOWN]
    message = office.invite()
    office.send()
    before = office.message(message)
    office.clock.advance(days=20)
    office.desk.outbox.send_now(message)
    office.send()
    after = office.message(message)
    assert after.state is MessageState.SENT
    assert after.message_id == before.message_id
    assert after.dated_at == office.clock()
    assert after.attempts == 1


def test_dismissing_takes_a_failure_off_needs_attention(office: Office) -> None:
    office.script.at_message = [UNKNOWN]
    message = office.invite()
    office.send()
    assert office.desk.outbox.summary().line == "1 failed"
    office.desk.outbox.dismiss(message)
    assert office.desk.outbox.summary().line == "Everything sent"
    assert office.shown(OutboxFilter.CANCELLED) == [message]


def test_the_preview_shows_what_would_leave_now_and_then_what_left(office: Office) -> None:
    jonas = office.add_client()
    invitation = office.invitation(office.invite(jonas))
    until = f"It works until {UNTIL_PLACE}."
    message = queue(
        office,
        mail(
            jonas,
            invitation_id=invitation.id,
            recipient=invitation.email,
            words=Words("Something new", until, f"<p>{until}</p>"),
        ),
    )
    preview = office.desk.outbox.preview(message)
    assert preview.sender == "Harbor Counseling <office@harbor.example>"
    assert preview.text == "It works until 7 December."
    assert preview.html == "<p>It works until 7 December.</p>"
    office.send()
    blanked = office.desk.outbox.preview(message)
    assert blanked.html == ""
    assert "until" not in blanked.text
    assert blanked.subject == preview.subject


def test_the_preview_says_which_password_store_problem_keeps_it_closed(office: Office) -> None:
    """As at the next start: the root key is not in memory yet."""
    message = office.invite()
    reopened = open_program(
        office.program.folder,
        secrets=office.secrets,
        transport=office.transport,
        clock=office.clock,
    )
    office.secrets.trouble = PasswordStoreLocked("The password store is locked.")
    try:
        with pytest.raises(PasswordStoreLocked):
            reopened.desk.outbox.preview(message)
    finally:
        reopened.close()


def test_a_message_that_is_gone_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        office.desk.outbox.row(99)
    with pytest.raises(NotFound):
        office.desk.outbox.send_now(99)


def test_withdrawing_says_whether_it_was_in_time(office: Office) -> None:
    waiting, sent = office.invite(), office.invite()
    office.change(lambda m: m.move(MessageState.HELD), waiting)
    office.send()
    with office.program.database.write() as session:
        assert office.desk.outbox.withdraw(session, waiting, "Not needed.")
        assert not office.desk.outbox.withdraw(session, sent, "Not needed.")
        assert not office.desk.outbox.withdraw(session, 99, "Not needed.")
    assert office.states([waiting, sent]) == ["cancelled", "sent"]


def test_listing_counting_and_summing_up_take_few_statements(office: Office) -> None:
    for _ in range(3):
        office.invite()
    statements: list[str] = []
    engine = office.program.database.engine
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    office.desk.outbox.page()
    assert len(statements) <= 6
    with office.program.database.read() as session:
        assert session.scalars(select(func.count()).select_from(OutboxMessage)).one() == 3
