"""Checks many e-mail addresses as `addresses.check_address` does, without paying for each."""

import re

from practice_desktop.errors import InvalidInput
from practice_desktop.services.addresses import address_key, check_address

# The part that check_address leaves as it is and that cannot be wrong, RFC 5322's dot-atom without
# its rarer signs. Everything else goes the long way.
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_+\-]+(?:\.[A-Za-z0-9_+\-]+)*")
_PLAIN_DOMAIN = re.compile(r"[A-Za-z0-9.\-]+")
# Mailboxes whose case email-validator folds.
_RFC_2142 = (
    "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster "
    "www uucp ftp"
)
_RESERVED = frozenset(_RFC_2142.split())
_LONGEST_LOCAL = 64
_LONGEST = 200


class AddressCheck:
    """Remembers each domain's verdict, because a list of clients holds a few thousand domains."""

    def __init__(self) -> None:
        self._domains: dict[str, tuple[str, str] | None] = {}

    def __call__(self, text: str) -> tuple[str, str]:
        """The address in its usual spelling, and its key. Raises InvalidInput."""
        local, at, domain = text.rpartition("@")
        if (
            not at
            or len(local) > _LONGEST_LOCAL
            or len(text) > _LONGEST
            or not _PLAIN_LOCAL.fullmatch(local)
            or not _PLAIN_DOMAIN.fullmatch(domain)
            or local.lower() in _RESERVED
        ):
            address = check_address(text)
            return address, address_key(address)
        try:
            known = self._domains[domain]
        except KeyError:
            known = self._domains[domain] = _judge_domain(domain)
        if known is None:
            address = check_address(text)
            return address, address_key(address)
        usual, key = known
        return f"{local}@{usual}", f"{local.lower()}@{key}"


def _judge_domain(domain: str) -> tuple[str, str] | None:
    """The domain as an address and as a key write it, None where no address can have it."""
    try:
        address = check_address(f"a@{domain}")
    except InvalidInput:
        return None
    return address.removeprefix("a@"), address_key(address).removeprefix("a@")
