"""A real SMTP server on loopback, with TLS and login, that keeps what it is handed.

    certificates = make_certificates(tmp_path)
    with MailCatcher(certificates) as catcher:
        session = SmtpTransport().open(catcher.server(), catcher.password)
        ...
        [mail] = catcher.wait_for(1)

`catcher.answer("RCPT", "450 4.2.0 later")` scripts the next answer to MAIL, RCPT, DATA (after the
final dot) or AUTH; `catcher.hang_up_at("DATA")` drops the connection there instead, once.
"""

import asyncio
import ipaddress
import ssl
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from practice_desktop.ports import MailServer
from practice_desktop.vocabulary import Security

HERE = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Certificates:
    """A throwaway authority and one server certificate of it."""

    ca_file: Path
    chain_file: Path
    key_file: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.chain_file, self.key_file)
        return context


def make_certificates(
    folder: Path, *, names: Iterable[str] = HERE, expired: bool = False
) -> Certificates:
    """Make an authority and a certificate for `names` (host names or IP addresses)."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    start, end = now - timedelta(days=30), now + timedelta(days=-1 if expired else 30)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Throwaway authority")])
    ca = (
        x509.CertificateBuilder()
        .subject_name(ca_name)
        .issuer_name(ca_name)
        .public_key(ca_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(now + timedelta(days=60))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server")]))
        .issuer_name(ca_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectAlternativeName([_name(n) for n in names]), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    made = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    made.ca_file.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    made.chain_file.write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    made.key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(**on: bool) -> x509.KeyUsage:
    usages = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{usage: on.get(usage, False) for usage in usages})


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One message as it arrived; `user` is who was signed in, "" for nobody."""

    sender: str
    recipient: str
    content: bytes
    user: str
    options: tuple[str, ...] = ()


def _abort(protocol: SMTP) -> None:
    transport = protocol.transport
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


@dataclass
class _Handler:
    """Called by aiosmtpd on the server's thread; everything shared is under `changed`."""

    mails: list[CaughtMail] = field(default_factory=list)
    attempts: list[tuple[str, str]] = field(default_factory=list)
    script: dict[str, deque[str | None]] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def scripted(self, server: SMTP, command: str) -> str | None:
        with self.changed:
            waiting = self.script.get(command)
            if not waiting:
                return None
            answer = waiting.popleft()
        if answer is None:
            _abort(server)
        return answer or "451 4.3.0 hung up"

    async def handle_MAIL(
        self, server: SMTP, _s: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.scripted(server, "MAIL"):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 sender ok"

    async def handle_RCPT(
        self, server: SMTP, _s: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answer := self.scripted(server, "RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self.scripted(server, "DATA"):
            return answer
        user: object = session.auth_data  # type: ignore[attr-defined,unused-ignore]
        with self.changed:
            for recipient in envelope.rcpt_tos:
                content = envelope.original_content or b""
                options = tuple(envelope.mail_options)
                self.mails.append(
                    CaughtMail(
                        envelope.mail_from or "", recipient, content, str(user or ""), options
                    )
                )
            self.changed.notify_all()
            return f"250 2.0.0 queued as {len(self.mails)}"


class MailCatcher:
    """`user` empty asks for no login. Without `certificates` it speaks in the clear."""

    def __init__(
        self,
        certificates: Certificates | None = None,
        *,
        security: Security = Security.STARTTLS,
        user: str = "office@harbor.example",
        password: str = "pässword, with a ; and a €",
        without: Iterable[str] = (),
        smtputf8: bool = True,
    ) -> None:
        """`without` leaves sign-in mechanisms ("PLAIN", "LOGIN") out."""
        self.host = "127.0.0.1"
        self.port = 0
        self.user = user
        self.password = password
        self._certificates = certificates
        self._security = security if certificates else Security.NONE
        self._without = tuple(without)
        self._smtputf8 = smtputf8
        self._handler = _Handler()
        self._loop = asyncio.new_event_loop()
        self._protocols: list[SMTP] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail catcher")

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def server(self, **changes: Any) -> MailServer:
        """How the program reaches this server."""
        values: dict[str, Any] = {
            "host": self.host,
            "port": self.port,
            "security": self._security,
            "user": self.user,
            "ca_file": str(self._certificates.ca_file) if self._certificates else "",
        }
        return MailServer(**(values | changes))

    @property
    def mails(self) -> list[CaughtMail]:
        with self._handler.changed:
            return list(self._handler.mails)

    @property
    def attempts(self) -> list[tuple[str, str]]:
        """Every user and password that was tried, in order."""
        with self._handler.changed:
            return list(self._handler.attempts)

    def wait_for(self, count: int, seconds: float = 10) -> list[CaughtMail]:
        """All mails, once there are `count`; raises TimeoutError."""
        with self._handler.changed:
            if not self._handler.changed.wait_for(
                lambda: len(self._handler.mails) >= count, seconds
            ):
                raise TimeoutError(f"{len(self._handler.mails)} of {count} mails arrived")
            return list(self._handler.mails)

    def answer(self, command: str, *replies: str) -> None:
        """The next answers to "MAIL", "RCPT", "DATA" (after the dot) or "AUTH"."""
        with self._handler.changed:
            self._handler.script.setdefault(command, deque()).extend(replies)

    def hang_up_at(self, command: str) -> None:
        """Instead of the next answer to `command` (as in `answer`), drop the connection."""
        with self._handler.changed:
            self._handler.script.setdefault(command, deque()).append(None)

    async def _listen(self) -> None:
        # The loop keeps only weak references to its tasks: keep the server here.
        self._server = await self._loop.create_server(
            self._protocol,
            self.host,
            0,
            ssl=self._context() if self._security is Security.TLS else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        self._server.close()
        for protocol in self._protocols:
            _abort(protocol)
        others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_default_executor()

    def _context(self) -> ssl.SSLContext:
        assert self._certificates is not None
        return self._certificates.context()

    def _protocol(self) -> SMTP:
        starttls = self._security is Security.STARTTLS
        protocol = SMTP(
            self._handler,
            hostname="mail.harbor.example",
            enable_SMTPUTF8=self._smtputf8,
            tls_context=self._context() if starttls else None,
            require_starttls=starttls,
            auth_required=bool(self.user) and starttls,
            auth_require_tls=starttls,
            auth_exclude_mechanism=self._without,
            authenticator=self._authenticate,
            loop=self._loop,
        )
        self._protocols.append(protocol)
        return protocol

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        user, password = data.login.decode(), data.password.decode()
        with self._handler.changed:
            self._handler.attempts.append((user, password))
        if answer := self._handler.scripted(server, "AUTH"):
            return AuthResult(success=False, handled=False, message=answer)
        right = (user, password) == (self.user, self.password)
        return AuthResult(success=right, handled=False, auth_data=user if right else None)
