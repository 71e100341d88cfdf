"""Which step of a message may follow which."""

from datetime import UTC, datetime

import pytest

from practice_desktop.models.outbox import STEPS, OutboxMessage
from practice_desktop.vocabulary import MessageState

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)


def message(state: MessageState) -> OutboxMessage:
    return OutboxMessage(state=state, sealed_words=b"words", sealed_content=b"content")


@pytest.mark.parametrize("state", MessageState)
def test_only_legal_steps_are_taken(state: MessageState) -> None:
    for target in MessageState:
        moved = message(state)
        if target in STEPS[state]:
            moved.move(target)
            assert moved.state is target
        else:
            with pytest.raises(ValueError, match="cannot go"):
                moved.move(target)


def test_what_is_sent_or_cancelled_stays_so() -> None:
    assert not STEPS[MessageState.SENT]
    assert not STEPS[MessageState.CANCELLED]


def test_nothing_is_sent_without_the_step_before_the_final_dot() -> None:
    before_sent = {state for state in MessageState if MessageState.SENT in STEPS[state]}
    assert before_sent == {MessageState.HANDING_OVER, MessageState.UNCERTAIN}


def test_taking_back_blanks_the_words() -> None:
    taken = message(MessageState.WAITING)
    assert taken.can_be_taken_back
    taken.take_back("Replaced.", NOW)
    assert (taken.state, taken.explanation, taken.settled_at) == (
        MessageState.CANCELLED,
        "Replaced.",
        NOW,
    )
    assert taken.sealed_words is None
    assert taken.sealed_content is None


@pytest.mark.parametrize(
    "state", [MessageState.HANDING_OVER, MessageState.UNCERTAIN, MessageState.SENT]
)
def test_what_a_server_may_have_is_not_taken_back_like_that(state: MessageState) -> None:
    assert not message(state).can_be_taken_back
