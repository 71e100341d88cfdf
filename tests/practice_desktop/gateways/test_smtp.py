"""Whole conversations with a real server on loopback: TLS, STARTTLS, login, certificates."""

import socket
import ssl
from pathlib import Path

import pytest

from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.ports import (
    Envelope,
    MailServer,
    MailTransport,
    NotEncrypted,
    Refused,
    Stage,
    Unreachable,
)
from practice_desktop.vocabulary import Security
from tests.mail_server import Certificates, MailCatcher, make_certificates

MAIL = Envelope(
    "office@harbor.example",
    "jonas@example.se",
    b"From: office@harbor.example\r\nTo: jonas@example.se\r\n\r\n.a dot\r\n..\r\nend\r\n",
)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def hand_over(catcher: MailCatcher, transport: MailTransport | None = None) -> str:
    transport = transport or SmtpTransport()
    with transport.open(catcher.server(), catcher.password) as session:
        return str(session.hand_over(MAIL, lambda: None))


@pytest.mark.parametrize("security", list(Security))
@pytest.mark.parametrize("without", ["", "PLAIN"])
def test_a_message_arrives_as_it_was_written(
    certificates: Certificates, security: Security, without: str
) -> None:
    encrypted = None if security is Security.NONE else certificates
    with MailCatcher(encrypted, security=security, without=[without]) as catcher:
        assert hand_over(catcher) == "250 2.0.0 queued as 1"
        [mail] = catcher.mails
    assert mail.content == MAIL.content
    assert (mail.sender, mail.recipient) == (MAIL.sender, MAIL.recipient)
    assert mail.user == catcher.user
    assert catcher.attempts == [(catcher.user, catcher.password)]


def test_each_stage_is_told_once_it_has_succeeded(certificates: Certificates) -> None:
    heard: list[Stage] = []
    with MailCatcher(certificates) as catcher:
        SmtpTransport().open(
            catcher.server(), catcher.password, lambda stage, words: heard.append(stage)
        ).close()
    assert heard == [Stage.FIND, Stage.CONNECT, Stage.GREETING, Stage.ENCRYPT, Stage.SIGN_IN]


def test_a_wrong_password_is_tried_once(certificates: Certificates) -> None:
    with MailCatcher(certificates) as catcher:
        with pytest.raises(Refused) as caught:
            SmtpTransport().open(catcher.server(), "wrong")
        assert caught.value.stage is Stage.SIGN_IN
        assert caught.value.reply.code == 535
        assert catcher.attempts == [(catcher.user, "wrong")]


def test_a_busy_sign_in_is_a_temporary_refusal(certificates: Certificates) -> None:
    with MailCatcher(certificates) as catcher:
        catcher.answer("AUTH", "454 4.7.0 Temporary authentication failure")
        with pytest.raises(Refused) as caught:
            SmtpTransport().open(catcher.server(), catcher.password)
    assert caught.value.reply.code == 454


def test_a_server_without_a_password_sign_in_is_told_no_password(
    certificates: Certificates,
) -> None:
    with MailCatcher(certificates, without=["PLAIN", "LOGIN"]) as catcher:
        with pytest.raises(Refused, match=r"5\.5\.4") as caught:
            SmtpTransport().open(catcher.server(), catcher.password)
        assert caught.value.stage is Stage.SIGN_IN
        assert catcher.attempts == []


def test_nothing_is_said_in_the_clear_to_a_server_that_should_encrypt() -> None:
    with MailCatcher() as catcher:
        for security in (Security.STARTTLS, Security.TLS):
            with pytest.raises(NotEncrypted) as caught:
                SmtpTransport().open(catcher.server(security=security), catcher.password)
            assert caught.value.stage is Stage.ENCRYPT
        assert catcher.attempts == []
        assert catcher.mails == []


