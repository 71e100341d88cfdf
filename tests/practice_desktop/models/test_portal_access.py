import pytest

from practice_desktop.models.portal_access import ChipFacts, actions, portal_status
from practice_desktop.vocabulary import AccessState, MessageState, PortalStatus

INVITED = AccessState.INVITED
UNSENT = (
    MessageState.HELD,
    MessageState.WAITING,
    MessageState.SENDING,
    MessageState.HANDING_OVER,
    MessageState.UNCERTAIN,
)


@pytest.mark.parametrize(
    ("facts", "chip"),
    [
        (ChipFacts(AccessState.NONE), "Not invited"),
        (ChipFacts(INVITED, None), "Not invited"),
        (ChipFacts(INVITED, MessageState.CANCELLED), "Not invited"),
        *[(ChipFacts(INVITED, state), "Queued") for state in UNSENT],
        (ChipFacts(INVITED, MessageState.SENT, link_works=True), "Invited"),
        (ChipFacts(INVITED, MessageState.SENT), "Expired"),
        (ChipFacts(INVITED, MessageState.FAILED), "Not delivered"),
        (ChipFacts(INVITED, MessageState.FAILED, link_works=True), "Not delivered"),
        (ChipFacts(INVITED, MessageState.SENT, link_works=True, undelivered=True), "Not delivered"),
        (ChipFacts(AccessState.ACTIVE), "Active"),
        (ChipFacts(AccessState.ACTIVE, MessageState.FAILED, undelivered=True), "Active"),
        (ChipFacts(AccessState.DISABLED, MessageState.SENT, link_works=True), "Disabled"),
    ],
)
def test_the_chip_follows_from_the_facts(facts: ChipFacts, chip: str) -> None:
    assert portal_status(facts).word == chip


@pytest.mark.parametrize("state", UNSENT)
def test_a_resend_on_its_way_leaves_a_working_invitation_invited(state: MessageState) -> None:
    assert portal_status(ChipFacts(INVITED, state, link_works=True)) is PortalStatus.INVITED


@pytest.mark.parametrize("state", UNSENT)
def test_a_resend_of_what_ran_out_or_came_back_is_queued(state: MessageState) -> None:
    assert portal_status(ChipFacts(INVITED, state)) is PortalStatus.QUEUED
    came_back = ChipFacts(INVITED, state, link_works=True, undelivered=True)
    assert portal_status(came_back) is PortalStatus.QUEUED


@pytest.mark.parametrize(
    ("status", "labels"),
    [
        ("not_invited", []),
        ("queued", ["Resend Invitation", "Change email address…", "Delete"]),
        (
            "invited",
            [
                "Resend Invitation",
                "Copy invitation link",
                "Change email address…",
                "It came back…",
                "Delete",
            ],
        ),
        ("expired", ["Resend Invitation", "Change email address…", "Delete"]),
        ("not_delivered", ["Resend Invitation", "Change email address…", "Delete"]),
        ("active", ["Send password reset link", "Change email address…", "Disable Access"]),
        ("disabled", ["Enable Access"]),
    ],
)
def test_the_three_dots_offer_exactly_this(status: str, labels: list[str]) -> None:
    assert [action.word for action in actions(PortalStatus(status))] == labels
