"""E-mail addresses: whether one can exist, how two compare, what a slip probably meant."""

import unicodedata
from difflib import get_close_matches
from functools import lru_cache

from practice_desktop.errors import InvalidInput

_COMMON_DOMAINS = (
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "mail.com",
    "gmx.com",
    "gmx.net",
    "ymail.com",
    "comcast.net",
    "verizon.net",
    "att.net",
    "sbcglobal.net",
    "cox.net",
    "proton.me",
    "protonmail.com",
    "fastmail.com",
    "zoho.com",
)
_ENDINGS = {
    "con": "com",
    "cmo": "com",
    "ocm": "com",
    "comm": "com",
    "vom": "com",
    "cim": "com",
    "nte": "net",
    "ent": "net",
    "ogr": "org",
    "orgg": "org",
}
_CLOSE_ENOUGH = 0.84


def check_address(text: str, field: str = "email") -> str:
    """The address in its usual spelling. Raises InvalidInput with a sentence for the field.

    Syntax only, after RFC 5321 and 6531 by way of email-validator: nothing is looked up, so that
    it works offline.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(
            text.strip(), check_deliverability=False, test_environment=True
        ).normalized
    except EmailNotValidError as error:
        reason = str(error).rstrip(".")
        reason = f"{reason[:1].lower()}{reason[1:]}"
        sentence = f"This is not an e-mail address that can exist: {reason}."
        raise InvalidInput(field, sentence) from error


def address_key(address: str) -> str:
    """The address folded for comparison: two spellings of one mailbox give one key.

    Case is folded on both sides of the @: providers that tell mailboxes apart by case have not
    been met, and two clients whose addresses differ by case alone would be one slip.
    """
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    if not domain.isascii():
        import idna

        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError:
            domain = domain.casefold()
    return f"{local.casefold()}{at}{domain.casefold()}"


@lru_cache(maxsize=512)
def suggest_address(text: str) -> str | None:
    """What was probably meant ('gmial.com' to 'gmail.com'), or None. Never applied by itself."""
    local, at, domain = text.strip().rpartition("@")
    folded = domain.casefold()
    if not at or not local or "." not in folded or folded in _COMMON_DOMAINS:
        return None
    name, _, ending = folded.rpartition(".")
    mended = f"{name}.{_ENDINGS.get(ending, ending)}"
    close = get_close_matches(mended, _COMMON_DOMAINS, n=1, cutoff=_CLOSE_ENOUGH)
    if close:
        mended = close[0]
    return f"{local}@{mended}" if mended != folded else None
