"""Makes database, gateways and the desk of services in order, and shuts them down. No Qt."""

from dataclasses import dataclass
from pathlib import Path

from practice_desktop.gateways.secrets import KeyringSecretStore
from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.models.database import Database
from practice_desktop.ports import MailTransport, SecretStore
from practice_desktop.services.client_list import ClientList
from practice_desktop.services.clock import Clock, now
from practice_desktop.services.desk import Desk
from practice_desktop.services.history import History
from practice_desktop.services.practice import Practice
from practice_desktop.services.root_key import RootKey


@dataclass(frozen=True, slots=True)
class Program:
    """One open data folder. `desk` is what people use; the rest is what `close` needs."""

    folder: Path
    database: Database
    root_key: RootKey
    desk: Desk

    def close(self) -> None:
        """Stop the sender, then close the database."""
        self.desk.stop_sender()
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
    desk = Desk(
        database=database,
        clock=clock,
        secrets=secrets,
        transport=transport,
        root_key=root_key,
        history=history,
        practice=practice,
        client_list=ClientList(database, clock),
    )
    return Program(folder, database, root_key, desk)
