"""One conversation with a mail server after RFC 5321, so that every failure has its stage.

smtplib writes commands and reads replies; encrypting, signing in and the moment before the final
dot are done here, because smtplib offers no hold on them.
"""

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import NoReturn, Self

from practice_desktop.gateways.mail_connection import Lines, a_label, own_name, words
from practice_desktop.ports import Broken, Envelope, NotEncrypted, Refused, ServerReply, Stage

_BLOCK = 64 * 1024
_LINE_LIMIT = 500  # RFC 5321 4.5.3.1.4: 512 octets, less the command's own words
_TEXT_LIMIT = 1000
_UNSPEAKABLE = re.compile(r"[\x00-\x20\x7f-\x9f<>\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_STUFFED = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait, at most, for one step.

    RFC 5321 4.5.3.2 asks for 5 minutes for greeting, MAIL and RCPT, 2 for DATA, 3 for a block of
    the body and 10 after the final dot, where giving up early sends twice. Before MAIL nothing is
    at stake and a person may be watching, so the conversation's opening gets one minute a step.
    """

    connect: float = 30
    opening: float = 60
    command: float = 300
    data: float = 120
    block: float = 180
    after_dot: float = 600
    goodbye: float = 3


class SmtpSession:
    """Fulfils ports.MailSession: one conversation, used by one thread."""

    def __init__(self, sock: socket.socket, timeouts: Timeouts) -> None:
        self._timeouts = timeouts
        self._secrets: tuple[str, ...] = ()
        self._smtp = smtplib.SMTP(local_hostname=own_name(sock))
        self._attach(sock)
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say QUIT and wait a moment for the answer; never raises."""
        if not self._over:
            with suppress(OSError, smtplib.SMTPException, ValueError):
                self._lines.wait_until(self._timeouts.goodbye)
                self._smtp.docmd("QUIT")
        self.drop()

    def drop(self) -> None:
        """Hang up without a word."""
        self._over = True
        with suppress(OSError):
            self._smtp.close()
        with suppress(OSError):
            self._sock.close()

    def greet(self) -> str:
        reply = self._reply(Stage.GREETING, self._timeouts.opening)
        self._expect(Stage.GREETING, reply, 220)
        self.introduce(Stage.GREETING)
        return reply.text

    def introduce(self, stage: Stage) -> None:
        """EHLO, after which the server's extensions are known."""
        self._lines.wait_until(self._timeouts.opening)
        try:
            answer = self._smtp.ehlo()
        except (OSError, smtplib.SMTPException) as error:
            self._break(stage, error)
        self._expect(stage, self._checked(stage, answer), 250)

    def start_tls(self) -> None:
        """Raises NotEncrypted where the server does not offer it: nothing more is said then."""
        if not self._smtp.has_extn("starttls"):
            raise NotEncrypted(Stage.ENCRYPT, "the server does not offer STARTTLS")
        reply = self._ask(Stage.ENCRYPT, "STARTTLS", self._timeouts.opening)
        if reply.code != 220:
            raise NotEncrypted(Stage.ENCRYPT, str(reply))

    def encrypt(self, context: ssl.SSLContext, host: str) -> str:
        """Wrap the connection and forget all that was said in the clear (RFC 3207 4.2)."""
        self._sock.settimeout(self._timeouts.opening)
        try:
            secured = context.wrap_socket(self._sock, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise NotEncrypted(Stage.ENCRYPT, f"certificate: {error.verify_message}") from error
        except ssl.SSLEOFError as error:
            raise Broken(Stage.ENCRYPT, "the server hung up") from error
        except ssl.SSLError as error:
            raise NotEncrypted(Stage.ENCRYPT, error.reason or str(error)) from error
        except (OSError, ValueError) as error:
            raise Broken(Stage.ENCRYPT, words(error)) from error
        self._attach(secured)
        self._smtp.ehlo_resp = None
        self._smtp.esmtp_features = {}
        self._smtp.does_esmtp = False
        return secured.version() or "TLS"

    def sign_in(self, user: str, password: str) -> str:
        """AUTH PLAIN (RFC 4616), or LOGIN where that is all there is; the password goes once."""
        offered = self._smtp.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            token = _base64(f"\0{user}\0{password}")
            self._secrets = (token, _base64(password), password)
            if len(token) <= _LINE_LIMIT:
                reply = self._sign("AUTH PLAIN " + token)
            else:
                self._expect(Stage.SIGN_IN, self._sign("AUTH PLAIN"), 334)
                reply = self._sign(token)
        elif "LOGIN" in offered:
            token = _base64(password)
            self._secrets = (token, password)
            self._expect(Stage.SIGN_IN, self._sign("AUTH LOGIN"), 334)
            self._expect(Stage.SIGN_IN, self._sign(_base64(user)), 334)
            reply = self._sign(token)
        else:
            # As the server would answer (RFC 4954 4), had it been asked for one it lacks.
            names = " ".join(offered) or "none"
            raise Refused(
                Stage.SIGN_IN,
                ServerReply(504, f"5.5.4 no sign-in with a password offered ({names})"),
            )
        self._expect(Stage.SIGN_IN, reply, 235)
        return reply.text

    def hand_over(self, envelope: Envelope, before_final_dot: Callable[[], None]) -> ServerReply:
        """As ports.MailSession says; whatever `before_final_dot` raises ends the session unsent."""
        if self._over:
            raise Broken(Stage.SENDER, "the conversation is over")
        try:
            return self._hand_over(envelope, before_final_dot)
        except Refused as refusal:
            self._start_afresh(refusal)
            raise
        except BaseException:
            self.drop()
            raise

    def _hand_over(self, envelope: Envelope, before_final_dot: Callable[[], None]) -> ServerReply:
        sender = self._path(Stage.SENDER, envelope.sender)
        recipient = self._path(Stage.RECIPIENT, envelope.recipient)
        options = ""
        if not envelope.content.isascii():
            if not self._smtp.has_extn("8bitmime"):
                raise Refused(Stage.SENDER, ServerReply(554, "5.6.3 8BITMIME is not offered"))
            options += " BODY=8BITMIME"
        if not (sender + recipient).isascii():
            options += " SMTPUTF8"
            self._smtp.command_encoding = "utf-8"
        command = self._timeouts.command
        mail = self._ask(Stage.SENDER, f"MAIL FROM:<{sender}>{options}", command)
        self._expect(Stage.SENDER, mail, 250)
        rcpt = self._ask(Stage.RECIPIENT, f"RCPT TO:<{recipient}>", command)
        self._expect(Stage.RECIPIENT, rcpt, 250, 251, 252)
        self._expect(Stage.DATA, self._ask(Stage.DATA, "DATA", self._timeouts.data), 354)

        body = _STUFFED.sub(b"..", envelope.content)
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        for start in range(0, len(body), _BLOCK):
            self._write(Stage.BODY, body[start : start + _BLOCK])
        before_final_dot()
        if self._lines.has_ended():
            raise Broken(Stage.BODY, "the server hung up before the message was complete")
        if self._lines.has_spoken():
            # Nothing was asked: it must not be taken for the answer to the dot.
            self._expect(Stage.BODY, self._reply(Stage.BODY, self._timeouts.command))
        self._write(Stage.AFTER_DOT, b".\r\n")
        reply = self._reply(Stage.AFTER_DOT, self._timeouts.after_dot)
        if 200 <= reply.code < 300:
            self._smtp.command_encoding = "ascii"
            return reply
        self._expect(Stage.AFTER_DOT, reply)
        raise AssertionError  # pragma: no cover

    def _start_afresh(self, refusal: Refused) -> None:
        """Leave the refused message behind. 421 hangs up, and inside a body nothing can be said."""
        if refusal.reply.code == 421 or refusal.stage is Stage.BODY:
            self.drop()
            return
        try:
            self._smtp.command_encoding = "ascii"
            done = self._ask(Stage.SENDER, "RSET", self._timeouts.opening).code == 250
        except Broken:
            done = False
        if not done:
            self.drop()

    def _path(self, stage: Stage, address: str) -> str:
        """The address as the envelope takes it: the domain in A-labels, nothing to inject."""
        local, at, domain = address.rpartition("@")
        if not at or not local or not domain or _UNSPEAKABLE.search(address):
            raise Refused(stage, ServerReply(553, "5.1.3 not an address"))
        if not local.isascii() and not self._smtp.has_extn("smtputf8"):
            raise Refused(stage, ServerReply(553, "5.6.7 SMTPUTF8 is not offered"))
        try:
            return f"{local}@{a_label(domain)}"
        except UnicodeError as error:
            raise Refused(stage, ServerReply(553, "5.1.2 not a domain")) from error

    def _attach(self, sock: socket.socket) -> None:
        self._sock = sock
        self._lines = Lines(sock)
        self._smtp.sock = sock
        self._smtp.file = self._lines

    def _sign(self, line: str) -> ServerReply:
        reply = self._ask(Stage.SIGN_IN, line, self._timeouts.opening)
        text = reply.text
        for secret in filter(None, self._secrets):
            text = text.replace(secret, "…")
        return ServerReply(reply.code, text)

    def _ask(self, stage: Stage, line: str, seconds: float) -> ServerReply:
        self._sock.settimeout(seconds)
        try:
            self._smtp.putcmd(line)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._break(stage, error)
        return self._reply(stage, seconds)

    def _write(self, stage: Stage, block: bytes) -> None:
        self._sock.settimeout(self._timeouts.block)
        try:
            self._sock.sendall(block)
        except (OSError, ValueError) as error:
            self._break(stage, error)

    def _reply(self, stage: Stage, seconds: float) -> ServerReply:
        self._lines.wait_until(seconds)
        try:
            answer = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._break(stage, error)
        return self._checked(stage, answer)

    def _checked(self, stage: Stage, answer: tuple[int, bytes]) -> ServerReply:
        code, text = answer
        if not 200 <= code < 600:
            self._break(stage, ValueError("the answer was not SMTP"))
        words = _CONTROL.sub(" ", text.decode("utf-8", errors="replace"))
        return ServerReply(code, words.strip()[:_TEXT_LIMIT])

    def _expect(self, stage: Stage, reply: ServerReply, *codes: int) -> None:
        """Raise unless the code is one of these; what is neither this nor a refusal is Broken."""
        if reply.code in codes:
            return
        if reply.code >= 400:
            raise Refused(stage, reply)
        self._break(stage, ValueError(f"out of turn: {reply}"))

    def _break(self, stage: Stage, error: Exception) -> NoReturn:
        self.drop()
        raise Broken(stage, words(error)) from error


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
