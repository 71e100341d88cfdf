"""The SMTP account that mail leaves through, and the test that says step by step what happened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from sqlalchemy import select

from practice_desktop.errors import InvalidInput, PasswordStoreProblem, StaleEdit
from practice_desktop.models.database import Database
from practice_desktop.models.practice import MailAccount as StoredAccount
from practice_desktop.models.practice import Practice
from practice_desktop.ports import Envelope, MailServer, MailTransport, SecretStore
from practice_desktop.services.addresses import check_address
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import Change, History
from practice_desktop.services.mail_providers import OTHER, PRESETS
from practice_desktop.services.mail_providers import Preset as Preset
from practice_desktop.services.mail_sender import sender_name
from practice_desktop.services.mail_text import one_line
from practice_desktop.services.mail_trial import TEST_STEPS as TEST_STEPS
from practice_desktop.services.mail_trial import TestStep as TestStep
from practice_desktop.services.mail_trial import run_test
from practice_desktop.services.practice import is_loopback
from practice_desktop.vocabulary import Security

NO_PASSWORD = (
    "The password store of this computer is open but holds no password for this mail account. "
    "Messages stay here. Type the password under Settings > Email and save."
)
_LABELS = MappingProxyType(
    {
        "host": "Host",
        "port": "Port",
        "security": "Security",
        "user": "User",
        "from_address": "From address",
        "sender_name": "Sender name",
        "reply_to": "Reply to",
        "ca_file": "Certificate authority file",
    }
)
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class MailAccountRow:
    """The account as it is edited. The password is not here: it is only ever written.

    `user` may be empty for a server on this computer that asks nobody to sign in.
    """

    preset: str
    host: str
    port: int
    security: Security
    user: str
    from_address: str
    sender_name: str = ""
    reply_to: str = ""
    ca_file: str = ""


class MailAccount:
    """Reading and writing the password may wait for the password store: off the UI thread.

    `on_saved` is called after each save, on the thread that saved: mail may leave again.
    """

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
        self.on_saved: Callable[[], None] | None = None

    def presets(self) -> tuple[Preset, ...]:
        """Gmail, iCloud, Fastmail, Microsoft 365, Outlook.com, other."""
        return PRESETS

    def load(self) -> MailAccountRow | None:
        """The account, or None while there is none."""
        with self._database.read() as session:
            stored = session.get(StoredAccount, 1)
            return _row(stored) if stored else None

    def save(
        self,
        account: MailAccountRow,
        password: str | None,
        *,
        edited: MailAccountRow | None = None,
    ) -> None:
        """Keep the account, and the password where one is given (None leaves the stored one).

        Raises InvalidInput (field named as the attribute, or 'password'), PasswordStoreProblem;
        then nothing is changed. With `edited`, the account as it was read before, StaleEdit where
        somebody else changed it since. Saving sets a stopped account going again.
        """
        account = _checked(account)
        before = self.load()
        if edited is not None and before != edited:
            raise StaleEdit(
                "Somebody else changed the mail account in the meantime. Nothing was overwritten. "
                "Note what you typed, open the page again and put it in."
            )
        name = self._password_name(account)
        self._refuse_missing_password(account, before, name, password)
        with self._password_kept(name, password):
            self._store(account, before, new_password=bool(password))
        if before is not None and (old := self._password_name(before)) != name:
            with suppress(PasswordStoreProblem):
                self._secrets.delete(old)
        if self.on_saved is not None:
            self.on_saved()

    def password(self) -> str | None:
        """The password from the store, "" where nobody signs in. Raises PasswordStoreProblem.

        None: the store works and holds none, for which NO_PASSWORD is the sentence.
        """
        account = self.load()
        if account is None:
            return None
        return self._secrets.read(self._password_name(account)) if account.user else ""

    def send_test(self, recipient: str, on_step: Callable[[TestStep], None]) -> bool:
        """Send a test message now; `on_step` hears found server, encrypted, signed in, accepted.

        Runs on the caller's thread; returns whether the server accepted it. Nothing is retried
        and nothing put into the outbox. Raises InvalidInput('recipient').
        """
        recipient = check_address(recipient, "recipient")
        account = self.load()
        if account is None:
            on_step(TestStep(TEST_STEPS[0], False, "There is no mail account yet. Save one first."))
            return False
        try:
            password = self.password()
        except PasswordStoreProblem as problem:
            on_step(TestStep(TEST_STEPS[0], False, problem.sentence, problem.details))
            return False
        if password is None:
            on_step(TestStep(TEST_STEPS[0], False, NO_PASSWORD))
            return False
        server = MailServer(
            account.host, account.port, account.security, account.user, account.ca_file
        )
        envelope = Envelope(account.from_address, recipient, self._test_message(account, recipient))
        return run_test(self._transport, server, password, envelope, on_step)

    def _test_message(self, account: MailAccountRow, recipient: str) -> bytes:
        from practice_desktop.services.mail_message import compose, new_message_id
        from practice_desktop.services.mail_templates import plain_words

        with self._database.read() as session:
            name = sender_name(session, session.get_one(StoredAccount, 1), discreet=False)
        return compose(
            plain_words(
                "Test message from Practice Desktop",
                "This is a test message.\n\nThe mail account works: invitations and "
                "notifications to clients leave through it.",
            ),
            sender=account.from_address,
            sender_name=name,
            reply_to=account.reply_to,
            recipient=recipient,
            message_id=new_message_id(),
            date=self._clock(),
        )

    def _refuse_missing_password(
        self,
        account: MailAccountRow,
        before: MailAccountRow | None,
        name: str,
        password: str | None,
    ) -> None:
        """A password stays with its user and host, and goes to no other."""
        if not account.user:
            return
        if password is not None and (not password or any(c in password for c in "\0\r\n")):
            raise InvalidInput("password", "Type the password of this mail account.")
        same = before is not None and self._password_name(before) == name
        if password is None and not same and self._secrets.read(name) is None:
            raise InvalidInput("password", "Type the password of this mail account.")

    @contextmanager
    def _password_kept(self, name: str, password: str | None) -> Iterator[None]:
        """Write the password first, and put the old one back where the rest fails."""
        if not password:
            yield
            return
        old = self._secrets.read(name)
        self._secrets.write(name, password)
        try:
            yield
        except BaseException:
            with suppress(PasswordStoreProblem):
                if old is None:
                    self._secrets.delete(name)
                else:
                    self._secrets.write(name, old)
            raise

    def _store(
        self, account: MailAccountRow, before: MailAccountRow | None, *, new_password: bool
    ) -> None:
        with self._database.write() as session:
            stored = session.get(StoredAccount, 1)
            if stored is None:
                stored = StoredAccount(id=1)
                session.add(stored)
            for field in fields(MailAccountRow):
                setattr(stored, field.name, getattr(account, field.name))
            stored.stopped_reason = stored.stopped_details = ""
            stored.stopped_at = stored.probe_at = None
            stored.probes = 0
            changes = _changes(before, account)
            if new_password:
                changes.append(Change("Password", "", "(new)"))
            self._history.record(
                session,
                None,
                "mail_account",
                "Changed the mail account" if before else "Set up the mail account",
                changes,
            )

    def _password_name(self, account: MailAccountRow) -> str:
        with self._database.read() as session:
            key = session.scalars(select(Practice.key)).one()
        return f"smtp-password {key} {account.user}@{account.host}"


def _row(stored: StoredAccount) -> MailAccountRow:
    return MailAccountRow(*(getattr(stored, field.name) for field in fields(MailAccountRow)))


def _changes(before: MailAccountRow | None, after: MailAccountRow) -> list[Change]:
    return [
        Change(label, _said(before, name), _said(after, name))
        for name, label in _LABELS.items()
        if _said(before, name) != _said(after, name)
    ]


def _said(account: MailAccountRow | None, name: str) -> str:
    value = "" if account is None else getattr(account, name)
    return value.word if isinstance(value, Security) else str(value)


def _checked(account: MailAccountRow) -> MailAccountRow:
    """The account in its usual spelling. Raises InvalidInput."""
    host = account.host.strip().casefold().removesuffix(".")
    if not host or any(c.isspace() or c in "/@\\?#" for c in host):
        raise InvalidInput("host", "Type the mail server's name, such as smtp.example.com.")
    if not 1 <= account.port <= 65535:
        raise InvalidInput("port", "A port is a number from 1 to 65535; usual are 465 and 587.")
    here = is_loopback(host)
    if account.security is Security.NONE and not here:
        raise InvalidInput(
            "security",
            "Without encryption only a mail server on this computer may be used. Choose TLS or "
            "STARTTLS.",
        )
    user = account.user.strip()
    if not user and not here:
        raise InvalidInput("user", "Type the user name, usually the whole e-mail address.")
    if user != one_line(user):
        raise InvalidInput("user", "The user name holds a character that cannot be typed.")
    reply_to = account.reply_to.strip()
    known = {preset.key for preset in PRESETS}
    return replace(
        account,
        preset=account.preset if account.preset in known else OTHER,
        host=host,
        user=user,
        from_address=check_address(account.from_address, "from_address"),
        sender_name=one_line(account.sender_name)[:_LONGEST_NAME].strip(),
        reply_to=check_address(reply_to, "reply_to") if reply_to else "",
        ca_file=_checked_authority(account.ca_file.strip()),
    )


def _checked_authority(file: str) -> str:
    """The file of certificates that is to be trusted besides the system's."""
    if file:
        import ssl

        try:
            ssl.create_default_context(cafile=file)
        except (OSError, ValueError) as error:
            raise InvalidInput(
                "ca_file",
                "This file holds no certificate that can be read. Choose the provider's PEM file, "
                "or leave it empty.",
            ) from error
    return file
