"""Whether everything that an invitation needs is in order, one sentence each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from practice_desktop.errors import PasswordStoreProblem, Problem
from practice_desktop.models.database import Database
from practice_desktop.models.portal_access import Invitation
from practice_desktop.ports import (
    DiskEncryption,
    MailError,
    MailServer,
    MailTransport,
    SecretStore,
)
from practice_desktop.services.mail_account import NO_PASSWORD, MailAccount, MailAccountRow
from practice_desktop.services.mail_obstacle import leads_nowhere
from practice_desktop.services.mail_replies import sort_error
from practice_desktop.services.practice import Practice
from practice_desktop.services.root_key import RootKey, RootKeyMissing, SealBroken

PROBE = "doctor"


@dataclass(frozen=True, slots=True)
class Finding:
    """`good` is None where it cannot be told; `details` holds the technical words."""

    subject: str
    good: bool | None
    sentence: str
    details: str = ""


class Surroundings:
    """What can be examined without an open database."""

    def __init__(self, folder: Path, disk: DiskEncryption, store: SecretStore) -> None:
        self._folder = folder
        self._disk = disk
        self._store = store

    def disk_encryption(self) -> Finding:
        match self._disk.protects(self._folder):
            case True:
                sentence = "The disk is encrypted."
                return Finding("Disk encryption", True, sentence)
            case False:
                sentence = (
                    "The disk is not encrypted: whoever takes it can read the names and addresses "
                    "on it. Turn on BitLocker, FileVault or your system's disk encryption."
                )
                return Finding("Disk encryption", False, sentence)
            case None:
                sentence = (
                    "Whether the disk is encrypted cannot be told on this computer. "
                    "Ask whoever looks after it."
                )
                return Finding("Disk encryption", None, sentence)

    def password_store(self) -> Finding:
        """Writes something harmless, reads it back and removes it."""
        subject = "Password store"
        try:
            self._store.write(PROBE, PROBE)
            kept = self._store.read(PROBE) == PROBE
            self._store.delete(PROBE)
        except PasswordStoreProblem as problem:
            return Finding(subject, False, problem.sentence, problem.details)
        if not kept:
            sentence = "The password store did not keep what was put into it. Restart the computer."
            return Finding(subject, False, sentence)
        return Finding(subject, True, "The password store keeps and returns what it is given.")


class Doctor:
    """Examines an open data folder. Everything may wait for disk, store or network."""

    def __init__(
        self,
        database: Database,
        surroundings: Surroundings,
        root_key: RootKey,
        practice: Practice,
        account: MailAccount,
        transport: MailTransport,
    ) -> None:
        self._database = database
        self._surroundings = surroundings
        self._root_key = root_key
        self._practice = practice
        self._account = account
        self._transport = transport

    def examine(self) -> Iterator[Finding]:
        yield self.database()
        yield self._surroundings.disk_encryption()
        yield self.password_store()
        yield self.mail_account()
        yield self.portal()

    def database(self) -> Finding:
        subject = "Database"
        try:
            with self._database.read() as session:
                said = session.execute(text("PRAGMA quick_check(1)")).scalar_one()
                clients = session.execute(text("SELECT count(*) FROM client")).scalar_one()
        except DBAPIError as error:
            said, clients = str(error.orig), 0
        if said != "ok":
            sentence = "The database is damaged. Close the program and restore a backup."
            return Finding(subject, False, sentence, str(said))
        noun = "client" if clients == 1 else "clients"
        return Finding(subject, True, f"The database is whole and holds {clients} {noun}.")

    def password_store(self) -> Finding:
        """The store itself, then whether it holds the key of what is encrypted here."""
        finding = self._surroundings.password_store()
        if not finding.good:
            return finding
        with self._database.read() as session:
            invited = session.scalars(select(Invitation.id).limit(1)).first() is not None
        try:
            self._root_key.open(b"", PROBE)
        except SealBroken:
            pass  # The key is there; nothing was sealed under this label.
        except RootKeyMissing as problem:
            if invited:
                return Finding(finding.subject, False, problem.sentence)
        except Problem as problem:
            return Finding(finding.subject, False, problem.sentence, problem.details)
        return finding

    def mail_account(self) -> Finding:
        """Connects and signs in once; nothing is sent."""
        subject = "Mail account"
        account = self._account.load()
        if account is None:
            return Finding(subject, False, "There is no mail account. Set one: Settings > Email.")
        try:
            password = self._account.password()
        except PasswordStoreProblem as problem:
            return Finding(subject, False, problem.sentence, problem.details)
        if password is None:
            return Finding(subject, False, NO_PASSWORD)
        try:
            self._transport.open(_server(account), password).close()
        except MailError as error:
            verdict = sort_error(error)
            sentence = f"{account.host}: {verdict.line}. {verdict.advice}".strip()
            return Finding(subject, False, sentence, verdict.details)
        whom = f"let {account.user} sign in" if account.user else "answered"
        return Finding(subject, True, f"{account.host} {whom}.")

    def portal(self) -> Finding:
        subject = "Portal"
        address = self._practice.load().portal_address
        account = self._account.load()
        if not address:
            sentence = (
                "There is no portal address, so nobody can be invited. Set it: Settings > Portal."
            )
            return Finding(subject, False, sentence)
        if account is not None and leads_nowhere(address, account.host):
            sentence = (
                f"{address} is on this computer only, so clients could not open it. "
                "Set the address of a portal on the internet: Settings > Portal."
            )
            return Finding(subject, False, sentence)
        sentence = (
            f"Invitations link to {address}. Nothing is put there yet: "
            "the portal is not part of this version."
        )
        return Finding(subject, True, sentence)


def _server(account: MailAccountRow) -> MailServer:
    return MailServer(account.host, account.port, account.security, account.user, account.ca_file)
