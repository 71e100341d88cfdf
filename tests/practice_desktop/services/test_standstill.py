"""Why no message leaves at the moment."""

from dataclasses import replace
from datetime import timedelta

from practice_desktop.models.practice import MailAccount
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.services.standstill import Cause, Standstill, find_standstill
from practice_desktop.vocabulary import Security
from practice_desktop.wiring import Program
from tests.practice_desktop.outbox_office import ACCOUNT, Office
from tests.practice_desktop.stand_ins import Clock


def find(program: Program, clock: Clock) -> Standstill | None:
    with program.database.read() as session:
        return find_standstill(session, program.desk.outbox.connection, clock())


def stop(office: Office, *, probe: bool) -> None:
    with office.program.database.write() as session:
        account = session.get_one(MailAccount, 1)
        account.stopped_at = office.clock()
        account.stopped_reason = "The mail server did not accept the password."
        account.probe_at = office.clock() + timedelta(minutes=5) if probe else None


def test_nothing_stands_in_the_way_of_a_practice_that_is_set_up(office: Office) -> None:
    assert find(office.program, office.clock) is None


def test_offline_is_said_first(office: Office) -> None:
    stop(office, probe=False)
    office.desk.sender.set_online(False)
    found = find(office.program, office.clock)
    assert found is not None
    assert found.cause is Cause.OFFLINE
    assert found.holds(office.clock())


def test_without_an_account_everything_waits(program: Program, clock: Clock) -> None:
    found = find(program, clock)
    assert found is not None
    assert (found.cause, found.action) == (Cause.NO_ACCOUNT, "mail_account")


def test_a_refused_password_waits_for_a_person(office: Office) -> None:
    stop(office, probe=False)
    found = find(office.program, office.clock)
    assert found is not None
    assert (found.cause, found.beside) == (Cause.STOPPED, "not signed in")
    assert found.sentence == "The mail server did not accept the password. Messages stay here."
    office.clock.advance(days=30)
    assert found.holds(office.clock())


def test_other_account_trouble_is_probed_later(office: Office) -> None:
    stop(office, probe=True)
    found = find(office.program, office.clock)
    assert found is not None
    assert found.headline == "Mail account stopped"
    assert found.holds(office.clock())
    assert not found.holds(office.clock() + timedelta(minutes=5))


def test_a_clock_set_back_does_not_hold_for_a_year(office: Office) -> None:
    stop(office, probe=True)
    found = find(office.program, office.clock)
    assert found is not None
    assert not found.holds(office.clock() - timedelta(days=365))


def test_a_portal_on_this_computer_is_mailed_by_this_computer_only(office: Office) -> None:
    office.desk.practice.save(portal_address="http://127.0.0.1:8000")
    found = find(office.program, office.clock)
    assert found is not None
    assert found.cause is Cause.LOCAL_PORTAL
    here: MailAccountRow = replace(ACCOUNT, host="localhost", security=Security.NONE, port=2525)
    office.desk.mail_account.save(here, "secret")
    assert find(office.program, office.clock) is None
