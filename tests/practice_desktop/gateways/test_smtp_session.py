"""Conversations with servers that misbehave, over a pair of sockets."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.gateways.smtp_session import SmtpSession, Timeouts
from practice_desktop.ports import Broken, Envelope, MailError, Refused, ServerReply, Stage

OPENING = [b"220 here\r\n", b"250-here\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n"]
ACCEPTING = [b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"]
QUICK = Timeouts(opening=5, command=5, data=5, block=5, after_dot=0.2, goodbye=0.05)
BODY = b"Subject: x\r\n\r\nbody\r\n"
MAIL = Envelope("office@harbor.example", "jonas@example.se", BODY)


class Server:
    """Answers line by line from a script; `None` hangs up. Collects what it was told."""

    def __init__(self, sock: socket.socket, script: list[bytes | None]) -> None:
        self.heard = b""
        self._sock = sock
        self._script = script
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def wait_for(self, words: bytes) -> bytes:
        """All that was heard, once it ends with `words`."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.heard.endswith(words), 5)
            return self.heard

    def join(self) -> bytes:
        self._thread.join(5)
        return self.heard

    def _serve(self) -> None:
        with self._sock:
            for answer in self._script:
                if answer is None:
                    return
                try:
                    self._sock.sendall(answer)
                except OSError:
                    return
                if not self._hear(b"\r\n.\r\n" if answer.startswith(b"354") else b"\r\n"):
                    return
            self._hear(b"\0never")

    def _hear(self, end: bytes) -> bool:
        """Read until what was heard last ends with `end`."""
        while chunk := self._receive():
            with self._changed:
                self.heard += chunk
                self._changed.notify_all()
            if self.heard.endswith(end):
                return True
        return False

    def _receive(self) -> bytes:
        try:
            return self._sock.recv(65536)
        except OSError:
            return b""


@contextmanager
def conversation(
    *script: bytes | None, timeouts: Timeouts = QUICK
) -> Iterator[tuple[SmtpSession, Server]]:
    here, there = socket.socketpair()
    server = Server(there, list(script))
    session = SmtpSession(here, timeouts)
    try:
        yield session, server
    finally:
        session.close()
        server.join()


def nothing() -> None:
    pass


def hand_over(*answers: bytes | None, act: Callable[[], None] = nothing) -> ServerReply:
    with conversation(*OPENING, *answers) as (session, _):
        session.greet()
        return session.hand_over(MAIL, act)


def failure(*answers: bytes | None) -> MailError:
    with pytest.raises(MailError) as caught:
        hand_over(*answers, b"250 reset\r\n")
    return caught.value


def test_an_accepted_message_brings_the_servers_words() -> None:
    reply = hand_over(*ACCEPTING, b"250-2.0.0 taken\r\n250 as\t42\r\n")
    assert reply == ServerReply(250, "2.0.0 taken as 42")


def test_the_callback_runs_when_all_but_the_dot_is_written() -> None:
    with conversation(*OPENING, *ACCEPTING, b"250 ok\r\n") as (session, server):
        session.greet()
        heard: list[bytes] = []
        session.hand_over(MAIL, lambda: heard.append(server.wait_for(BODY)))
        assert not heard[0].endswith(b"\r\n.\r\n")
        assert server.heard.endswith(BODY + b".\r\n")


class Abandoned(Exception):
    pass


def test_a_callback_that_raises_leaves_the_message_unsent() -> None:
    def abandon() -> None:
        raise Abandoned

    with conversation(*OPENING, *ACCEPTING, b"250 ok\r\n") as (session, server):
        session.greet()
        with pytest.raises(Abandoned):
            session.hand_over(MAIL, abandon)
        with pytest.raises(Broken, match="over"):
            session.hand_over(MAIL, nothing)
        assert not server.join().endswith(b".\r\n")


