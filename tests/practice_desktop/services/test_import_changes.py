from datetime import date

import pytest

from practice_desktop.services.client_record import ClientRecord
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_changes import StoredClients, update_for
from practice_desktop.vocabulary import ClientType
from practice_desktop.wiring import Program

ON_FILE = ClientDraft(
    "Ann",
    "McLee",
    date_of_birth=date(1980, 12, 31),
    email="ann@x.org",
    phone="(207) 555-0100",
    address="1 Main St, Salem MA",
)


def changes(program: Program, desk: Desk, record: ClientRecord, *, locked: bool = False) -> object:
    client_id = desk.clients.add(ON_FILE)
    with program.database.read() as session:
        stored = StoredClients(session, [client_id]).get(client_id)
    update = update_for(0, stored, record, [], address_locked=locked)
    return [(change.field, change.old, change.new) for change in update.changes]


@pytest.mark.parametrize(
    "record",
    [
        ClientRecord(),
        ClientRecord(first_name="ann", last_name="MCLEE"),
        ClientRecord(phone="207.555.0100"),
        ClientRecord(address="1 MAIN ST Salem, MA"),
        ClientRecord(email="ANN@x.org", email_key="ann@x.org"),
        ClientRecord(may_email=True),
    ],
)
def test_blank_or_only_spelled_otherwise_changes_nothing(
    program: Program, desk: Desk, record: ClientRecord
) -> None:
    assert changes(program, desk, record) == []


def test_each_field_is_told_by_its_name(program: Program, desk: Desk) -> None:
    record = ClientRecord(
        last_name="Fox",
        client_type=ClientType.COUPLE,
        date_of_birth=date(1981, 1, 1),
        email="b@x.org",
        email_key="b@x.org",
        may_email=False,
        external_id="7",
        extra_details=(("Email (more)", "c@x.org"),),
    )
    assert changes(program, desk, record) == [
        ("Last name", "McLee", "Fox"),
        ("Date of birth", "31 Dec 1980", "1 Jan 1981"),
        ("Client type", "Individual", "Couple"),
        ("Email", "ann@x.org", "b@x.org"),
        ("May we e-mail?", "yes", "no"),
        ("Client ID", "", "7"),
        ("Email (more)", "", "c@x.org"),
    ]


def test_a_locked_address_is_left_out_of_the_update(program: Program, desk: Desk) -> None:
    record = ClientRecord(email="b@x.org", email_key="b@x.org")
    assert changes(program, desk, record, locked=True) == []
