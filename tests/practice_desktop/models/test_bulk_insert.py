from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from practice_desktop.models.bulk_insert import BulkInsert, Row
from practice_desktop.models.client import Client, ImportedDetail
from practice_desktop.models.database import Database
from practice_desktop.models.person import Person
from practice_desktop.vocabulary import ClientType

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
PERSON = ("id", "kind", "version", "first_name", "last_name", "preferred_name", "pronouns")
REST = ("email", "email_key", "phone", "may_email", "discreet_email")
CLIENT = (
    *("id", "client_type", "date_of_birth", "address", "time_zone", "created_at"),
    *("sort_key", "search_text"),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path)
    yield database
    database.close()


def person(number: int) -> Row:
    return (number, "client", 1, f"First{number}", "Last", "", "", "", "", "", True, False)


def client(number: int) -> Row:
    born = date(1980, 12, 31)
    return (number, ClientType.MINOR, born, "", "", NOW, "last", f"first{number} last")


def test_rows_of_several_statements_come_back_as_objects_and_are_indexed(
    database: Database,
) -> None:
    numbers = range(1, 2501)
    with database.write() as session:
        connection = session.connection()
        BulkInsert(connection, Person, PERSON + REST).insert([person(number) for number in numbers])
        BulkInsert(connection, Client, CLIENT).insert([client(number) for number in numbers])
    with database.read() as session:
        last = session.get_one(Client, 2500)
        assert (last.first_name, last.may_email) == ("First2500", True)
        assert (last.client_type, last.date_of_birth) == (ClientType.MINOR, date(1980, 12, 31))
        assert last.created_at == NOW
        query = text("SELECT rowid FROM client_search WHERE client_search MATCH 'first2499'")
        assert session.scalars(query).all() == [2499]


def test_no_rows_are_no_statement(database: Database) -> None:
    with database.write() as session:
        BulkInsert(
            session.connection(), ImportedDetail, ("client_id", "name", "position", "value")
        ).insert([])


def test_columns_in_another_order_are_refused(database: Database) -> None:
    with (
        database.read() as session,
        pytest.raises(ValueError, match="order"),
    ):
        BulkInsert(session.connection(), ImportedDetail, ("name", "client_id"))
