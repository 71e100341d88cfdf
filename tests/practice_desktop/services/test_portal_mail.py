from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from practice_desktop.ports import Envelope, Refused, ServerReply, Stage
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.documentation import DocumentKey
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import MessageState, OutboxFilter
from tests.practice_desktop.stand_ins import Clock, Letterbox

NOTHING = InvitationRequest(features=())


@pytest.fixture
def priya(desk: Desk) -> int:
    return desk.clients.add(
        ClientDraft("Priyanka", "Desai", preferred_name="Priya", email="p@example.com")
    )


def parts(letterbox: Letterbox) -> tuple[EmailMessage, str, str]:
    """The newest message and both its parts."""
    message = message_from_bytes(letterbox.taken[-1].content, policy=default)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return message, text.get_content(), html.get_content()


def test_an_invitation_says_until_when_its_link_works(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    clock.advance(days=2)
    desk.sender.send_due()
    for part in parts(letterbox)[1:]:
        assert "works until 9 December." in part
        assert "Priya" in part
        assert "Priyanka" not in part
        assert "(207) 555-0140" in part


def test_a_preview_reads_as_what_leaves_but_for_the_secret(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    preview = desk.portal_access.preview(priya)
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    message, text, _ = parts(letterbox)
    secret = desk.portal_access.link(priya).split("#")[1]
    groups = "-".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    unmade = preview.text.replace("X" * 26, secret)
    unmade = unmade.replace("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XX", groups)
    assert unmade.splitlines() == text.splitlines()
    assert preview.subject == message["Subject"]
    assert preview.sender == message["From"]


def test_discreet_mail_names_the_practice_neither_in_subject_nor_sender(
    desk: Desk, letterbox: Letterbox
) -> None:
    client_id = desk.clients.add(
        ClientDraft("Jo", "Day", email="jo@example.org", discreet_email=True)
    )
    desk.portal_access.invite(client_id, NOTHING)
    desk.sender.send_due()
    message, _, _ = parts(letterbox)
    assert message["Subject"] == "You have an invitation"
    assert message["From"] == "office@harbor.example"


def test_only_the_newest_reset_link_leaves(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    desk.portal_access.send_password_reset(priya)
    desk.portal_access.send_password_reset(priya)
    (old,) = desk.outbox.page(shown=OutboxFilter.CANCELLED)
    assert old.state is MessageState.CANCELLED
    desk.sender.send_due()
    message, text, _ = parts(letterbox)
    assert message["Subject"] == "Harbor Counseling: choose a new portal password"
    assert "works until 24 November, " in text
    assert len(letterbox.taken) == 2


def test_a_notification_that_was_held_up_gives_way_to_a_newer_one(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    first, second = (DocumentKey(form_id=form.id) for form in desk.forms.library()[:2])

    def share_more_and_refuse(envelope: Envelope) -> None:
        letterbox.answer = lambda envelope: None
        desk.documentation.save(priya, {first, second}, baseline={first}, notify=True)
        raise Refused(Stage.RECIPIENT, ServerReply(450, "4.2.0 Try again later"))

    desk.documentation.save(priya, {first}, baseline=set(), notify=True)
    letterbox.answer = share_more_and_refuse
    desk.sender.send_due()
    clock.advance(hours=1)
    desk.sender.send_due()
    assert len(letterbox.taken) == 2
    (older,) = desk.outbox.page(shown=OutboxFilter.CANCELLED)
    assert older.state is MessageState.CANCELLED
    assert desk.outbox.counts()[OutboxFilter.TO_SEND] == 0


def test_who_withdraws_consent_while_it_is_being_sent_gets_no_mail(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    def withdraw_consent(envelope: Envelope) -> None:
        profile = desk.clients.profile(priya)
        desk.clients.save(priya, profile.version, replace(profile.draft, may_email=False))

    desk.portal_access.invite(priya, NOTHING)
    letterbox.answer = withdraw_consent
    desk.sender.send_due()
    assert letterbox.taken == []
    assert desk.outbox.page(shown=OutboxFilter.CANCELLED)[0].state is MessageState.CANCELLED


def test_without_a_network_mail_waits_but_for_a_server_on_this_computer(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.note_network(False)
    desk.sender.send_due()
    assert letterbox.taken == []
    assert desk.outbox.summary().line == "Offline · 1 waiting"
    account = desk.mail_account.load()
    assert account is not None
    desk.mail_account.save(replace(account, host="127.0.0.1"), "secret")
    desk.sender.note_network(False)
    desk.sender.send_due()
    assert len(letterbox.taken) == 1


def test_what_a_person_does_to_a_message_stands_in_the_history(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    def refuse(envelope: Envelope) -> None:
        raise Refused(Stage.RECIPIENT, ServerReply(550, "5.1.1 No such user"))

    letterbox.answer = refuse
    desk.practice.save(hold_new_messages=True)
    desk.portal_access.invite(priya, NOTHING)
    (message,) = desk.outbox.page()
    desk.outbox.send_now(message.id)
    desk.outbox.hold(message.id)
    desk.outbox.send_all()
    desk.sender.send_due()
    desk.outbox.dismiss(message.id)
    desk.outbox.send_now(message.id)
    told = [row.sentence.split(":")[0] for row in desk.history.list(priya) if row.actor == "Dana"]
    assert told[:5] == [
        "Failed message sent anew",
        "Failed message dismissed",
        "Held message released",
        "Message held for review",
        "Held message released",
    ]
