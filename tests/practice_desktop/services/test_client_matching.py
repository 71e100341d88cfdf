from datetime import date

import pytest

from practice_desktop.models.search import sort_key
from practice_desktop.services.client_matching import ClientMatching
from practice_desktop.services.client_record import ClientRecord
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_plan import Reason
from practice_desktop.wiring import Program

BORN = date(1980, 12, 31)


def record(first: str, last: str, email: str = "", **fields: object) -> ClientRecord:
    return ClientRecord(
        first_name=first,
        last_name=last,
        email=email,
        email_key=email,
        **fields,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("first", "last", "born", "same"),
    [
        ("Robert", "Lee", None, True),
        ("Rob", "Lee", None, True),
        ("Bobby", "Lee", BORN, True),
        ("Robert", "Fox", BORN, True),
        ("Robert", "Lee", date(1999, 1, 1), True),
        ("Robert", "Fox", date(1999, 1, 1), False),
        ("Mia", "Lee", None, False),
        ("Ro", "Lee", None, False),
        ("Robert & Mia", "Lee", None, False),
    ],
)
def test_a_shared_address_means_the_same_client_only_where_the_name_fits(
    program: Program, desk: Desk, first: str, last: str, born: date | None, same: bool
) -> None:
    draft = ClientDraft("Robert", "Lee", "Bobby", email="r@x.org", date_of_birth=BORN)
    client_id = desk.clients.add(draft)
    row = record(first, last, "r@x.org", date_of_birth=born)
    with program.database.read() as session:
        finding = ClientMatching(session).find(row, sort_key(last, first), 2)
    if same:
        assert finding.client is not None
        assert finding.client.id == client_id
    else:
        assert (finding.client, finding.reason) == (None, Reason.ADDRESS_USED)


def test_a_row_that_was_claimed_is_found_by_all_that_it_brought(program: Program) -> None:
    with program.database.read() as session:
        matching = ClientMatching(session)
    row = record("Ann", "Lee", "ann@x.org", external_id="7", date_of_birth=BORN)
    key = sort_key("Lee", "Ann")
    assert matching.find(row, key, 2).client is None
    matching.claim(None, row, key, 2)
    for again in (
        record("A", "B", external_id="7"),
        record("Ann", "Lee", "ann@x.org"),
        record("Ann", "Lee", date_of_birth=BORN),
    ):
        finding = matching.find(again, sort_key(again.last_name, again.first_name), 3)
        assert (finding.reason, finding.sentence) == (
            Reason.TWICE,
            "Twice in the file: row 2 is the same client.",
        )
