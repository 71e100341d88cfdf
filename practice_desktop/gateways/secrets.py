"""The operating system's password store: Keychain, Credential Manager, Secret Service."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from practice_desktop.errors import (
    PasswordStoreLocked,
    PasswordStoreMissing,
    PasswordStoreProblem,
)

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Practice Desktop"

# They keep nothing, or keep it for everybody to read.
_UNUSABLE_MODULES = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt.")

# By name, because each lives in a library that only one operating system has.
_LOCKED = frozenset(
    {
        "KeyringLocked",
        "LockedException",
        "PromptDismissedException",
        "KeyringDenied",
        "SecAuthFailure",
    }
)
_MISSING = frozenset(
    {"NoKeyringError", "InitError", "SecretServiceNotAvailableException", "ModuleNotFoundError"}
)

_Answer = TypeVar("_Answer")


class KeyringSecretStore:
    """Fulfils ports.SecretStore through `keyring`, which is loaded at the first use.

    PYTHON_KEYRING_BACKEND chooses a store as in keyring itself, but one that keeps secrets in a
    plain file is refused like a missing one: there is no plaintext fallback.
    """

    def read(self, name: str) -> str | None:
        return self._ask(lambda store: store.get_password(SERVICE, name))

    def write(self, name: str, secret: str) -> None:
        self._ask(lambda store: store.set_password(SERVICE, name, secret))

    def delete(self, name: str) -> None:
        def forget(store: KeyringBackend) -> None:
            if store.get_password(SERVICE, name) is not None:
                store.delete_password(SERVICE, name)

        self._ask(forget)

    def _ask(self, question: Callable[[KeyringBackend], _Answer]) -> _Answer:
        try:
            return question(_backend())
        except PasswordStoreProblem:
            raise
        # Every backend has exceptions of its own (pywintypes, D-Bus, Security.framework).
        except Exception as error:
            raise _problem(error) from error


def _backend() -> KeyringBackend:
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    candidates = list(ChainerBackend.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    for backend in candidates:
        if not type(backend).__module__.startswith(_UNUSABLE_MODULES):
            return backend
    raise _missing(f"keyring: {type(chosen).__module__}.{type(chosen).__qualname__}")


def _problem(error: Exception) -> PasswordStoreProblem:
    names = {kind.__name__ for kind in type(error).__mro__}
    details = f"{type(error).__name__}: {error}"
    if names & _LOCKED:
        return PasswordStoreLocked(
            "The password store of this computer is locked. Nothing was changed and nothing is "
            "lost. Unlock it, or sign out of this computer and in again, then try again.",
            details=details,
        )
    if names & _MISSING:
        return _missing(details)
    return PasswordStoreProblem(
        "The password store of this computer did not answer as it should. Nothing was changed. "
        "Try again; if it stays so, restart this computer.",
        details=details,
    )


def _missing(details: str) -> PasswordStoreMissing:
    return PasswordStoreMissing(
        "This computer has no password store that Practice Desktop can use, and passwords are "
        "kept nowhere else. Nothing was changed. Set one up (on Linux, GNOME Keyring or KWallet; "
        "Windows and macOS bring their own) and start the program again.",
        details=details,
    )
