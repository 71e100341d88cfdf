"""What a mail server's refusal means: whose trouble it is, in an office's words.

Enhanced status codes (RFC 3463, with the registry of RFC 5248) are heard first, then the stage
and the three digits. A code stands for what providers use it for: Google's list of SMTP errors
(support.google.com/a/answer/3726730) and Microsoft's of non-delivery reports
(learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from practice_desktop.ports import MailError, NotEncrypted, Refused, ServerReply, Stage, Unreachable


class Trouble(StrEnum):
    """Whose: this recipient's, this message's, the account's, its password's, or the server is
    busy or breaks off, which holds up everybody.
    """

    RECIPIENT = "recipient"
    MESSAGE = "message"
    ACCOUNT = "account"
    PASSWORD = "password"
    BUSY = "busy"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`line` says what happened, `advice` what to do, `details` what the server said."""

    trouble: Trouble
    lasting: bool
    line: str
    advice: str = ""
    details: str = ""


_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_RELAY = re.compile(r"\brelay(ing)?\b", re.IGNORECASE)
_BLOCKED = re.compile(r"block ?list|black ?list|spamhaus|\bDNSBL\b|banned", re.IGNORECASE)

_CHECK_ADDRESS = "Check it with the client, then choose Change email address…"
_OTHER_WAY = "Ask the client for another address, or call."
_CHECK_ACCOUNT = "Check the mail account under Settings > Email."
_ASK_PROVIDER = "Ask your mail provider, and choose Try now when it is mended."
_APP_PASSWORD = "Make an app password at your provider and save it under Settings > Email."
_MICROSOFT = (
    "Ask your administrator to allow authenticated SMTP for this mailbox, or set up another "
    "account under Settings > Email."
)

_NO_SUCH_ADDRESS = "The address does not exist"
_NO_SUCH_DOMAIN = "The part of the address after the @ does not exist"
_FULL = "The mailbox is full"
_TOO_BIG = "The message is too big for the mail server"
_BUSY = "Mail server busy"
_NOT_TAKEN = "The mail server did not take the message"
_PASSWORD = "The mail server did not accept the user name or password"
_QUOTA = "The mail account has sent as much as it may for now"
_TURNED_AWAY = "The mail server does not let this account send"

_RECIPIENT_CODES = {
    "1.1": (_NO_SUCH_ADDRESS, _CHECK_ADDRESS),
    "1.2": (_NO_SUCH_DOMAIN, _CHECK_ADDRESS),
    "1.3": ("The address cannot be right", _CHECK_ADDRESS),
    "1.6": ("The mailbox has moved", _CHECK_ADDRESS),
    "1.10": (_NO_SUCH_ADDRESS, _CHECK_ADDRESS),
    "2.1": ("The mailbox takes no mail", _OTHER_WAY),
    "2.2": (_FULL, _OTHER_WAY),
    "4.1": ("The address takes no mail", _CHECK_ADDRESS),
    "4.4": (_NO_SUCH_DOMAIN, _CHECK_ADDRESS),
    "6.7": (
        "The mail server cannot send to an address with letters like these",
        _OTHER_WAY,
    ),
}
_ACCOUNT_CODES = {
    "1.7": (_TURNED_AWAY, _CHECK_ACCOUNT),
    "1.8": (_TURNED_AWAY, _ASK_PROVIDER),
    "1.90": (_QUOTA, "It goes on by itself."),
    "2.252": (_TURNED_AWAY, _CHECK_ACCOUNT),
    "4.5": (_QUOTA, "It goes on by itself."),
    "7.3": (_PASSWORD, _CHECK_ACCOUNT),
    "7.8": (_PASSWORD, _CHECK_ACCOUNT),
    "7.9": ("The mail server wants an app password", _APP_PASSWORD),
    "7.11": ("The mail server wants encryption", _CHECK_ACCOUNT),
    "7.14": ("The mail server wants an app password", _APP_PASSWORD),
    "7.30": ("Microsoft does not let this account sign in with a password", _MICROSOFT),
    "7.57": (_TURNED_AWAY, _CHECK_ACCOUNT),
    "7.60": (_TURNED_AWAY, _CHECK_ACCOUNT),
    "7.139": ("Microsoft does not let this account sign in with a password", _MICROSOFT),
}
_MICROSOFT_POLICY = range(500, 800)


def sort_error(error: MailError) -> Verdict:
    """What became of a conversation that ended before the message was taken."""
    if isinstance(error, Refused):
        return sort_reply(error.reply, error.stage)
    details = str(error)
    if isinstance(error, NotEncrypted):
        return _not_encrypted(error, details)
    if isinstance(error, Unreachable) or error.stage in (
        Stage.GREETING,
        Stage.ENCRYPT,
        Stage.SIGN_IN,
    ):
        return Verdict(Trouble.UNREACHABLE, False, "The mail server cannot be reached", "", details)
    return Verdict(Trouble.BUSY, False, "The connection broke", "", details)


