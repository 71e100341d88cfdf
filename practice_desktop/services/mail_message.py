"""The bytes of one e-mail: RFC 5322 and MIME, the same again whenever composed again."""

import hashlib
import secrets
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from practice_desktop.services.mail_templates import Words
from practice_desktop.services.mail_text import one_line

# Message-ID needs a domain (RFC 5322 3.6.4), and neither the practice's nor this computer's is to
# be told by it. ".invalid" is nobody's for good (RFC 2606), and has the dot that filters look for.
_MESSAGE_ID_DOMAIN = "mail.practice-desktop.invalid"


def new_message_id() -> str:
    """A Message-ID never used before, angle brackets included."""
    return f"<{secrets.token_hex(16)}@{_MESSAGE_ID_DOMAIN}>"


def compose(
    words: Words,
    *,
    sender: str,
    sender_name: str,
    reply_to: str,
    recipient: str,
    message_id: str,
    date: datetime,
) -> bytes:
    """The complete message with CRLF line ends; same arguments, same bytes.

    `words` are finished (Words.with_until). `sender` is the mailbox that signs in; `sender_name`
    empty leaves the bare address, as discreet messages want it. The domains of addresses are
    written in A-labels; a local part outside ASCII makes it a message for SMTPUTF8 (RFC 6532).
    """
    message = EmailMessage(policy.SMTP)
    message["From"] = _address(sender, sender_name)
    message["To"] = _address(recipient)
    if reply_to:
        message["Reply-To"] = _address(reply_to)
    message["Subject"] = one_line(words.subject)
    message["Date"] = date.astimezone(UTC).replace(microsecond=0)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(words.text, cte="quoted-printable")
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    for part in message.iter_parts():
        del part["MIME-Version"]
    # Quoted-printable writes "=" as "=3D", so that this can stand in neither part.
    message.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    local_parts = "".join(address.rpartition("@")[0] for address in (sender, recipient, reply_to))
    return message.as_bytes(policy=policy.SMTP if local_parts.isascii() else policy.SMTPUTF8)


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        import idna

        domain = idna.encode(domain, uts46=True).decode("ascii")
    return Address(one_line(name), local, domain)
