"""Against a real GNOME Keyring, in a process of its own; odd stores against stand-ins."""

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringError, KeyringLocked

from practice_desktop.errors import (
    PasswordStoreLocked,
    PasswordStoreMissing,
    PasswordStoreProblem,
)
from practice_desktop.gateways.secrets import KeyringSecretStore
from tests.keyring_daemon import keyring_session

STORE = "from practice_desktop.gateways.secrets import KeyringSecretStore as S; store = S()\n"
PROBLEM = """
from practice_desktop.errors import PasswordStoreProblem
try:
    store.read("smtp-password")
except PasswordStoreProblem as problem:
    print(type(problem).__name__)
"""


UseKeyring = Callable[[KeyringBackend], None]


class BrokenKeyring(KeyringBackend):
    """Raises what it is told to."""

    priority = 1.0

    def __init__(self, error: Exception) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self._error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self._error

    def delete_password(self, service: str, username: str) -> None:
        raise self._error


class PromptDismissedException(Exception):
    """Named as in secretstorage, which not every operating system has."""


@pytest.fixture
def use_keyring(monkeypatch: pytest.MonkeyPatch) -> UseKeyring:
    def use(backend: KeyringBackend) -> None:
        monkeypatch.setattr(keyring.core, "_keyring_backend", backend)

    return use


def test_a_real_store_keeps_gives_and_forgets(tmp_path: Path) -> None:
    with keyring_session(tmp_path) as session:
        printed = session.run(
            STORE
            + 'print(store.read("a")); store.write("a", "pä€ss"); store.write("a", "pä€ss 2")\n'
            + 'print(store.read("a"), store.read("b")); store.delete("a"); store.delete("a")\n'
            + 'print(store.read("a"))'
        )
    assert printed.splitlines() == ["None", "pä€ss 2 None", "None"]


def test_another_process_reads_what_one_wrote(tmp_path: Path) -> None:
    with keyring_session(tmp_path) as session:
        session.run(STORE + 'store.write("root-key", "kept")')
        assert session.run(STORE + 'print(store.read("root-key"))') == "kept\n"


def test_a_locked_real_store_says_that_it_is_locked(tmp_path: Path) -> None:
    with keyring_session(tmp_path) as session:
        session.run(STORE + 'store.write("smtp-password", "kept")')
        session.lock()
        assert session.run(STORE + PROBLEM) == "PasswordStoreLocked\n"


def test_a_computer_without_a_store_says_that_there_is_none(tmp_path: Path) -> None:
    with keyring_session(tmp_path, with_daemon=False) as session:
        assert session.run(STORE + PROBLEM) == "PasswordStoreMissing\n"


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring])
def test_a_store_that_keeps_nothing_is_a_missing_one(
    use_keyring: UseKeyring, kind: Callable[[], KeyringBackend]
) -> None:
    use_keyring(kind())
    store = KeyringSecretStore()
    acts: tuple[Callable[[], object], ...] = (
        lambda: store.read("a"),
        lambda: store.write("a", "b"),
        lambda: store.delete("a"),
    )
    for act in acts:
        with pytest.raises(PasswordStoreMissing, match="no password store"):
            act()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyringLocked("dismissed"), PasswordStoreLocked),
        (PromptDismissedException("dismissed"), PasswordStoreLocked),
        (InitError("Failed to create the collection"), PasswordStoreMissing),
        (KeyringError("Can't get password from keychain"), PasswordStoreProblem),
        (OSError(1312, "no logon session"), PasswordStoreProblem),
    ],
)
def test_each_kind_of_failure_has_its_own_sentence(
    use_keyring: UseKeyring, error: Exception, expected: type[PasswordStoreProblem]
) -> None:
    use_keyring(BrokenKeyring(error))
    with pytest.raises(PasswordStoreProblem) as caught:
        KeyringSecretStore().read("a")
    assert type(caught.value) is expected
    assert "Nothing was changed" in caught.value.sentence
    assert "keyring" not in caught.value.sentence
    assert str(error) in caught.value.details