@pytest.mark.parametrize(
    ("answers", "stage", "kind"),
    [
        ([b"450 4.7.1 later\r\n"], Stage.SENDER, Refused),
        ([b"250 ok\r\n", b"550 5.1.1 unknown\r\n"], Stage.RECIPIENT, Refused),
        ([b"250 ok\r\n", b"250 ok\r\n", b"554 no\r\n"], Stage.DATA, Refused),
        ([*ACCEPTING, b"552 5.2.2 full\r\n"], Stage.AFTER_DOT, Refused),
        ([*ACCEPTING, b"421 4.3.0 bye\r\n"], Stage.AFTER_DOT, Refused),
        ([None], Stage.SENDER, Broken),
        ([b"hello there\r\n"], Stage.SENDER, Broken),
        ([b"354 what\r\n"], Stage.SENDER, Broken),
        ([b"250 ok\r\n", b"\xff\xfe\r\n"], Stage.RECIPIENT, Broken),
        ([b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n"], Stage.DATA, Broken),
    ],
)
def test_a_failure_has_its_stage_and_is_certain(
    answers: list[bytes | None], stage: Stage, kind: type[MailError]
) -> None:
    error = failure(*answers)
    assert (error.stage, type(error), error.certain) == (stage, kind, True)


@pytest.mark.parametrize(
    "answer", [None, b"garbage\r\n", b"25", b"354 more\r\n", b"250" + b"x" * 9000 + b"\r\n"]
)
def test_after_the_dot_only_a_clear_answer_is_certain(answer: bytes | None) -> None:
    error = failure(*ACCEPTING, answer)
    assert (error.stage, type(error), error.certain) == (Stage.AFTER_DOT, Broken, False)


@pytest.mark.parametrize(
    ("words", "kind"),
    [(b"421 4.3.2 shutting down\r\n", Refused), (b"250 ok\r\n", Broken), (b"", Broken)],
)
def test_a_server_that_ends_before_the_dot_has_not_taken_the_message(
    words: bytes, kind: type[MailError]
) -> None:
    here, there = socket.socketpair()
    with there:
        session = SmtpSession(here, QUICK)
        for answer in ACCEPTING:
            there.sendall(answer)

        # All three answers are read as they are asked for; the rest comes out of turn.
        def hang_up() -> None:
            if words:
                there.sendall(words)
            else:
                there.close()

        with pytest.raises(kind) as caught:
            session.hand_over(MAIL, hang_up)
    assert caught.value.stage is Stage.BODY
    assert caught.value.certain
    session.close()


def test_a_refused_message_is_reset_and_421_ends_the_session() -> None:
    with conversation(*OPENING, b"450 later\r\n", b"250 reset\r\n", *ACCEPTING, b"250 ok\r\n") as (
        session,
        server,
    ):
        session.greet()
        with pytest.raises(Refused):
            session.hand_over(MAIL, nothing)
        session.hand_over(MAIL, nothing)
        assert b"RSET\r\n" in server.heard
    with conversation(*OPENING, b"421 bye\r\n") as (session, server):
        session.greet()
        with pytest.raises(Refused):
            session.hand_over(MAIL, nothing)
        with pytest.raises(Broken):
            session.hand_over(MAIL, nothing)


@pytest.mark.parametrize(
    "address",
    ["a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "@c.example", "a@", "a", "a@ü..x"],
)
def test_an_address_cannot_bring_a_command_of_its_own(address: str) -> None:
    with conversation(*OPENING, b"250 reset\r\n") as (session, server):
        session.greet()
        with pytest.raises(Refused):
            session.hand_over(Envelope("a@b.example", address, BODY), nothing)
        assert b"RCPT" not in server.heard


def test_a_body_of_eight_bits_is_announced_or_refused() -> None:
    body = "Subject: x\r\n\r\nä\r\n".encode()
    mail = Envelope(MAIL.sender, MAIL.recipient, body)
    with conversation(*OPENING, *ACCEPTING, b"250 ok\r\n") as (session, server):
        session.greet()
        session.hand_over(mail, nothing)
        assert b"MAIL FROM:<office@harbor.example> BODY=8BITMIME\r\n" in server.heard
    with conversation(b"220 here\r\n", b"250 here\r\n", b"250 reset\r\n") as (session, _):
        session.greet()
        with pytest.raises(Refused, match=r"5\.6\.3"):
            session.hand_over(mail, nothing)


def test_a_server_that_repeats_the_password_does_not_get_it_into_the_reply() -> None:
    def echo(secret: str) -> str:
        with conversation(*OPENING, f"535 5.7.8 what is {secret}?\r\n".encode()) as (session, _):
            session.greet()
            with pytest.raises(Refused) as caught:
                session.sign_in("me", "hunter2")
            return str(caught.value)

    assert echo("hunter2") == echo("AG1lAGh1bnRlcjI=") == "sign_in: 535 5.7.8 what is …?"


def test_a_long_password_is_not_put_on_the_command_line() -> None:
    with conversation(*OPENING, b"334 \r\n", b"235 in\r\n") as (session, server):
        session.greet()
        session.sign_in("me", "p" * 500)
        assert b"AUTH PLAIN\r\n" in server.heard


def test_the_computer_does_not_tell_its_name() -> None:
    with conversation(*OPENING) as (session, server):
        session.greet()
        assert re.search(rb"^EHLO \[[0-9A-Fa-f.:IPv]+\]\r$", server.heard, re.M | re.I)


_LINES = st.lists(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
    | st.sampled_from([".", "..", ".x", ""]),
    max_size=8,
)


@given(_LINES)
def test_any_body_survives_the_dots(lines: list[str]) -> None:
    body = b"X: y\r\n\r\n" + "".join(f"{line}\r\n" for line in lines).encode()
    with conversation(*OPENING, *ACCEPTING, b"250 ok\r\n") as (session, server):
        session.greet()
        session.hand_over(Envelope("a@b.example", "c@d.example", body), nothing)
        sent = server.heard.partition(b"DATA\r\n")[2].partition(b"\r\n.\r\n")[0] + b"\r\n"
    assert b"".join(line.removeprefix(b".") for line in sent.splitlines(True)) == body
