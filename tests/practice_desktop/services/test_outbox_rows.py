"""What the outbox shows."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from practice_desktop.ports import Broken, Stage, Unreachable
from practice_desktop.services.outbox import OutboxOrder
from practice_desktop.vocabulary import OutboxFilter
from practice_desktop.wiring import Program
from tests.practice_desktop.outbox_office import Office
from tests.practice_desktop.scripted_mail import refusal

UNKNOWN = refusal(Stage.RECIPIENT, 550, "5.1.1 user unknown")
GREYLISTED = refusal(Stage.RECIPIENT, 450, "4.2.0 greylisted")
FULL = refusal(Stage.RECIPIENT, 452, "4.2.2 over quota")
BUSY = refusal(Stage.SENDER, 421, "4.3.2 closing")
NO_ANSWER = Broken(Stage.AFTER_DOT, "timed out")


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def summary(office: Office) -> tuple[str, str]:
    found = office.desk.outbox.summary()
    return found.line, found.tone


def test_the_rail_says_that_everything_is_sent(office: Office) -> None:
    assert summary(office) == ("Everything sent", "good")
    office.invite()
    assert summary(office) == ("1 waiting", "waiting")
    office.send()
    assert summary(office) == ("Everything sent", "good")


def test_the_rail_says_offline_first(office: Office) -> None:
    for _ in range(3):
        office.invite()
    office.desk.sender.set_online(False)
    assert summary(office) == ("Offline · 3 waiting", "waiting")
    office.desk.sender.set_online(True)
    office.send()
    office.desk.sender.set_online(False)
    assert summary(office) == ("Offline · nothing waiting", "waiting")


def test_the_rail_counts_what_is_held_and_what_failed(office: Office) -> None:
    office.script.at_message = [UNKNOWN, NO_ANSWER]
    office.invite()
    office.invite()
    office.send()
    office.desk.practice.save(hold_new_messages=True)
    office.invite()
    office.invite()
    office.clock.advance(hours=1)
    assert summary(office) == ("2 held · 1 not certain · 1 failed", "bad")
    found = office.desk.outbox.summary()
    assert (found.to_send, found.attention) == (2, 2)


def test_the_rail_and_the_bar_speak_of_a_stopped_account(office: Office) -> None:
    office.script.at_open = [refusal(Stage.SIGN_IN, 535, "5.7.8 no")]
    office.invite()
    office.send()
    assert summary(office) == ("Not signed in · 1 waiting", "bad")
    notice = office.desk.outbox.notice()
    assert notice is not None
    assert notice.sentence == (
        "The mail server did not accept the user name or password. Check the mail account under "
        "Settings > Email. Messages stay here."
    )
    assert (notice.tone, notice.action, notice.details) == ("bad", "try_now", "535 5.7.8 no")


def test_the_rail_says_when_the_server_is_out_of_reach_or_busy(office: Office) -> None:
    office.script.at_open = [Unreachable(Stage.CONNECT, "refused")]
    office.invite()
    office.send()
    assert summary(office) == ("Mail server not reached · 1 waiting", "waiting")
    office.script.at_message = [BUSY]
    office.send()
    line, _ = summary(office)
    assert line.startswith("Mail server busy until 09:1")
    assert line.endswith("· 1 waiting")


def test_without_an_account_the_rail_says_so(program: Program) -> None:
    assert program.desk.outbox.summary().line == "No mail account yet · nothing waiting"
    notice = program.desk.outbox.notice()
    assert notice is not None
    assert notice.action == "mail_account"


def test_a_waiting_line_says_why_not_yet(office: Office) -> None:
    message = office.invite()
    assert office.row(message).line == "Queued 09:14"
    office.desk.sender.set_online(False)
    assert office.row(message).line == "Queued 09:14 · offline"
    office.clock.advance(days=1)
    assert office.row(message).line == "Queued yesterday 09:14 · offline"
    office.clock.advance(days=5)
    assert office.row(message).line == "Queued 23 Nov 2026 · offline"


def test_a_resting_line_says_until_when(office: Office) -> None:
    office.script.at_message = [GREYLISTED, FULL]
    busy, full = office.invite(), office.invite()
    office.send()
    office.change(lambda m: setattr(m, "next_attempt_at", m.created_at.replace(hour=14)), busy)
    office.change(lambda m: setattr(m, "next_attempt_at", m.created_at.replace(hour=14)), full)
    assert office.row(busy).line == "mail server busy until 14:14"
    assert office.row(full).line == "The mailbox is full · tried again at 14:14"


def test_every_state_has_its_line(office: Office) -> None:
    office.script.at_message = [UNKNOWN, NO_ANSWER]
    failed, uncertain = office.invite(), office.invite()
    office.send()
    office.clock.advance(hours=1)
    sent = office.invite()
    office.send()
    cancelled = office.invite()
    office.desk.outbox.cancel(cancelled)
    office.clock.advance(days=1)
    assert office.row(failed).line == "The address does not exist"
    assert office.row(failed).advice.startswith("Check it with the client")
    assert office.row(failed).details == "550 5.1.1 user unknown"
    assert office.row(uncertain).line == "The connection broke before your mail server answered"
    assert office.row(sent).line == "Yesterday 10:14"
    assert office.row(cancelled).line == "The invitation was deleted"


def test_lines_speak_the_local_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    message = office.invite()
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    assert office.row(message).line == "Queued 04:14"


def test_each_chip_shows_its_messages_and_their_number(office: Office) -> None:
    office.script.at_message = [UNKNOWN, NO_ANSWER]
    failed, uncertain = office.invite(), office.invite()
    office.send()
    office.clock.advance(hours=1)
    sent = office.invite()
    office.send()
    cancelled, waiting = office.invite(), office.invite()
    office.desk.outbox.cancel(cancelled)
    expected = {
        OutboxFilter.TO_SEND: [waiting],
        OutboxFilter.ATTENTION: [uncertain, failed],
        OutboxFilter.SENT: [sent],
        OutboxFilter.CANCELLED: [cancelled],
    }
    assert {chip: office.shown(chip) for chip in OutboxFilter} == expected
    assert office.desk.outbox.counts() == {chip: len(ids) for chip, ids in expected.items()}


def test_the_outbox_is_sorted_as_asked(office: Office) -> None:
    names = ["Wen Huang", "Ada Brennan", "Jonas Ekström"]
    wen, ada, jonas = (office.invite(office.add_client(name)) for name in names)
    outbox = office.desk.outbox

    def order(by: OutboxOrder, *, descending: bool) -> list[int]:
        return [row.id for row in outbox.page(order=by, descending=descending)]

    assert order(OutboxOrder.CLIENT, descending=False) == [ada, jonas, wen]
    assert order(OutboxOrder.CLIENT, descending=True) == [wen, jonas, ada]
    assert order(OutboxOrder.NEWEST, descending=True) == [jonas, ada, wen]
    outbox.hold(jonas)
    assert order(OutboxOrder.STATE, descending=False) == [jonas, wen, ada]
    assert order(OutboxOrder.SUBJECT, descending=False) == [wen, ada, jonas]


@pytest.mark.parametrize(
    "typed", ["ekstrom", "EKSTRÖM", "jon eks", "jonas", "@example.se", "client p"]
)
def test_the_outbox_is_searched_by_name_address_and_subject(office: Office, typed: str) -> None:
    message = office.invite(office.add_client("Jonas Ekström"))
    assert [row.id for row in office.desk.outbox.page(search=typed)] == [message]


@pytest.mark.parametrize("typed", ["brennan", "100%", "ada@"])
def test_what_is_not_there_is_not_found(office: Office, typed: str) -> None:
    office.invite(office.add_client("Jonas Ekström"))
    assert office.desk.outbox.page(search=typed) == []


def test_a_page_goes_on_where_the_last_one_ended(office: Office) -> None:
    ids = [office.invite() for _ in range(5)]
    first = office.desk.outbox.page(limit=3, descending=False)
    rest = office.desk.outbox.page(limit=3, offset=3, descending=False)
    assert [row.id for row in first + rest] == ids


def test_listing_reads_an_index_and_not_the_table(office: Office) -> None:
    """What each chip asks for is found without looking at every message there ever was."""
    statements: list[tuple[str, object]] = []
    event.listen(
        office.program.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, parameters, _x, _many: statements.append(
            (statement, parameters)
        ),
    )
    for chip in (OutboxFilter.TO_SEND, OutboxFilter.ATTENTION, OutboxFilter.SENT):
        office.desk.outbox.page(shown=chip)
    office.desk.outbox.summary()
    asked = [s for s in statements if s[0].startswith("SELECT") and "outbox_message" in s[0]]
    assert asked
    with office.program.database.engine.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}",
                parameters,  # type: ignore[arg-type]
            ).all()
            steps = [row[3] for row in plan if "outbox_message" in row[3]]
            scans = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
            assert not scans, (statement, steps)
