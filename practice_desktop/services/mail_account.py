"""The SMTP account that mail leaves through, and the test that says step by step what happened."""

from collections.abc import Callable
from dataclasses import dataclass

from practice_desktop.models.database import Database
from practice_desktop.ports import MailTransport, SecretStore
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.vocabulary import Security


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider's settings and, in one sentence, what it needs."""

    key: str
    name: str
    host: str
    port: int
    security: Security
    advice: str


@dataclass(frozen=True, slots=True)
class MailAccountRow:
    """`has_password` is None while the password store has not been asked."""

    preset: str
    host: str
    port: int
    security: Security
    user: str
    from_address: str
    sender_name: str = ""
    reply_to: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class TestStep:
    """One line of *Send test message*: what was tried, whether it worked, and why not."""

    title: str
    done: bool
    sentence: str = ""
    details: str = ""


class MailAccount:
    """Reading and writing the password may wait for the password store: off the UI thread."""

    def __init__(
        self,
        database: Database,
        history: History,
        clock: Clock,
        secrets: SecretStore,
        transport: MailTransport,
    ) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._secrets = secrets
        self._transport = transport

    def presets(self) -> tuple[Preset, ...]:
        """Gmail, iCloud, Fastmail, Microsoft 365, Outlook.com, other."""
        raise NotImplementedError

    def load(self) -> MailAccountRow | None:
        """The account, or None while there is none."""
        raise NotImplementedError

    def save(self, account: MailAccountRow, password: str | None) -> None:
        """Keep the account, and the password where one is given (None leaves the stored one).

        Raises InvalidInput (field named as the attribute), PasswordStoreProblem; then nothing is
        changed. Saving sets a stopped account going again.
        """
        raise NotImplementedError

    def password(self) -> str | None:
        """The password from the store. Raises PasswordStoreProblem."""
        raise NotImplementedError

    def send_test(self, recipient: str, on_step: Callable[[TestStep], None]) -> bool:
        """Send a test message now; `on_step` hears found server, encrypted, signed in, accepted.

        Runs on the caller's thread; returns whether the server accepted it.
        """
        raise NotImplementedError
