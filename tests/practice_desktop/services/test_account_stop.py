"""Stopping the mail account, and setting it going again."""

from datetime import timedelta

from practice_desktop.services.account_stop import AccountStop
from tests.practice_desktop.outbox_office import Office


def stopper(office: Office) -> AccountStop:
    return AccountStop(office.program.database, office.clock)


def test_trouble_is_probed_with_growing_pauses(office: Office) -> None:
    began = office.clock()
    for minutes in (5, 15, 60, 240, 240):
        stopper(office).stop(office.account().version, "Quota.", "550 5.4.5", probe=True)
        account = office.account()
        assert account.probe_at == office.clock() + timedelta(minutes=minutes)
        assert account.stopped_at == began
        office.clock.advance(minutes=minutes)


def test_a_refused_password_is_not_probed(office: Office) -> None:
    stopper(office).stop(office.account().version, "No.", "535", probe=False)
    assert office.account().stopped_reason == "No."
    assert office.account().probe_at is None


def test_what_was_wrong_with_an_old_account_does_not_stop_the_new_one(office: Office) -> None:
    old = office.account().version
    stopper(office).stop(old, "No.", "535", probe=False)
    stopped = office.account().version
    account = office.desk.mail_account.load()
    assert account is not None
    office.desk.mail_account.save(account, "right")
    stopper(office).stop(stopped, "No.", "535", probe=False)
    assert office.account().stopped_at is None


def test_a_mended_account_starts_afresh(office: Office) -> None:
    stopper(office).stop(office.account().version, "Quota.", "550", probe=True)
    stopper(office).mended(office.account().version)
    account = office.account()
    assert (account.stopped_at, account.stopped_reason, account.probe_at, account.probes) == (
        None,
        "",
        None,
        0,
    )
