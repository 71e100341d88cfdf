"""The local database: opening, upgrading, transactions, and noticing who else wrote.

Alembic is imported only when there is something to upgrade, because it costs start-up time.
"""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from practice_desktop.errors import DataFolderProblem
from practice_desktop.models.migrations.steps import HEAD, KNOWN

FILE_NAME = "practice.db"
BUSY_SECONDS = 10.0
_BACKUPS_KEPT = 5
_OUTSIDE = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_CANTOPEN")
"""What goes wrong outside this program (sqlite.org/rescode.html)."""


class Database:
    """The practice's SQLite file.

    `read` and `write` give a Session; a write begins IMMEDIATE, so that two writers wait for each
    other instead of failing half-way. Sessions never leave the services. `on_commit` is called
    after each commit, on the thread that committed.
    """

    def __init__(self, folder: Path) -> None:
        """Open the database in `folder`, make or upgrade it where needed.

        Raises DataFolderProblem where the file is damaged, not ours, or newer than this program.
        """
        self.path = folder / FILE_NAME
        self.on_commit: Callable[[], None] | None = None
        self.engine = _engine(self.path)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._watch_lock = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        try:
            self._prepare()
        except DBAPIError as error:
            self.engine.dispose()
            raise _unusable(error) from error
        except DataFolderProblem:
            self.engine.dispose()
            raise

    def close(self) -> None:
        with self._watch_lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with self._sessions() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all."""
        with self._sessions() as session:
            session.connection(execution_options={"immediate": True})
            yield session
            session.commit()
        if self.on_commit is not None:
            self.on_commit()

    def data_version(self) -> int:
        """A number that changes whenever anybody, in this process or another, commits.

        Raises DataFolderProblem where the file has gone.
        """
        with self._watch_lock:
            try:
                if self._watch is None:
                    self._watch = sqlite3.connect(
                        f"{self.path.as_uri()}?mode=ro", uri=True, check_same_thread=False
                    )
                return int(self._watch.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error as error:
                raise _unusable(error) from error

    def _prepare(self) -> None:
        new = not self.path.exists() or self.path.stat().st_size == 0
        if new:
            self.path.touch(mode=0o600)
        if not self.path.is_symlink():
            with suppress(OSError):
                os.chmod(self.path, 0o600)
        with self.engine.connect() as connection:
            revision = _revision(connection)
        if revision == HEAD:
            return
        if revision and revision not in KNOWN:
            raise DataFolderProblem(
                "This data folder was last used by a newer version of Practice Desktop. "
                "Nothing was changed. Install the newest version on this computer.",
                details=f"database revision {revision}, this program knows {HEAD}",
            )
        if revision is None and not new and self._holds_tables():
            raise DataFolderProblem(
                "The file in the data folder is not a Practice Desktop database. "
                "Nothing was changed. Choose another data folder.",
                details=self.path.name,
            )
        if not new:
            self._back_up()
        from practice_desktop.models.migrations.steps import upgrade

        with self.engine.connect().execution_options(immediate=True) as connection:
            upgrade(connection)

    def _holds_tables(self) -> bool:
        with self.engine.connect() as connection:
            count = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
        return bool(count)

    def _back_up(self) -> None:
        """Copy the database beside itself before an upgrade; the newest few copies are kept."""
        folder = self.path.parent / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        target = folder / f"before-upgrade-{stamp}.db"
        if shutil.disk_usage(folder).free < 2 * self.path.stat().st_size:
            raise DataFolderProblem(
                "There is not enough room on this disk to back up the database before the "
                "upgrade. Nothing was changed. Free some space and start again."
            )
        target.touch(mode=0o600)
        source = sqlite3.connect(self.path)
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        for old in sorted(folder.glob("before-upgrade-*.db"))[:-_BACKUPS_KEPT]:
            old.unlink()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions of its own: `_begin` does.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
        "recursive_triggers = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _revision(connection: Connection) -> str | None:
    """The schema step of the file; empty before the first, None where it is not (yet) ours."""
    found = connection.execute(
        text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    ).first()
    if found is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def trouble_of(error: Exception) -> DataFolderProblem | None:
    """What keeps the database from being used now, or None for an error of another kind."""
    name = getattr(error.orig, "sqlite_errorname", "") if isinstance(error, DBAPIError) else ""
    return _unusable(error) if name.startswith(_OUTSIDE) else None


def _unusable(error: Exception) -> DataFolderProblem:
    words = str(getattr(error, "orig", error))
    if "disk is full" in words or "disk I/O" in words:
        sentence = (
            "The disk is full or cannot be written. What was saved before is kept. "
            "Free some space and start again."
        )
    elif "locked" in words:
        sentence = (
            "Another program is holding the database. Nothing was changed. "
            "Close it, or wait a moment, and start again."
        )
    elif "readonly" in words or "unable to open" in words:
        sentence = (
            "The database in the data folder cannot be opened for writing. Nothing was changed. "
            "Check that you may write to the folder."
        )
    else:
        sentence = (
            "The database in the data folder is damaged or not a database. Nothing was changed. "
            "Restore a backup, or choose another data folder."
        )
    return DataFolderProblem(sentence, details=words)
