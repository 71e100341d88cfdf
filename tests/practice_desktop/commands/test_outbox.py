import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_desktop.commands import outbox
from practice_desktop.gateways.instance import FolderInstance
from practice_desktop.ports import InstanceRequest
from practice_desktop.wiring import Program, open_program
from tests.mail_server import MailCatcher
from tests.practice_desktop.commands.conftest import Line, Records

ADA = "ada@example.org"


@pytest.fixture
def holder(folder: Path, office: MailCatcher) -> Iterator[Program]:
    """Another process that holds the sender, as an open window does."""
    program = open_program(folder)
    instance = FolderInstance(folder)
    assert instance.acquire()
    program.desk.sender.start()

    def hear(what: InstanceRequest) -> bool:
        if what != "send" or not program.desk.outbox.online:
            return False
        program.desk.sender.try_now()
        return True

    instance.serve(hear)
    yield program
    instance.release()
    program.close()


def test_the_outbox_lists_how_far_each_message_is(
    line: Line, records: Records, office: MailCatcher
) -> None:
    assert records("outbox") == []
    line("invite", ADA)
    [waiting] = records("outbox")
    assert waiting["client"] == "Ada Brennan"
    assert waiting["subject"] == "Harbor Counseling invites you to its client portal"
    assert (waiting["state"], waiting["attempts"], waiting["next_attempt"]) == ("waiting", 0, None)
    assert (waiting["server_reply"], waiting["message_id"]) == ("", "")
    assert (waiting["recipient"], waiting["kind"]) == (ADA, "invitation")
    line("send")
    [sent] = records("outbox")
    assert sent["state"] == "sent"
    assert sent["server_reply"].startswith("250")
    assert sent["message_id"].startswith("<")
    assert sent["created_at"].endswith("+00:00")


def test_send_says_one_line_a_message(line: Line, office: MailCatcher) -> None:
    assert line("send") == (0, "Nothing to send.\n", "")
    line("invite", ADA, "jonas@example.com")
    status, out, err = line("send")
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 2
    assert out.startswith("Sent: Ada Brennan <ada@example.org> · ")
    assert len(office.mails) == 2


def test_a_refused_message_is_failed_and_status_1(line: Line, office: MailCatcher) -> None:
    line("invite", ADA)
    office.answer("RCPT", "550 5.1.1 no such user")
    status, out, _err = line("send")
    assert status == 1
    assert out.startswith("Failed: Ada Brennan")


def test_a_temporary_refusal_is_no_failure_and_the_next_send_tries_at_once(
    line: Line, records: Records, office: MailCatcher
) -> None:
    line("invite", ADA)
    office.answer("RCPT", "450 4.2.0 later")
    status, out, _err = line("send")
    assert status == 0
    assert out.startswith("Waiting: Ada Brennan")
    [row] = records("outbox")
    assert row["attempts"] == 1
    assert row["next_attempt"] is not None
    assert line("send")[1].startswith("Sent: ")


def test_a_refused_password_is_said_once_and_not_tried_again_until_it_is_saved_anew(
    line: Line, records: Records, office: MailCatcher
) -> None:
    line("invite", ADA)
    line("mail-account", "--user", office.user, typed="wrong\n")
    status, out, err = line("send")
    assert status == 0
    assert out.startswith("Waiting: Ada Brennan")
    assert "did not accept the user name or password" in err
    line("send")
    assert len(office.attempts) == 1
    assert records("outbox")[0]["attempts"] == 0
    line("mail-account", "--user", office.user, typed=f"{office.password}\n")
    assert line("send")[1].startswith("Sent: ")


def test_other_account_trouble_gets_one_more_try_with_every_send(
    line: Line, office: MailCatcher
) -> None:
    line("invite", ADA)
    office.answer("MAIL", "550 5.7.1 not today")
    assert line("send")[1].startswith("Waiting: ")
    assert line("send")[1].startswith("Sent: ")


def test_beside_an_open_window_the_window_sends(
    line: Line, records: Records, office: MailCatcher, holder: Program
) -> None:
    office.answer("RCPT", "450 4.2.0 later")
    line("invite", ADA)
    status, out, err = line("send")
    assert (status, err) == (0, "")
    assert out.startswith(("Sent: Ada Brennan", "Waiting: Ada Brennan"))
    line("send")
    assert records("outbox")[0]["state"] == "sent"
    assert len(office.mails) == 1


def test_a_window_that_is_offline_keeps_the_messages(
    line: Line, records: Records, office: MailCatcher, holder: Program
) -> None:
    holder.desk.sender.set_online(False)
    line("invite", ADA)
    status, out, err = line("send")
    assert status == 0
    assert out.startswith("Waiting: Ada Brennan")
    assert err.startswith("The open window is offline.")
    assert office.mails == []


def test_beside_another_send_it_waits_and_sends_the_rest(
    line: Line, folder: Path, office: MailCatcher
) -> None:
    line("invite", ADA)
    other = FolderInstance(folder)
    assert other.acquire()
    timer = threading.Timer(0.2, other.release)
    timer.start()
    try:
        assert line("send")[1].startswith("Sent: ")
    finally:
        timer.join()


def test_a_holder_that_does_nothing_is_given_up(
    line: Line, folder: Path, office: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "PATIENCE_SECONDS", 0.0)
    line("invite", ADA)
    other = FolderInstance(folder)
    assert other.acquire()
    try:
        other.serve(lambda what: True)
        assert line("send")[1].startswith("Waiting: ")
    finally:
        other.release()
