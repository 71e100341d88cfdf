import pytest

from practice_desktop.ports import Envelope, Refused, ServerReply, Stage
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.services.send_round import SendRound, all_messages
from practice_desktop.vocabulary import MessageState, OutboxFilter
from practice_desktop.wiring import Program
from tests.practice_desktop.conftest import ACCOUNT
from tests.practice_desktop.stand_ins import Letterbox


@pytest.fixture
def ada(desk: Desk) -> int:
    """A client whose invitation waits."""
    ada = desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org"))
    desk.portal_access.invite(ada, InvitationRequest(()))
    return ada


def a_round(program: Program) -> SendRound:
    return SendRound(program.database, program.desk.outbox, program.desk.sender)


def test_a_round_without_messages_is_empty(program: Program, desk: Desk) -> None:
    assert not a_round(program)


@pytest.mark.usefixtures("ada")
def test_a_round_follows_its_messages_to_the_end(program: Program, letterbox: Letterbox) -> None:
    messages = a_round(program)
    assert len(messages) == 1
    assert not messages.tried()
    messages.send()
    assert messages.tried()
    assert [row.state for row in messages.rows()] == [MessageState.SENT]
    assert len(letterbox.taken) == 1


def test_held_messages_are_not_in_it(program: Program, desk: Desk, ada: int) -> None:
    [row] = desk.outbox.page()
    desk.outbox.hold(row.id)
    assert not a_round(program)


@pytest.mark.usefixtures("ada")
def test_a_message_that_rests_is_tried_and_may_rest_again(
    program: Program, letterbox: Letterbox
) -> None:
    def later(_envelope: Envelope) -> None:
        raise Refused(Stage.RECIPIENT, ServerReply(450, "4.2.0 later"))

    letterbox.answer = later
    for attempts in (1, 2):
        messages = a_round(program)
        messages.send()
        assert messages.tried()
        assert [row.attempts for row in messages.rows()] == [attempts]


@pytest.mark.usefixtures("ada")
def test_a_refused_password_is_not_tried_again_before_it_is_saved_anew(
    program: Program, desk: Desk, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def refuse(*_arguments: object) -> None:
        opened.append(1)
        raise Refused(Stage.SIGN_IN, ServerReply(535, "5.7.8 no"))

    with monkeypatch.context() as wrong:
        wrong.setattr(letterbox, "open", refuse)
        for _ in range(3):
            messages = a_round(program)
            messages.send()
            assert messages.tried(), "nobody else can send it either"
    assert len(opened) == 1
    desk.mail_account.save(ACCOUNT, "right")
    a_round(program).send()
    assert len(letterbox.taken) == 1


def test_all_messages_are_found_whatever_became_of_them(
    program: Program, desk: Desk, ada: int
) -> None:
    a_round(program).send()
    desk.portal_access.resend(ada)
    desk.portal_access.delete(ada)
    rows = all_messages(desk.outbox, *OutboxFilter)
    assert [row.state for row in rows] == [MessageState.SENT, MessageState.CANCELLED]
