"""The four steps, each told once, against a real server on loopback."""

import socket
from pathlib import Path

import pytest

from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.ports import Envelope, MailServer
from practice_desktop.services.mail_trial import TEST_STEPS, TestStep, run_test
from practice_desktop.vocabulary import Security
from tests.mail_server import Certificates, MailCatcher, make_certificates

MAIL = Envelope("office@harbor.example", "dana@harbor.example", b"Subject: x\r\n\r\nx\r\n")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def steps(server: MailServer, password: str, *, accepted: bool = False) -> list[TestStep]:
    told: list[TestStep] = []
    assert run_test(SmtpTransport(), server, password, MAIL, told.append) is accepted
    assert [step.title for step in told] == list(TEST_STEPS[: len(told)])
    assert all(step.done for step in told[:-1])
    assert told[-1].done is accepted
    return told


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_all_four_steps_are_told_when_the_message_is_accepted(
    certificates: Certificates, security: Security
) -> None:
    with MailCatcher(certificates, security=security) as catcher:
        told = steps(catcher.server(), catcher.password, accepted=True)
        assert len(catcher.mails) == 1
    assert [step.title for step in told] == ["Found server", "Encrypted", "Signed in", "Accepted"]
    assert "TLSv1" in told[1].details
    assert told[3].details == "250 2.0.0 queued as 1"


def test_a_server_on_this_computer_is_told_to_be_unencrypted() -> None:
    with MailCatcher(user="") as catcher:
        told = steps(catcher.server(), "", accepted=True)
    assert [step.skipped for step in told] == [False, True, True, False]
    assert "Not encrypted" in told[1].sentence


def test_a_wrong_password_is_said_at_its_step(certificates: Certificates) -> None:
    with MailCatcher(certificates) as catcher:
        *_, last = steps(catcher.server(), "wrong")
    assert last.title == "Signed in"
    assert "did not accept the user name or password" in last.sentence
    assert "535" in last.details
    assert "wrong" not in last.sentence + last.details


def test_a_certificate_that_is_not_trusted_is_said_at_its_step(tmp_path: Path) -> None:
    with MailCatcher(make_certificates(tmp_path, expired=True)) as catcher:
        *_, last = steps(catcher.server(), catcher.password)
    assert last.title == "Encrypted"
    assert "could not prove that it is the right one" in last.sentence
    assert "expired" in last.details


def test_a_server_without_encryption_is_said_at_its_step() -> None:
    with MailCatcher() as catcher:
        *_, last = steps(catcher.server(security=Security.STARTTLS), catcher.password)
    assert last.title == "Encrypted"
    assert "offers no encryption" in last.sentence


def test_a_refused_recipient_is_said_at_the_last_step(certificates: Certificates) -> None:
    with MailCatcher(certificates) as catcher:
        catcher.answer("RCPT", "550 5.1.1 no such user")
        *_, last = steps(catcher.server(), catcher.password)
    assert last.title == "Accepted"
    assert "The address does not exist" in last.sentence


def test_no_such_host_and_a_closed_port_are_different_sentences() -> None:
    [unknown] = steps(MailServer("no such host", 465, Security.TLS, "u"), "x")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = MailServer("127.0.0.1", taken.getsockname()[1], Security.TLS, "u")
        [closed] = steps(server, "x")
    assert "was found" in unknown.sentence
    assert f"does not answer on port {server.port}" in closed.sentence
