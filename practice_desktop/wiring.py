"""Makes database, gateways, services and workers in order, and shuts them down in order. No Qt."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from practice_desktop.gateways.secrets import KeyringSecretStore
from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.models.database import Database
from practice_desktop.ports import MailTransport, SecretStore
from practice_desktop.services.clients import Clients
from practice_desktop.services.clock import Clock, now
from practice_desktop.services.desk import Desk
from practice_desktop.services.documentation import Documentation
from practice_desktop.services.forms import Forms
from practice_desktop.services.history import History
from practice_desktop.services.mail_account import MailAccount
from practice_desktop.services.mail_templates import MailTemplates
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.outbox_sender import OutboxSender
from practice_desktop.services.portal_access import PortalAccess
from practice_desktop.services.portal_mail import PortalMail
from practice_desktop.services.practice import Practice
from practice_desktop.services.root_key import RootKey

if TYPE_CHECKING:
    from practice_desktop.services.client_import import ClientImport


@dataclass(frozen=True, slots=True)
class Program:
    """One open data folder. `desk` is what people use; the rest is what `close` needs."""

    folder: Path
    database: Database
    root_key: RootKey
    desk: Desk

    def close(self) -> None:
        """Stop the sender, then close the database."""
        self.desk.sender.stop()
        self.database.close()


def open_program(
    folder: Path,
    *,
    secrets: SecretStore | None = None,
    transport: MailTransport | None = None,
    clock: Clock = now,
) -> Program:
    """Open the data folder; the sender is made but not started.

    Raises DataFolderProblem. Gateways are the real ones unless a test or the demo brings its own.
    """
    secrets = secrets or KeyringSecretStore()
    transport = transport or SmtpTransport()
    database = Database(folder)
    history = History(database, clock)
    practice = Practice(database, history, clock)
    practice.load()
    root_key = RootKey(database, secrets)
    forms = Forms(database, history, clock)
    forms.fill_library()
    templates = MailTemplates(database, history, clock)
    account = MailAccount(database, history, clock, secrets, transport)
    outbox = Outbox(database, history, clock, root_key)
    mail = PortalMail(root_key, templates, outbox)
    documentation = Documentation(database, history, clock, mail, outbox)
    access = PortalAccess(database, history, clock, root_key, mail, outbox, documentation)
    sender = OutboxSender(database, history, clock, root_key, account, transport, outbox)
    outbox.on_release = sender.wake
    account.on_saved = sender.wake

    def make_client_import() -> "ClientImport":
        from practice_desktop.services.client_import import ClientImport

        return ClientImport(database, history, clock)

    desk = Desk(
        practice=practice,
        clients=Clients(database, history, clock, access),
        make_client_import=make_client_import,
        portal_access=access,
        documentation=documentation,
        forms=forms,
        mail_account=account,
        mail_templates=templates,
        outbox=outbox,
        sender=sender,
        history=history,
    )
    return Program(folder, database, root_key, desk)
