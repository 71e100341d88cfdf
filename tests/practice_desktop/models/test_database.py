import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from practice_desktop.errors import DataFolderProblem
from practice_desktop.models.database import FILE_NAME, Database
from practice_desktop.models.practice import StaffMember
from practice_desktop.models.schema import metadata


def test_the_migrations_give_exactly_the_models_tables(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata())
    database.close()
    assert [d for d in differences if "client_search" not in str(d)] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    database = Database(tmp_path)
    database.close()
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_the_file_is_safe_against_a_power_cut(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with database.read() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    database.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_second_start_opens_what_the_first_one_made(tmp_path: Path) -> None:
    first = Database(tmp_path)
    with first.write() as session:
        session.add(StaffMember(name="Dana"))
    first.close()
    second = Database(tmp_path)
    with second.read() as session:
        assert session.scalars(select(StaffMember.name)).all() == ["Dana"]
    second.close()
    assert not (tmp_path / "backups").exists()


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(tmp_path)

    def add_twice() -> None:
        with database.write() as session:
            session.add(StaffMember(name="Dana"))
            session.flush()
            session.add(StaffMember(name="Dana"))

    with pytest.raises(IntegrityError):
        add_twice()
    with database.read() as session:
        assert session.scalars(select(StaffMember.name)).all() == []
    database.close()


def test_an_error_that_is_shown_holds_no_value_from_the_database(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with pytest.raises(IntegrityError) as failure, database.write() as session:
        session.add_all([StaffMember(name="Rosa Figueroa"), StaffMember(name="Rosa Figueroa")])
    database.close()
    assert "Figueroa" not in str(failure.value)


def test_every_commit_is_noticed_wherever_it_was_made(tmp_path: Path) -> None:
    database = Database(tmp_path)
    heard: list[int] = []
    database.on_commit = lambda: heard.append(1)
    before = database.data_version()
    with database.write() as session:
        session.add(StaffMember(name="Dana"))
    between = database.data_version()
    other = sqlite3.connect(tmp_path / FILE_NAME)
    with other:
        other.execute("INSERT INTO staff_member (name) VALUES ('Kim')")
    other.close()
    after = database.data_version()
    database.close()
    assert len(heard) == 1
    assert before != between != after


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    database = Database(tmp_path)

    def add(start: int) -> None:
        for number in range(start, start + 20):
            with database.write() as session:
                session.add(StaffMember(name=str(number)))

    threads = [threading.Thread(target=add, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert len(session.scalars(select(StaffMember)).all()) == 60
    database.close()


def test_a_database_newer_than_the_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    Database(tmp_path).close()
    file = sqlite3.connect(tmp_path / FILE_NAME)
    with file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(DataFolderProblem, match="newer version"):
        Database(tmp_path)


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / FILE_NAME)
    with file:
        file.execute("CREATE TABLE recipe (name TEXT)")
    file.close()
    with pytest.raises(DataFolderProblem, match="not a Practice Desktop database"):
        Database(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such mode")
def test_the_mode_of_a_file_that_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("not a database")
    other.chmod(0o644)
    (tmp_path / FILE_NAME).symlink_to(other)
    with pytest.raises(DataFolderProblem, match="damaged"):
        Database(tmp_path)
    assert stat.S_IMODE(other.stat().st_mode) == 0o644


def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 500)
    with pytest.raises(DataFolderProblem, match="damaged"):
        Database(tmp_path)


def test_an_upgrade_backs_up_first(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / FILE_NAME)
    with file:
        file.execute("CREATE TABLE alembic_version (version_num TEXT)")
    file.close()
    database = Database(tmp_path)
    database.close()
    assert len(list((tmp_path / "backups").glob("before-upgrade-*.db"))) == 1
