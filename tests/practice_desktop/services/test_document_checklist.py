"""What can be ticked for a client."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_desktop.errors import NotFound
from practice_desktop.models.database import Database
from tests.practice_desktop.office import Office
from tests.practice_desktop.services.test_file_kinds import PDF_BYTES


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


def test_a_form_that_left_the_library_stays_ticked_where_it_counts(office: Office) -> None:
    office.tick("PHQ-9")
    from practice_desktop.models.document import Form

    with office.database.write() as session:
        session.get_one(Form, office.key("PHQ-9").form_id).retired_at = office.clock()
    assert not office.save(office.ticked())
    key = office.key("PHQ-9")
    office.untick("PHQ-9")
    with pytest.raises(NotFound):
        office.save({key})


def test_the_same_content_again_gives_what_is_there(office: Office, tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(PDF_BYTES)
    second.write_bytes(PDF_BYTES)
    kept = office.documentation.add_file(office.client_id, first)
    assert office.documentation.add_file(office.client_id, second) == kept


def test_another_file_of_the_same_name_gets_a_number(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF_BYTES)
    office.documentation.add_file(office.client_id, path)
    path.write_bytes(PDF_BYTES + b"more")
    assert office.documentation.add_file(office.client_id, path).title == "a (2).pdf"
