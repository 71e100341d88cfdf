import smtplib
from collections.abc import Iterator
from contextlib import closing

import pytest

from practice_desktop.demo.mail_catcher import HOST, USER, MailCatcher

MESSAGE = (
    b"Subject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n"
)


@pytest.fixture
def catcher() -> Iterator[MailCatcher]:
    made = MailCatcher(unknown=["Gone@example.org"])
    made.start()
    yield made
    made.stop()


def signed_in(catcher: MailCatcher) -> smtplib.SMTP:
    session = smtplib.SMTP(HOST, catcher.port, timeout=10)
    session.login(USER, catcher.password)
    return session


def test_what_is_handed_over_is_kept_as_it_came(catcher: MailCatcher) -> None:
    heard: list[int] = []
    catcher.on_caught = lambda: heard.append(len(catcher.mails))
    with closing(signed_in(catcher)) as session:
        session.sendmail(USER, ["Ada@example.org"], MESSAGE)
    [mail] = catcher.mails_to("ada@example.org")
    assert mail.content == MESSAGE
    assert mail.message()["Subject"] == "Hello"
    assert mail.part("plain").strip() == "Grüße"
    assert mail.part("html") == ""
    assert heard == [1]


def test_an_unknown_recipient_is_refused_for_good(catcher: MailCatcher) -> None:
    with (
        closing(signed_in(catcher)) as session,
        pytest.raises(smtplib.SMTPRecipientsRefused) as refused,
    ):
        session.sendmail(USER, ["gone@example.org"], MESSAGE)
    [(code, _words)] = refused.value.recipients.values()
    assert code == 550
    assert catcher.mails == ()


def test_nobody_sends_without_signing_in(catcher: MailCatcher) -> None:
    with closing(smtplib.SMTP(HOST, catcher.port, timeout=10)) as session:
        with pytest.raises(smtplib.SMTPSenderRefused):
            session.sendmail(USER, ["ada@example.org"], MESSAGE)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            session.login(USER, "guessed")


def test_it_can_be_stopped_and_started_again_on_its_port(catcher: MailCatcher) -> None:
    with closing(signed_in(catcher)) as session:
        session.sendmail(USER, ["ada@example.org"], MESSAGE)
    catcher.stop()
    with pytest.raises(OSError, match="refused"):
        smtplib.SMTP(HOST, catcher.port, timeout=10)
    catcher.start()
    signed_in(catcher).close()
    assert len(catcher.mails) == 1
