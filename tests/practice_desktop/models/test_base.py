from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import text

from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.vocabulary import ClientType


def _client(created_at: datetime) -> Client:
    return Client(
        first_name="Ada",
        last_name="Brennan",
        client_type=ClientType.MINOR,
        created_at=created_at,
        sort_key="",
        search_text="",
    )


def test_a_time_from_another_zone_is_kept_as_utc_and_comes_back_aware(tmp_path: Path) -> None:
    database = Database(tmp_path)
    east = timezone(timedelta(hours=5))
    with database.write() as session:
        session.add(_client(datetime(2026, 11, 23, 3, 0, tzinfo=east)))
    with database.read() as session:
        kept = session.execute(text("SELECT created_at FROM client")).scalar_one()
        found = session.get_one(Client, 1).created_at
    database.close()
    assert str(kept).startswith("2026-11-22 22:00")
    assert found == datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_an_enumeration_is_stored_by_its_value(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with database.write() as session:
        session.add(_client(datetime(2026, 11, 23, tzinfo=UTC)))
    with database.read() as session:
        kept = session.execute(text("SELECT client_type FROM client")).scalar_one()
        found = session.get_one(Client, 1).client_type
    database.close()
    assert kept == "minor"
    assert found is ClientType.MINOR
