"""Requesting forms of several clients at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_desktop.models.database import Database
from practice_desktop.vocabulary import (
    PortalStatus,
)
from tests.practice_desktop.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


def test_requesting_of_several_names_who_is_left_out_and_why(office: Office) -> None:
    wanted = [office.key(title).form_id for title in ("PHQ-9", "GAD-7")]
    active, waiting, full, archived = (
        office.add_client(name, "Chen") for name in ("Ada", "Ben", "Cleo", "Dan")
    )
    office.bring_to(PortalStatus.ACTIVE, active)
    office.documentation.request_many([full], wanted, notify=False)
    office.documentation.request_many([active], wanted[:1], notify=False)
    office.clients.archive([archived])
    everyone = [active, waiting, full, archived, 9999, active]
    review = office.documentation.review_many(everyone, wanted)
    assert [(line.name, line.included) for line in review] == [
        ("Ada Chen", True), ("Ben Chen", True), ("Cleo Chen", False), ("Dan Chen", False),
        ("Unknown client", False),
    ]  # fmt: skip
    assert review[0].reason == "1 of 2 requested already."
    assert "not invited yet" in review[1].reason
    assert review[2].reason == "Everything chosen is requested already."
    assert review[3].reason.startswith("Archived")
    assert office.documentation.request_many(everyone, wanted, notify=True) == review
    assert [message.client_id for message in office.waiting()] == [active]
    assert len(office.documentation.documents(waiting)) == 2
