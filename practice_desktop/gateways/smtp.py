"""Conversations with mail servers: found, encrypted, signed in, one step after the other.

All that speaks (smtplib, ssl, email) is loaded at the first conversation: it would cost every
start of the window.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING

from practice_desktop.ports import MailServer, NotEncrypted, Stage, Unreachable
from practice_desktop.vocabulary import Security

if TYPE_CHECKING:
    from practice_desktop.gateways.mail_connection import Place
    from practice_desktop.gateways.smtp_session import SmtpSession, Timeouts


class SmtpTransport:
    """Fulfils ports.MailTransport. Keeps nothing between conversations.

    Certificates are always verified and their host name checked. Where a certificate was not
    accepted, the NotEncrypted that is raised has the ssl.SSLCertVerificationError as its cause.
    """

    def __init__(self, timeouts: Timeouts | None = None) -> None:
        self._timeouts = timeouts

    def open(
        self,
        server: MailServer,
        password: str,
        on_stage: Callable[[Stage, str], None] | None = None,
    ) -> SmtpSession:
        """Connect, encrypt, sign in. `on_stage` hears each stage once it has succeeded.

        Without a user nobody is signed in. Of the ways to sign in that the server offers one is
        chosen and the password is said once. Raises Unreachable, NotEncrypted, Refused, Broken.
        """
        from practice_desktop.gateways.mail_connection import a_label, connect, find, trust
        from practice_desktop.gateways.smtp_session import SmtpSession, Timeouts

        timeouts = self._timeouts or Timeouts()
        tell = on_stage or _say_nothing
        try:
            host = a_label(server.host.strip())
        except UnicodeError as error:
            raise Unreachable(Stage.FIND, "not the name of a server") from error
        places = find(host, server.port)
        tell(Stage.FIND, ", ".join(_numbers(places)))
        if server.security is Security.NONE and not _all_here(places):
            raise NotEncrypted(
                Stage.ENCRYPT, "without encryption only a server on this computer is spoken to"
            )
        context = trust(server.ca_file) if server.security is not Security.NONE else None
        session = SmtpSession(connect(places, timeouts.connect), timeouts)
        try:
            tell(Stage.CONNECT, f"port {server.port}")
            if context is not None and server.security is Security.TLS:
                tell(Stage.ENCRYPT, session.encrypt(context, host))
            tell(Stage.GREETING, session.greet())
            if context is not None and server.security is Security.STARTTLS:
                session.start_tls()
                tell(Stage.ENCRYPT, session.encrypt(context, host))
                session.introduce(Stage.ENCRYPT)
            if server.user:
                tell(Stage.SIGN_IN, session.sign_in(server.user, password))
        except BaseException:
            session.drop()
            raise
        return session


def _say_nothing(stage: Stage, words: str) -> None:
    pass


def _numbers(places: list[Place]) -> list[str]:
    """The IP addresses, without the zone of an IPv6 one."""
    return sorted({str(address[0]).partition("%")[0] for _, address in places})


def _all_here(places: list[Place]) -> bool:
    return all(ipaddress.ip_address(number).is_loopback for number in _numbers(places))