def test_an_unknown_authority_is_not_trusted(certificates: Certificates) -> None:
    with MailCatcher(certificates) as catcher:
        with pytest.raises(NotEncrypted, match="certificate") as caught:
            SmtpTransport().open(catcher.server(ca_file=""), catcher.password)
        assert isinstance(caught.value.__cause__, ssl.SSLCertVerificationError)
        assert catcher.attempts == []


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_for_another_name_is_not_accepted(tmp_path: Path, security: Security) -> None:
    certificates = make_certificates(tmp_path, names=["mail.other.example"])
    with MailCatcher(certificates, security=security) as catcher:
        with pytest.raises(NotEncrypted, match="certificate"):
            SmtpTransport().open(catcher.server(), catcher.password)
        assert catcher.attempts == []


def test_an_expired_certificate_is_not_accepted(tmp_path: Path) -> None:
    with (
        MailCatcher(make_certificates(tmp_path, expired=True)) as catcher,
        pytest.raises(NotEncrypted, match="expired"),
    ):
        SmtpTransport().open(catcher.server(), catcher.password)


def test_a_file_that_is_no_authority_is_said_before_anything_is_sent(
    certificates: Certificates,
) -> None:
    with MailCatcher(certificates) as catcher:
        for file in (certificates.key_file, certificates.ca_file.with_name("missing.pem")):
            with pytest.raises(NotEncrypted, match="authority"):
                SmtpTransport().open(catcher.server(ca_file=str(file)), catcher.password)


def test_without_encryption_only_this_computer_is_spoken_to() -> None:
    server = MailServer("192.0.2.1", 25, Security.NONE, "office")
    with pytest.raises(NotEncrypted, match="this computer"):
        SmtpTransport().open(server, "secret")


def test_no_user_means_no_sign_in() -> None:
    with MailCatcher(user="") as catcher:
        hand_over(catcher)
        assert catcher.attempts == []
        assert [mail.user for mail in catcher.mails] == [""]


@pytest.mark.parametrize("host", ["", "no such host", "ü..example", "a" * 64 + ".example"])
def test_a_name_that_leads_nowhere_is_not_found(host: str) -> None:
    with pytest.raises(Unreachable) as caught:
        SmtpTransport().open(MailServer(host, 9, Security.TLS, "u"), "secret")
    assert caught.value.stage in (Stage.FIND, Stage.CONNECT)


def test_a_closed_port_is_not_connected() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = MailServer("127.0.0.1", taken.getsockname()[1], Security.TLS, "u")
        with pytest.raises(Unreachable) as caught:
            SmtpTransport().open(server, "secret")
    assert caught.value.stage is Stage.CONNECT


def test_an_address_outside_ascii_goes_where_the_server_can_take_it(
    certificates: Certificates,
) -> None:
    mail = Envelope("office@harbor.example", "jürgen@händler.example", MAIL.content)
    with MailCatcher(certificates) as catcher:
        with SmtpTransport().open(catcher.server(), catcher.password) as session:
            session.hand_over(mail, lambda: None)
        [caught] = catcher.mails
    assert caught.recipient == "jürgen@xn--hndler-bua.example"
    assert "SMTPUTF8" in caught.options

    with (
        MailCatcher(certificates, smtputf8=False) as catcher,
        SmtpTransport().open(catcher.server(), catcher.password) as session,
    ):
        with pytest.raises(Refused, match=r"5\.6\.7"):
            session.hand_over(mail, lambda: None)
        session.hand_over(MAIL, lambda: None)
        domain_only = Envelope(mail.sender, "j@händler.example", MAIL.content)
        session.hand_over(domain_only, lambda: None)
        assert [m.recipient for m in catcher.mails][1:] == ["j@xn--hndler-bua.example"]
        assert all("SMTPUTF8" not in m.options for m in catcher.mails)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_the_session_goes_on_after_a_refusal(certificates: Certificates, command: str) -> None:
    with (
        MailCatcher(certificates) as catcher,
        SmtpTransport().open(catcher.server(), catcher.password) as session,
    ):
        catcher.answer(command, "450 4.2.0 later")
        with pytest.raises(Refused, match=r"450 4\.2\.0 later"):
            session.hand_over(MAIL, lambda: None)
        session.hand_over(MAIL, lambda: None)
        assert len(catcher.mails) == 1
