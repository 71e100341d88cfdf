"""The test message: what is said of each step while it is handed over."""

from collections.abc import Callable
from dataclasses import dataclass

from practice_desktop.ports import (
    Envelope,
    MailError,
    MailServer,
    MailTransport,
    Stage,
    Unreachable,
)
from practice_desktop.services.mail_replies import sort_error

FOUND, ENCRYPTED, SIGNED_IN, ACCEPTED = TEST_STEPS = (
    "Found server",
    "Encrypted",
    "Signed in",
    "Accepted",
)
_STEP_DONE_AT = {Stage.CONNECT: FOUND, Stage.ENCRYPT: ENCRYPTED, Stage.SIGN_IN: SIGNED_IN}

_SKIPPED = {
    ENCRYPTED: "Not encrypted: this mail server is on this very computer.",
    SIGNED_IN: "Nobody signs in: the account has no user.",
}


@dataclass(frozen=True, slots=True)
class TestStep:
    """One line of *Send test message*: what was tried, whether it worked, and why not.

    `skipped` steps went well because this account does without them.
    """

    __test__ = False

    title: str
    done: bool
    sentence: str = ""
    details: str = ""
    skipped: bool = False


def run_test(
    transport: MailTransport,
    server: MailServer,
    password: str,
    envelope: Envelope,
    on_step: Callable[[TestStep], None],
) -> bool:
    """Hand `envelope` over; each of TEST_STEPS is told once, in order, until one fails."""
    left = list(TEST_STEPS)

    def tell_up_to(title: str, words: str) -> None:
        while title in left:
            step = left.pop(0)
            if step == title or step not in _SKIPPED:
                on_step(TestStep(step, True, details=words))
            else:
                on_step(TestStep(step, True, _SKIPPED[step], skipped=True))

    def hear(stage: Stage, words: str) -> None:
        if stage in _STEP_DONE_AT:
            tell_up_to(_STEP_DONE_AT[stage], words)

    try:
        with transport.open(server, password, hear) as session:
            reply = session.hand_over(envelope, _say_nothing)
    except MailError as error:
        on_step(TestStep(left[0], False, _sentence(error, server), str(error)))
        return False
    tell_up_to(ACCEPTED, str(reply))
    return True


def _sentence(error: MailError, server: MailServer) -> str:
    if isinstance(error, Unreachable):
        if error.stage is Stage.FIND:
            return (
                f"No mail server named {server.host} was found. Check the host, and whether this "
                "computer is online."
            )
        return (
            f"{server.host} does not answer on port {server.port}. Check the port, and whether "
            "a firewall is in the way."
        )
    verdict = sort_error(error)
    return f"{verdict.line}. {verdict.advice or 'Wait a little, then try again.'}"


def _say_nothing() -> None:
    pass
