"""What a mail server's refusal means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.ports import (
    Broken,
    MailError,
    NotEncrypted,
    Refused,
    ServerReply,
    Stage,
    Unreachable,
)
from practice_desktop.services.mail_replies import (
    Trouble,
    enhanced_code,
    sort_error,
    sort_reply,
)

GREETING, SIGN_IN, SENDER = Stage.GREETING, Stage.SIGN_IN, Stage.SENDER
RECIPIENT, DATA, BODY, AFTER_DOT = Stage.RECIPIENT, Stage.DATA, Stage.BODY, Stage.AFTER_DOT

REPLIES = [
    # This recipient, for good.
    (RECIPIENT, 550, "5.1.1 user unknown", "recipient", True, "The address does not exist"),
    (RECIPIENT, 550, "no such user here", "recipient", True, "The address does not exist"),
    (RECIPIENT, 553, "5.1.3 not an address", "recipient", True, "The address cannot be right"),
    (AFTER_DOT, 550, "5.1.1 user unknown", "recipient", True, "The address does not exist"),
    (AFTER_DOT, 552, "5.2.2 mailbox full", "recipient", True, "The mailbox is full"),
    (RECIPIENT, 550, "5.2.1 disabled", "recipient", True, "The mailbox takes no mail"),
    (RECIPIENT, 550, "5.4.1 Access denied", "recipient", True, "The address takes no mail"),
    (
        RECIPIENT,
        550,
        "5.7.1 no",
        "recipient",
        True,
        "The mail server does not send to this address",
    ),
    # This recipient, for now.
    (RECIPIENT, 450, "4.2.0 greylisted", "recipient", False, "Mail server busy"),
    (RECIPIENT, 451, "4.7.1 try again", "recipient", False, "Mail server busy"),
    (RECIPIENT, 450, "later", "recipient", False, "Mail server busy"),
    (RECIPIENT, 452, "4.2.2 over quota", "recipient", False, "The mailbox is full"),
    # This message.
    (SENDER, 552, "5.3.4 too big", "message", True, "The message is too big for the mail server"),
    (AFTER_DOT, 552, "too much", "message", True, "The message is too big for the mail server"),
    (AFTER_DOT, 554, "5.7.1 spam", "message", True, "The mail server did not take the message"),
    (AFTER_DOT, 554, "rejected", "message", True, "The mail server did not take the message"),
    (AFTER_DOT, 451, "4.6.0 odd", "message", False, "Mail server busy"),
    (AFTER_DOT, 451, "hm", "message", False, "Mail server busy"),
    (SENDER, 554, "5.6.3 8BITMIME", "message", True, "The mail server did not take the message"),
    # Everybody waits.
    (GREETING, 421, "busy", "busy", False, "Mail server busy"),
    (SENDER, 450, "no", "busy", False, "Mail server busy"),
    (RECIPIENT, 421, "4.3.2 closing", "busy", False, "Mail server busy"),
    (RECIPIENT, 452, "4.3.1 no space", "busy", False, "Mail server busy"),
    (AFTER_DOT, 432, "4.3.2 too many", "busy", False, "Mail server busy"),
    (AFTER_DOT, 451, "4.7.0 rate limited", "busy", False, "Mail server busy"),
    (SIGN_IN, 454, "4.7.0 later", "busy", False, "Mail server busy"),
    # The account.
    (GREETING, 554, "go away", "account", True, "The mail server turns this computer away"),
    (
        SENDER,
        530,
        "5.7.0 STARTTLS",
        "account",
        True,
        "The mail server does not let this account send",
    ),
    (SENDER, 550, "5.7.60 as", "account", True, "The mail server does not let this account send"),
    (SENDER, 553, "not you", "account", True, "The mail server does not let this account send"),
    (RECIPIENT, 554, "5.7.1 Relay access denied", "account", True, None),
    (AFTER_DOT, 554, "5.7.705 tenant", "account", True, None),
    (AFTER_DOT, 550, "5.4.5 Daily quota", "account", True, None),
    (RECIPIENT, 550, "5.7.1 blocked using zen.spamhaus.org", "account", True, None),
    (SIGN_IN, 504, "5.5.4 none", "account", True, None),
    # The password: not said again by itself.
    (SIGN_IN, 535, "5.7.8 bad", "password", True, None),
    (SIGN_IN, 535, "no", "password", True, None),
    (SIGN_IN, 534, "5.7.9 app", "password", True, "The mail server wants an app password"),
    (SIGN_IN, 535, "5.7.139 off", "password", True, None),
]


@pytest.mark.parametrize(("stage", "code", "text", "trouble", "lasting", "line"), REPLIES)
def test_a_reply_is_sorted_by_whose_trouble_it_is(
    stage: Stage, code: int, text: str, trouble: str, lasting: bool, line: str | None
) -> None:
    verdict = sort_reply(ServerReply(code, text), stage)
    assert (verdict.trouble, verdict.lasting) == (trouble, lasting)
    assert line is None or verdict.line == line
    assert verdict.details == f"{code} {text}"
    assert verdict.advice or not lasting


@pytest.mark.parametrize(
    ("error", "trouble", "words"),
    [
        (Unreachable(Stage.FIND, "no such host"), "unreachable", "cannot be reached"),
        (Unreachable(Stage.CONNECT, "refused"), "unreachable", "cannot be reached"),
        (Broken(GREETING, "garbage"), "unreachable", "cannot be reached"),
        (Broken(Stage.ENCRYPT, "hung up"), "unreachable", "cannot be reached"),
        (Broken(SENDER, "hung up"), "busy", "connection broke"),
        (Broken(BODY, "hung up"), "busy", "connection broke"),
        (
            NotEncrypted(Stage.ENCRYPT, "the server does not offer STARTTLS"),
            "account",
            "encryption",
        ),
        (NotEncrypted(Stage.ENCRYPT, "certificate: expired"), "account", "prove"),
        (NotEncrypted(Stage.ENCRYPT, "without encryption only"), "account", "only spoken to"),
    ],
)
def test_a_broken_conversation_is_sorted_too(error: MailError, trouble: str, words: str) -> None:
    verdict = sort_error(error)
    assert verdict.trouble == trouble
    assert words in verdict.line


def test_a_code_of_another_class_than_the_reply_is_not_believed() -> None:
    assert enhanced_code(ServerReply(451, "5.1.1 confused")) == ""
    assert enhanced_code(ServerReply(550, "5.01.001 unusual")) == "1.1"
    assert enhanced_code(ServerReply(550, "see 5.1.1 for more")) == ""


@given(
    st.sampled_from(list(Stage)),
    st.integers(400, 599),
    st.text(max_size=60)
    | st.from_regex(r"[45]\.[0-9]{1,3}\.[0-9]{1,3} [a-z ]{0,20}", fullmatch=True),
)
def test_whatever_a_server_says_gets_a_sentence(stage: Stage, code: int, text: str) -> None:
    verdict = sort_error(Refused(stage, ServerReply(code, text)))
    assert verdict.line
    assert not verdict.line.endswith(".")
    if code < 500 and verdict.trouble is not Trouble.ACCOUNT:
        assert not verdict.lasting
