"""The bytes of one e-mail: RFC 5322 and MIME, the same again whenever composed again."""

import hashlib
import re
import secrets
from datetime import UTC, datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime

from practice_desktop.services.mail_templates import Words
from practice_desktop.services.mail_text import one_line

# Message-ID needs a domain (RFC 5322 3.6.4), and neither the practice's nor this computer's is to
# be told by it. ".invalid" is nobody's for good (RFC 2606), and has the dot that filters look for.
_MESSAGE_ID_DOMAIN = "mail.practice-desktop.invalid"

_SHORT = 60
_ATOMS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


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
    head = [
        ("From", _mailbox(sender, sender_name)),
        ("To", _mailbox(recipient)),
        *([("Reply-To", _mailbox(reply_to))] if reply_to else []),
        ("Subject", _text("Subject", words.subject)),
        ("Date", format_datetime(date.astimezone(UTC).replace(microsecond=0))),
        ("Message-ID", message_id),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    written = "".join(f"{name}: {value}\r\n" for name, value in head)
    return written.encode() + _body(words, message_id)


def _body(words: Words, message_id: str) -> bytes:
    """Both parts, with the header fields that say so."""
    body = EmailMessage(policy.SMTP)
    body.set_content(words.text, cte="quoted-printable")
    body.add_alternative(words.html, subtype="html", cte="quoted-printable")
    for part in body.iter_parts():
        del part["MIME-Version"]
    # Quoted-printable writes "=" as "=3D", so that this can stand in neither part.
    body.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    return body.as_bytes()


# What people can name freely is written by hand: EmailMessage folds a long quoted name without its
# quotes (python/cpython issues 80222 and 121284), and what stood inside becomes addresses.


def _mailbox(address: str, name: str = "") -> str:
    local, at, domain = address.rpartition("@")
    if not domain.isascii():
        import idna

        domain = idna.encode(domain, uts46=True).decode("ascii")
    mailbox = one_line(f"{local}{at}{domain}")
    name = one_line(name)
    if not name:
        return mailbox
    if name.isascii() and "=?" not in name and len(name) <= _SHORT:
        if not _ATOMS.fullmatch(name):
            name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
        return f"{name} <{mailbox}>"
    return f"{_encoded('From', name)}\r\n <{mailbox}>"


def _text(header: str, text: str) -> str:
    """Unstructured text, folded; encoded where it is not ASCII or reads as if it were encoded."""
    text = one_line(text)
    if not text.isascii() or "=?" in text or any(len(word) > _SHORT for word in text.split()):
        return _encoded(header, text)
    return Header(text, "us-ascii", header_name=header).encode(linesep="\r\n")


def _encoded(header: str, text: str) -> str:
    """RFC 2047, short enough for its line, no character cut in two."""
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")
