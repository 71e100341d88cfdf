import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from practice_desktop.errors import StaleEdit
from practice_desktop.services.clients import ClientDraft, ClientProfile
from practice_desktop.services.column_mapping import Column
from practice_desktop.services.column_target import Target
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_dates import DateOrder, DateQuestion
from practice_desktop.services.import_plan import ImportPlan, Reason, Verdict
from practice_desktop.services.import_watch import ImportCancelled, Phase, Watch
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import ClientFilter, ClientType, PortalStatus
from practice_desktop.wiring import Program
from tests.practice_desktop.stand_ins import Clock, Letterbox


class Lists:
    """Imports text as a file of clients would be."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._folder = folder

    def plan(self, text: str, order: DateOrder | None = None) -> ImportPlan:
        path = self._folder / "clients.csv"
        path.write_text(text, encoding="utf-8")
        return self._desk.client_import.plan(self._desk.client_import.read(path), None, order)

    def take(self, text: str) -> list[ClientProfile]:
        """The clients that importing `text` added."""
        outcome = self._desk.client_import.apply(self.plan(text))
        return [self._desk.clients.profile(client_id) for client_id in outcome.added_ids]


@pytest.fixture
def lists(desk: Desk, tmp_path: Path) -> Lists:
    return Lists(desk, tmp_path)


def verdicts(plan: ImportPlan) -> list[tuple[str, str]]:
    return [(row.verdict.value, row.sentence) for row in plan.rows]


USED_BY_ANN = "The address is already used by Ann Lee."
HEADER = "Client ID,First name,Last name,Email,Date of birth,Phone,Insurance\n"


def test_an_imported_client_is_not_invited_has_no_setup_and_knows_where_it_came_from(
    lists: Lists, desk: Desk, letterbox: Letterbox, clock: Clock
) -> None:
    (ann,) = lists.take(HEADER + "7,Ann,Lee,ann@Example.org,1980-12-31,555 0100,Aetna\n")
    assert ann.draft == ClientDraft(
        "Ann",
        "Lee",
        email="ann@example.org",
        date_of_birth=date(1980, 12, 31),
        phone="555 0100",
    )
    assert ann.external_id == "7"
    assert ann.imported_details == (("Insurance", "Aetna"),)
    assert ann.status is PortalStatus.NOT_INVITED
    assert not ann.needs_setup
    assert ann.imported_at == ann.created_at == clock()
    (line,) = desk.history.list(ann.id)
    assert (line.actor, line.sentence, line.changes) == ("Dana", "Imported from clients.csv", ())
    assert desk.outbox.page() == []
    assert letterbox.taken == []


def test_imported_clients_are_found_and_sorted_like_others(lists: Lists, desk: Desk) -> None:
    desk.clients.add(ClientDraft("Zoë", "Abel"))
    lists.take(HEADER + "1,Élise,Öberg,e@x.org,,(207) 555-0142,\n2,Bo,Nowak,,,,\n")
    assert [row.last_name for row in desk.clients.page()] == ["Abel", "Nowak", "Öberg"]
    for words in ("oberg eli", "e@x", "5550142"):
        assert [row.last_name for row in desk.clients.page(search=words)] == ["Öberg"], words


def test_the_same_file_again_changes_nothing(lists: Lists, desk: Desk) -> None:
    text = HEADER + (
        "7,Ann,Lee,ann@x.org,1980-12-31,555 0100,Aetna\n"
        ",Bo,Fox,bo@x.org,,,Cigna\n"
        ",Cy,Fox,,1990-01-01,,\n"
        ",Di,Fox,,,,\n"
    )
    lists.take(text)
    again = lists.plan(text)
    assert {row.verdict for row in again.rows} == {Verdict.UNCHANGED}
    outcome = desk.client_import.apply(again)
    assert (outcome.added_ids, outcome.updated_ids, outcome.unchanged) == ((), (), 4)
    assert desk.clients.counts()[ClientFilter.ALL] == 4
    assert len(desk.history.list(desk.clients.find("ann@x.org"))) == 1


@pytest.mark.parametrize(
    "row",
    [
        "7,Anna,Leigh,,,555 0199,",
        ",Ann,Lee,ann@x.org,,555 0199,",
        ",Ann,Lee,ANN@X.ORG,,555 0199,",
        ",Ann,Smith,ann@x.org,,555 0199,",
        ",ANN,LEE,,31 Dec 1980,555 0199,",
    ],
    ids=["external id", "e-mail", "e-mail in capitals", "married since", "name and birth date"],
)
def test_a_row_matches_by_id_then_address_then_name_and_birth(
    lists: Lists, desk: Desk, row: str
) -> None:
    (ann,) = lists.take(HEADER + "7,Ann,Lee,ann@x.org,1980-12-31,555 0100,Aetna\n")
    plan = lists.plan(HEADER + row + "\n")
    assert [(r.verdict, r.client_id) for r in plan.rows] == [(Verdict.UPDATED, ann.id)]
    desk.client_import.apply(plan)
    assert desk.clients.profile(ann.id).draft.phone == "555 0199"
    assert desk.clients.counts()[ClientFilter.ALL] == 1


def test_an_update_tells_old_and_new_keeps_what_is_blank_and_counts_the_version(
    lists: Lists, desk: Desk
) -> None:
    (ann,) = lists.take(HEADER + "7,Ann,Lee,ann@x.org,1980-12-31,555 0100,Aetna\n")
    plan = lists.plan("Client ID,Last name,Email,Phone,Insurance,Note\n7,Fox,,N/A,Cigna,new\n")
    changes = [(c.field, c.old, c.new) for c in plan.rows[0].changes]
    assert changes == [
        ("Last name", "Lee", "Fox"),
        ("Insurance", "Aetna", "Cigna"),
        ("Note", "", "new"),
    ]
    desk.client_import.apply(plan)
    after = desk.clients.profile(ann.id)
    assert after.version == ann.version + 1
    assert after.draft.email == "ann@x.org"
    assert (after.draft.phone, after.draft.last_name) == ("555 0100", "Fox")
    assert after.imported_details == (("Insurance", "Cigna"), ("Note", "new"))
    assert [row.name for row in desk.clients.page(search="fox")] == ["Ann Fox"]
    assert desk.clients.page(search="lee") == []
    line = desk.history.list(ann.id)[0]
    assert [(c.field, c.old, c.new) for c in line.changes] == changes


def test_another_spelling_of_the_same_changes_nothing(lists: Lists) -> None:
    header = "Client ID,First name,Last name,Phone,Address\n"
    lists.take(header + '7,Ann,McLee,(207) 555-0100,"1 Main St, Salem"\n')
    plan = lists.plan(header + "7,ANN,MCLEE,207.555.0100,1 MAIN ST Salem\n")
    assert plan.unchanged == 1


@pytest.mark.parametrize(
    ("rows", "reason", "sentence"),
    [
        ("1,,,x@x.org,,,", Reason.NO_NAME, "No name."),
        ("1,Bo,,x@x.org,,,", Reason.NO_NAME, "No last name."),
        ("1,,Fox,x@x.org,,,", Reason.NO_NAME, "No first name."),
        ("1,Bo,Fox,ann@x.org,,,", Reason.ADDRESS_USED, USED_BY_ANN),
        ("8,Ann,Lee,ann@x.org,1999-01-01,,", Reason.ADDRESS_USED, USED_BY_ANN),
        (",Total: 12,,,,,", Reason.NOT_A_CLIENT, "This looks like a line of totals."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_left_out_with_the_reason(
    lists: Lists, desk: Desk, rows: str, reason: Reason, sentence: str
) -> None:
    lists.take(HEADER + "7,Ann,Lee,ann@x.org,1980-12-31,,\n")
    plan = lists.plan(HEADER + rows + "\n")
    assert [(row.reason, row.sentence) for row in plan.rows] == [(reason, sentence)]
    assert plan.reasons == {reason: 1}
    assert desk.client_import.apply(plan).left_out == 1
    assert desk.clients.counts()[ClientFilter.ALL] == 1


def test_an_invalid_address_leaves_the_row_out(lists: Lists) -> None:
    (row,) = lists.plan(HEADER + "1,Bo,Fox,bo@@x,,,\n").rows
    assert row.reason is Reason.INVALID_ADDRESS
    assert row.sentence.startswith("This is not an e-mail address that can exist")


def test_a_client_on_several_rows_is_one_and_the_others_are_twice(lists: Lists) -> None:
    plan = lists.plan(
        HEADER
        + "7,Ann,Lee,ann@x.org,1980-12-31,,Aetna\n"
        + "7,Ann,Lee,ann@x.org,1980-12-31,,Cigna\n"
        + ",Bo,Fox,,1990-01-01,,\n"
        + ",BO,FOX,,1990-01-01,,Aetna\n"
    )
    twice = "Twice in the file: row {} is the same client."
    assert verdicts(plan) == [
        ("added", ""),
        ("left_out", twice.format(2)),
        ("added", ""),
        ("left_out", twice.format(4)),
    ]


def test_twice_holds_for_clients_on_file_too(lists: Lists) -> None:
    lists.take(HEADER + "7,Ann,Lee,ann@x.org,1980-12-31,,\n")
    plan = lists.plan(HEADER + "7,Ann,Lee,,,5550100,\n,Ann,Lee,ann@x.org,,5550199,\n")
    assert [row.verdict for row in plan.rows] == [Verdict.UPDATED, Verdict.LEFT_OUT]


def test_a_child_with_the_parents_address_is_left_out_by_name(lists: Lists) -> None:
    plan = lists.plan(HEADER + "1,Ann,Lee,ann@x.org,,,\n2,Mia,Lee,ann@x.org,,,\n")
    assert verdicts(plan)[1] == (
        "left_out",
        "The address is already used by Ann Lee (row 2).",
    )


def test_namesakes_born_the_same_day_are_two_where_their_ids_differ(lists: Lists) -> None:
    plan = lists.plan(HEADER + "1,Ann,Lee,,1980-12-31,,\n2,Ann,Lee,,1980-12-31,,\n")
    assert plan.added == 2
    lists.take(HEADER + "1,Ann,Lee,,1980-12-31,,\n2,Ann,Lee,,1980-12-31,,\n")
    (row,) = lists.plan(HEADER + ",Ann,Lee,,1980-12-31,,\n").rows
    assert row.reason is Reason.SEVERAL_MATCH


def test_a_name_alone_is_not_enough_to_match(lists: Lists) -> None:
    lists.take(HEADER + "7,Ann,Lee,ann@x.org,1980-12-31,,\n")
    assert lists.plan(HEADER + ",Ann,Lee,,,,\n").added == 1


def test_the_address_of_an_invited_client_stays_as_it_is(lists: Lists, desk: Desk) -> None:
    (ann,) = lists.take(HEADER + "7,Ann,Lee,ann@x.org,1980-12-31,,\n")
    desk.portal_access.invite(ann.id, InvitationRequest((), ()))
    plan = lists.plan(HEADER + "7,Ann,Lee,new@x.org,,555 0199,\n")
    (row,) = plan.rows
    assert [change.field for change in row.changes] == ["Phone"]
    assert "has been invited, so the address stays" in row.notes[0]
    desk.client_import.apply(plan)
    after = desk.clients.profile(ann.id)
    assert (after.draft.email, after.draft.phone) == ("ann@x.org", "555 0199")
    assert after.status is PortalStatus.QUEUED


def test_archived_clients_match_and_stay_archived(lists: Lists, desk: Desk) -> None:
    (ann,) = lists.take(HEADER + "7,Ann,Lee,ann@x.org,,,\n")
    desk.clients.archive([ann.id])
    plan = lists.plan(HEADER + "7,Ann,Lee,,,555 0199,\n")
    assert plan.rows[0].notes == ("The client is archived and stays so.",)
    desk.client_import.apply(plan)
    assert desk.clients.profile(ann.id).archived_at is not None


def test_several_clients_are_updated_at_once(lists: Lists, desk: Desk) -> None:
    ann, bo = lists.take(HEADER + "1,Ann,Lee,,1980-12-31,,\n2,Bo,Fox,,1990-01-01,,\n")
    with_addresses = lists.plan(HEADER + "1,Ann,Lee,a@x.org,,,\n2,Bo,Fox,b@x.org,,,\n")
    desk.client_import.apply(with_addresses)
    assert desk.clients.find("a@x.org") == ann.id
    assert desk.clients.find("b@x.org") == bo.id


def test_an_address_that_a_row_gives_up_is_not_free_for_another_yet(lists: Lists) -> None:
    lists.take(HEADER + "1,Ann,Lee,a@x.org,,,\n2,Bo,Fox,b@x.org,,,\n")
    plan = lists.plan(HEADER + "1,Ann,Lee,b@x.org,,,\n2,Bo,Fox,a@x.org,,,\n")
    assert verdicts(plan) == [
        ("left_out", "The address is already used by Bo Fox."),
        ("left_out", "The address is already used by Ann Lee."),
    ]


def test_a_slip_in_a_domain_is_asked_about_and_never_mended(lists: Lists) -> None:
    plan = lists.plan(HEADER + "1,Ann,Lee,ann@gmial.com,,,\n")
    assert plan.rows[0].notes == ("“gmial.com” may be a slip: was gmail.com meant?",)
    assert plan.records[0].email == "ann@gmial.com"


def test_day_and_month_are_settled_by_the_column_or_asked(lists: Lists, desk: Desk) -> None:
    settled = lists.plan(HEADER + "1,A,B,,03/04/1985,,\n2,C,D,,25/12/1990,,\n")
    assert settled.date_question is None
    assert settled.records[0].date_of_birth == date(1985, 4, 3)
    open_ = lists.plan(HEADER + "1,A,B,,03/04/1985,,\n")
    assert open_.date_question == DateQuestion("Date of birth", ("03/04/1985",))
    assert ("Date of birth", "03/04/1985") in open_.values(0)
    assert open_.records[0].date_of_birth is None
    answered = lists.plan(HEADER + "1,A,B,,03/04/1985,,\n", DateOrder.MONTH_FIRST)
    assert answered.date_question is None
    assert answered.records[0].date_of_birth == date(1985, 3, 4)


def test_another_column_of_dates_suggests_the_answer(lists: Lists) -> None:
    text = "Name,DOB,Intake\nAnn Lee,03/04/1985,25/11/2020\n"
    question = lists.plan(text).date_question
    assert question is not None
    assert question.likely is DateOrder.DAY_FIRST


def test_columns_go_where_they_are_sent(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("Who,Code,SSN\nLee Ann,7,123-45-6789\n")
    importing = desk.client_import
    table = importing.read(path)
    columns = [
        Column("Who", Target.FULL_NAME),
        Column("Code", Target.EXTERNAL_ID),
        Column("SSN", Target.DETAIL),
    ]
    outcome = importing.apply(importing.plan(table, columns))
    client = desk.clients.profile(outcome.added_ids[0])
    assert (client.name, client.external_id) == ("Lee Ann", "7")
    assert client.imported_details == (("SSN", "123-45-6789"),)


def test_social_security_numbers_are_not_stored_anywhere_by_themselves(
    lists: Lists, program: Program
) -> None:
    lists.take("Name,SSN,Passport\nAnn Lee,123-45-6789,X1234567\n")
    program.database.engine.dispose()
    for path in program.folder.glob("practice.db*"):
        content = path.read_bytes()
        assert b"123-45-6789" not in content
        assert b"X1234567" not in content


def test_a_couple_comes_as_one_client(lists: Lists) -> None:
    (couple,) = lists.take("Name,Email\nAnn & Bob Smith,both@x.org\n")
    assert (couple.name, couple.draft.client_type) == ("Ann & Bob Smith", ClientType.COUPLE)


def test_cards_and_workbooks_import_like_lists(desk: Desk, tmp_path: Path) -> None:
    cards = tmp_path / "clients.vcf"
    cards.write_text("BEGIN:VCARD\nN:Lee;Ann\nEMAIL:ann@x.org\nBDAY:19801231\nEND:VCARD\n")
    book = Workbook(write_only=True)
    clients = book.create_sheet("Clients")
    clients.append(["Name", "Email", "DOB", "Phone"])
    clients.append(["Ann Lee", "ann@x.org", date(1980, 12, 31), 2075550100])
    sheet = tmp_path / "clients.xlsx"
    book.save(sheet)
    importing = desk.client_import
    importing.apply(importing.plan(importing.read(cards)))
    plan = importing.plan(importing.read(sheet))
    assert [(c.field, c.new) for c in plan.rows[0].changes] == [("Phone", "2075550100")]


@pytest.mark.parametrize("phase", [Phase.CHECKING, Phase.SAVING])
def test_cancel_leaves_nothing_changed(
    lists: Lists, desk: Desk, tmp_path: Path, phase: Phase
) -> None:
    lists.take(HEADER + "1,Ann,Lee,,,,\n")
    steps = 0

    def cancelled() -> bool:
        """True at the last step of saving, when all rows but the commit are written."""
        return steps > 1

    def count(at: Phase, done: int, total: int) -> None:
        nonlocal steps
        steps += at is phase and (phase is Phase.CHECKING or done > 0)

    rows = "".join(f"{i},First{i},Last{i},{i}@x.org,,,Aetna\n" for i in range(2, 2002))
    path = tmp_path / "many.csv"
    path.write_text(HEADER + "1,Ann,Lee,,,555 0199,\n" + rows)
    importing = desk.client_import
    table = importing.read(path)
    watch = Watch(count, cancelled)
    run: Callable[[], object]
    if phase is Phase.CHECKING:
        run = partial(importing.plan, table, watch=watch)
    else:
        run = partial(importing.apply, importing.plan(table), watch)
    with pytest.raises(ImportCancelled):
        run()
    assert desk.clients.counts()[ClientFilter.ALL] == 1
    assert desk.clients.profile(desk.clients.ids()[0]).draft.phone == ""


def test_clients_changed_after_the_preview_stop_the_import(lists: Lists, desk: Desk) -> None:
    plan = lists.plan(HEADER + "1,Ann,Lee,ann@x.org,,,\n")
    desk.clients.add(ClientDraft("Ann", "Lee", email="ann@x.org"))
    with pytest.raises(StaleEdit, match="Nothing was imported"):
        desk.client_import.apply(plan)
    assert desk.clients.counts()[ClientFilter.ALL] == 1


def test_two_thousand_rows_are_written_and_found(lists: Lists, desk: Desk) -> None:
    rows = "".join(f"{i},First{i},Last{i},{i}@x.org,1980-01-01,,Aetna\n" for i in range(2000))
    added = lists.take(HEADER + rows)
    assert len(added) == 2000
    assert [row.name for row in desk.clients.page(search="last1999")] == ["First1999 Last1999"]


def test_no_value_of_a_client_is_logged(lists: Lists, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        lists.take(HEADER + "7,Xanthippe,Lee,bad@@x,1980-12-31,,\n8,Bo,Fox,,,,\n")
    assert "Xanthippe" not in caplog.text
    assert "bad@@x" not in caplog.text
