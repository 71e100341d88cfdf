"""A mail server on loopback that keeps what it is handed and passes nothing on."""

import logging
import secrets
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from practice_desktop.services.clock import Clock, now

HOST = "127.0.0.1"
USER = "office@harbor.example"


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One message as a client's mail program would find it."""

    caught_at: datetime
    recipient: str
    content: bytes

    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def part(self, subtype: str) -> str:
        """The plain or html text, empty where there is none."""
        body = self.message().get_body((subtype,))
        return str(body.get_content()) if body is not None else ""


class MailCatcher:
    """Asks for a login like any provider, and refuses the recipients in `unknown`.

    `on_caught` is called on the server's thread. It can be stopped and started again: its port
    and what it caught stay.
    """

    def __init__(self, unknown: Iterable[str] = (), clock: Clock = now) -> None:
        self.password = secrets.token_urlsafe(12)
        self.port = free_port()
        self.on_caught: Callable[[], None] | None = None
        self._unknown = frozenset(address.casefold() for address in unknown)
        self._clock = clock
        self._lock = threading.Lock()
        self._mails: list[CaughtMail] = []
        self._controller: Controller | None = None
        # aiosmtpd complains at every login of a name that it uses itself.
        logging.getLogger("mail.log").setLevel(logging.ERROR)

    def start(self) -> None:
        if self._controller is None:
            self._controller = Controller(
                self,
                hostname=HOST,
                port=self.port,
                server_hostname="mail.harbor.example",
                authenticator=self._authenticate,
                auth_require_tls=False,
            )
            self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def mails(self) -> tuple[CaughtMail, ...]:
        """In the order of arrival."""
        with self._lock:
            return tuple(self._mails)

    def mails_to(self, address: str) -> list[CaughtMail]:
        return [mail for mail in self.mails if mail.recipient.casefold() == address.casefold()]

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Sign in first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        if address.casefold() in self._unknown:
            return f"550 5.1.1 <{address}>: no such user here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        at = self._clock()
        with self._lock:
            self._mails += [CaughtMail(at, recipient, content) for recipient in envelope.rcpt_tos]
            number = len(self._mails)
        if self.on_caught is not None:
            self.on_caught()
        return f"250 2.0.0 Ok: caught as {number}"

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, login: object
    ) -> AuthResult:
        right = (
            isinstance(login, LoginPassword)
            and login.login.decode() == USER
            and secrets.compare_digest(login.password, self.password.encode())
        )
        return AuthResult(success=right, handled=False)


def free_port() -> int:
    """A port of loopback on which nothing listens just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
