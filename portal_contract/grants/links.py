"""The invitation link and the code that can be typed instead of it.

The secret is 128 random bits, written as 26 characters of RFC 4648 Base32 without padding. It is
the whole fragment of the link, so that it reaches neither a server's log nor a scanner that
follows links: a browser does not send fragments. Two values are derived from it with HKDF-SHA256
(RFC 5869): the token that the page posts and the key that unwraps the content key.

`cryptography` is loaded where it is used: it would cost every start of the desktop.
"""

import base64
import hashlib
import re
import secrets

SECRET_BYTES = 16
CODE_CHARACTERS = 26
PATH = "/i"
_NONCE = 12
_GROUP = 4
_LOOKALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})


class BadCode(ValueError):
    """What was typed is not a code of ours."""


def make_secret() -> bytes:
    """A new link secret, 16 bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def encode_secret(secret: bytes) -> str:
    """The 26 characters that stand in the link."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a link secret has 16 bytes")
    return base64.b32encode(secret).decode().rstrip("=")


def decode_secret(text: str) -> bytes:
    """The secret behind a link's fragment or a typed code, however it was grouped.

    Digits that Base32 does not have are read as the letters they look like. Raises BadCode.
    """
    plain = re.sub(r"[\s\-\u2010-\u2015]", "", text).upper().translate(_LOOKALIKES)
    if not re.fullmatch(rf"[A-Z2-7]{{{CODE_CHARACTERS}}}", plain):
        raise BadCode("a code has 26 letters and digits")
    secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
    if encode_secret(secret) != plain:
        raise BadCode("the last character does not fit")
    return secret


def link(address: str, secret: bytes) -> str:
    """The link: `address` is the portal's, without a slash at its end."""
    return f"{address}{PATH}#{encode_secret(secret)}"


def typed_code(secret: bytes) -> str:
    """The same characters in groups of four, for typing."""
    return group(encode_secret(secret))


def group(code: str) -> str:
    """A code's characters with a dash after every fourth."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def token(secret: bytes) -> bytes:
    """What the page posts to say which link was opened, 32 bytes."""
    return _derive(secret, b"portal link token v1")


def token_hash(secret: bytes) -> str:
    """What the portal keeps of the token: SHA-256, hexadecimal."""
    return hashlib.sha256(token(secret)).hexdigest()


def wrap_content_key(secret: bytes, content_key: bytes, grant_id: str) -> bytes:
    """The grant's content key for whoever holds the link: nonce, then AES-256-GCM."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_wrapping_key(secret)).encrypt(nonce, content_key, _about(grant_id))


def unwrap_content_key(secret: bytes, wrapped: bytes, grant_id: str) -> bytes:
    """Raises cryptography.exceptions.InvalidTag for another link's or grant's key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, body = wrapped[:_NONCE], wrapped[_NONCE:]
    return AESGCM(_wrapping_key(secret)).decrypt(nonce, body, _about(grant_id))


def _wrapping_key(secret: bytes) -> bytes:
    return _derive(secret, b"portal link content key v1")


def _about(grant_id: str) -> bytes:
    return f"content key of grant {grant_id}".encode()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(secret)
