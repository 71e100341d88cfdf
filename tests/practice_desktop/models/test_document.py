from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.document import ClientFile, Document, Form
from practice_desktop.vocabulary import DocumentStatus, FormGroup

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _document(**fields: object) -> Document:
    return Document(
        person_id=1, status=DocumentStatus.REQUESTED, created_at=NOW, changed_at=NOW, **fields
    )


def test_a_document_has_the_title_of_its_form_or_file() -> None:
    assert Document(form=Form(title="PHQ-9")).title == "PHQ-9"
    assert Document(file=ClientFile(title="Letter.pdf")).title == "Letter.pdf"
    assert Document().title == ""


def test_one_form_is_asked_of_a_person_once_at_a_time(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with database.write() as session:
        session.add(
            Client(first_name="A", last_name="B", created_at=NOW, sort_key="", search_text="")
        )
        session.add(Form(key="x", title="X", group=FormGroup.CONSENT, form_version="1"))
        session.flush()
        session.add_all([_document(form_id=1, removed_at=NOW), _document(form_id=1, round=2)])
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(_document(form_id=1, round=3))
    with database.read() as session:
        assert len(session.scalars(select(Document)).all()) == 2
    database.close()
