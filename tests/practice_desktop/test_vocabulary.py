import pytest

from practice_desktop.vocabulary import (
    AccessAction,
    ClientFilter,
    DocumentStatus,
    Feature,
    FormGroup,
    MessageState,
    OutboxFilter,
    PortalStatus,
    Relationship,
    Security,
    Word,
)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        (
            PortalStatus,
            "Not invited, Queued, Invited, Expired, Not delivered, Active, Disabled",
        ),
        (
            ClientFilter,
            "All, Needs setup, Not invited, Invited, Waiting for client, Needs attention, Archived",
        ),
        (
            Feature,
            "Secure messages, Appointment requests, Client uploads, Update own details",
        ),
        (
            FormGroup,
            "Intake forms, Consents, Assessments, Questionnaires, Documents, Custom forms",
        ),
        (DocumentStatus, "Requested, Opened, In progress, Completed, Shared, Read"),
        (
            MessageState,
            "Held, Waiting, Sending, Sending, Sent, Not certain, Failed, Cancelled",
        ),
        (OutboxFilter, "To send, Needs attention, Sent, Cancelled"),
        (Security, "TLS, STARTTLS, None"),
        (Relationship, "Parent, Partner, Emergency contact, Other"),
    ],
)
def test_the_words_on_screen_are_exactly_these(words: type[Word], labels: str) -> None:
    assert ", ".join(word.word for word in words) == labels


def test_every_word_that_needs_a_second_line_has_one() -> None:
    assert all(feature.description for feature in Feature)
    assert all(group.singular for group in FormGroup)
    assert all(action.word for action in AccessAction)