def sort_reply(reply: ServerReply, stage: Stage) -> Verdict:
    """What a 4yz or 5yz reply at `stage` means."""
    lasting = reply.code >= 500
    code = enhanced_code(reply)
    details = str(reply)
    if stage is Stage.SIGN_IN:
        return _sign_in(reply, code, details)
    if reply.code in (530, 534, 535, 538):
        line, advice = _ACCOUNT_CODES.get(code, (_TURNED_AWAY, _CHECK_ACCOUNT))
        return Verdict(Trouble.ACCOUNT, True, line, advice, details)
    if not lasting:
        return Verdict(*_temporary(reply, code, stage), "", details)
    if code in _ACCOUNT_CODES:
        return Verdict(Trouble.ACCOUNT, True, *_ACCOUNT_CODES[code], details)
    if _is_policy(code) or _BLOCKED.search(reply.text):
        return Verdict(Trouble.ACCOUNT, True, _TURNED_AWAY, _ASK_PROVIDER, details)
    if stage is Stage.RECIPIENT and _RELAY.search(reply.text):
        return Verdict(Trouble.ACCOUNT, True, _TURNED_AWAY, _CHECK_ACCOUNT, details)
    if code in ("3.4", "2.3") or (reply.code == 552 and code not in _RECIPIENT_CODES):
        return Verdict(Trouble.MESSAGE, True, _TOO_BIG, _OTHER_WAY, details)
    return _lasting(code, stage, details)


def enhanced_code(reply: ServerReply) -> str:
    """Subject and detail ("1.1" of "5.1.1"), or "" where there is none of the reply's class."""
    found = _ENHANCED.match(reply.text)
    if found is None or found[1] != str(reply.code)[0]:
        return ""
    return f"{int(found[2])}.{int(found[3])}"


def _lasting(code: str, stage: Stage, details: str) -> Verdict:
    subject = code.partition(".")[0]
    if stage is Stage.SENDER and subject != "6":
        return Verdict(Trouble.ACCOUNT, True, _TURNED_AWAY, _CHECK_ACCOUNT, details)
    if stage in (Stage.GREETING, Stage.ENCRYPT):
        return Verdict(
            Trouble.ACCOUNT,
            True,
            "The mail server turns this computer away",
            _ASK_PROVIDER,
            details,
        )
    if code in _RECIPIENT_CODES:
        return Verdict(Trouble.RECIPIENT, True, *_RECIPIENT_CODES[code], details)
    if stage is Stage.RECIPIENT and (not code or subject in "12"):
        return Verdict(Trouble.RECIPIENT, True, _NO_SUCH_ADDRESS, _CHECK_ADDRESS, details)
    if stage is Stage.RECIPIENT:
        line = "The mail server does not send to this address"
        return Verdict(Trouble.RECIPIENT, True, line, _OTHER_WAY, details)
    return Verdict(Trouble.MESSAGE, True, _NOT_TAKEN, _ASK_PROVIDER, details)


def _temporary(reply: ServerReply, code: str, stage: Stage) -> tuple[Trouble, bool, str]:
    subject = code.partition(".")[0]
    if code == "2.2":
        return Trouble.RECIPIENT, False, _FULL
    everybody = (
        reply.code in (421, 432)
        or stage in (Stage.GREETING, Stage.ENCRYPT, Stage.SENDER)
        or subject in ("3", "4", "5")
        or (subject == "7" and stage is not Stage.RECIPIENT)
    )
    if everybody:
        return Trouble.BUSY, False, _BUSY
    return (Trouble.RECIPIENT if stage is Stage.RECIPIENT else Trouble.MESSAGE), False, _BUSY


def _sign_in(reply: ServerReply, code: str, details: str) -> Verdict:
    if reply.code < 500:
        return Verdict(Trouble.BUSY, False, _BUSY, "", details)
    if reply.code == 504:
        line = "The mail server offers no way to sign in with a password"
        return Verdict(Trouble.ACCOUNT, True, line, _CHECK_ACCOUNT, details)
    if reply.code == 534 or "app-specific" in reply.text.casefold():
        return Verdict(Trouble.PASSWORD, True, *_ACCOUNT_CODES["7.9"], details)
    line, advice = _ACCOUNT_CODES.get(code, (_PASSWORD, _CHECK_ACCOUNT))
    return Verdict(Trouble.PASSWORD, True, line, advice, details)


def _not_encrypted(error: NotEncrypted, details: str) -> Verdict:
    if "certificate" in error.text.casefold():
        line = "The mail server could not prove that it is the right one"
        advice = (
            "Check the date of this computer and the server's name under Settings > Email, or ask "
            "your mail provider: its certificate may have run out."
        )
    elif "without encryption" in error.text:
        line = "A mail server on another computer is only spoken to encrypted"
        advice = _CHECK_ACCOUNT
    else:
        line = "The mail server offers no encryption"
        advice = _CHECK_ACCOUNT
    return Verdict(Trouble.ACCOUNT, True, line, advice, details)


def _is_policy(code: str) -> bool:
    subject, _, detail = code.partition(".")
    return subject == "7" and int(detail) in _MICROSOFT_POLICY
