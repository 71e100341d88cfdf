from datetime import date

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.history import PAGE, Change, field_text
from practice_desktop.vocabulary import ClientType
from practice_desktop.wiring import Program


def test_history_is_newest_first_and_read_in_pages(program: Program) -> None:
    client_id = program.desk.clients.add(ClientDraft("Ada", "Brennan"))
    with program.database.write() as session:
        for number in range(PAGE + 5):
            program.desk.history.record(session, client_id, "test", f"Step {number}")
    first = program.desk.history.list(client_id)
    second = program.desk.history.list(client_id, before_id=first[-1].id)
    assert first[0].sentence == f"Step {PAGE + 4}"
    assert [row.sentence for row in second] == [
        *(f"Step {n}" for n in (4, 3, 2, 1, 0)),
        "Client added",
    ]


def test_a_line_says_who_when_and_what_changed(program: Program) -> None:
    client_id = program.desk.clients.add(ClientDraft("Ada", "Brennan"))
    with program.database.write() as session:
        program.desk.history.record(
            session, client_id, "test", "Changed", [Change("Phone", "1", "")], actor="Portal"
        )
    row = program.desk.history.list(client_id)[0]
    assert (row.actor, row.changes) == ("Portal", (Change("Phone", "1", ""),))
    assert row.at.utcoffset() is not None


def test_nothing_is_written_as_nothing() -> None:
    assert field_text(None) == ""


def test_a_field_is_written_as_people_write_it() -> None:
    written = [field_text(v) for v in (True, False, ClientType.COUPLE, date(1989, 3, 4), "x", 7)]
    assert written == ["yes", "no", "Couple", "4 Mar 1989", "x", "7"]
