"""The practice's root key: what link secrets, content keys and unsent bodies are kept under.

128 bits, made once, kept in the operating system's password store (portal.md, Secrets). What is
sealed stands in the database as a version byte, a 96-bit nonce and AES-256-GCM; the 256-bit
sealing key is HKDF-SHA256 of the root key.
"""

import base64
import secrets
import threading

from sqlalchemy import select

from practice_desktop.errors import Problem
from practice_desktop.models.database import Database
from practice_desktop.models.practice import Practice
from practice_desktop.ports import SecretStore

_BYTES = 16
_NONCE = 12
_VERSION = b"\x01"


class RootKeyMissing(Problem):
    """The database holds sealed things and the password store has no key for them."""


class SealBroken(Problem):
    """Something sealed does not open: it was altered, or sealed under another key."""


class RootKey:
    """Seals and opens. The first use reads the password store and may wait for it: off the UI
    thread; afterwards the key is kept in memory until the program ends.
    """

    def __init__(self, database: Database, store: SecretStore) -> None:
        self._database = database
        self._store = store
        self._lock = threading.Lock()
        self._key: bytes | None = None

    def seal(self, plain: bytes, label: str) -> bytes:
        """`label` says what it is and whose ("link 12"); it must be the same to open it."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        return _VERSION + nonce + AESGCM(self._sealing_key()).encrypt(nonce, plain, label.encode())

    def open(self, sealed: bytes, label: str) -> bytes:
        """Raises RootKeyMissing, SealBroken, PasswordStoreProblem."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self._sealing_key(make=False)
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            if sealed[:1] != _VERSION:
                raise InvalidTag
            return AESGCM(key).decrypt(nonce, body, label.encode())
        except InvalidTag as error:
            raise SealBroken(
                "An encrypted entry of the database cannot be opened. Nothing was changed. "
                "Restore a backup, or delete the invitation and invite again.",
                details=label,
            ) from error

    def _sealing_key(self, *, make: bool = True) -> bytes:
        with self._lock:
            if self._key is None:
                self._key = self._read(make)
            return self._key

    def _read(self, make: bool) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        name = f"root-key {self._practice_key()}"
        stored = self._store.read(name)
        if stored is None:
            if not make or self._sealed_before():
                raise RootKeyMissing(
                    "The password store of this computer holds no key for this practice's data. "
                    "Clients and documents are kept. Sign in as the user who set up the "
                    "practice, or restore the key from its recovery code."
                )
            stored = base64.b32encode(secrets.token_bytes(_BYTES)).decode().rstrip("=")
            self._store.write(name, stored)
        root = base64.b32decode(stored + "=" * (-len(stored) % 8))
        return HKDF(SHA256(), 32, salt=None, info=b"practice desktop sealing key").derive(root)

    def _practice_key(self) -> str:
        with self._database.read() as session:
            return session.scalars(select(Practice.key)).one()

    def _sealed_before(self) -> bool:
        from practice_desktop.models.portal_access import Invitation

        with self._database.read() as session:
            return session.scalars(select(Invitation.id).limit(1)).first() is not None
