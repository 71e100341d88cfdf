"""E-mail addresses: whether one can exist, how two compare, what a slip probably meant."""

from functools import cache


def check_address(text: str, field: str = "email") -> str:
    """The address in its usual spelling. Raises InvalidInput with a sentence for the field.

    Syntax only, after RFC 5321 and 6531 by way of email-validator: nothing is looked up, so that
    it works offline.
    """
    raise NotImplementedError


def address_key(address: str) -> str:
    """The address folded for comparison: two spellings of one mailbox give one key."""
    raise NotImplementedError


@cache
def suggest_address(text: str) -> str | None:
    """What was probably meant ('gmial.com' to 'gmail.com'), or None. Never applied by itself."""
    raise NotImplementedError
