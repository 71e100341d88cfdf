import re

import pytest

from practice_desktop.errors import PasswordStoreLocked
from tests.mail_server import MailCatcher
from tests.practice_desktop.commands.conftest import Line, Records, StoreInMemory

LINK = re.compile(r"http://127\.0\.0\.1:8443/i#[A-Z2-7]{26}")


def status_of(records: Records, first_name: str) -> str:
    [status] = [r["portal_status"] for r in records("clients") if r["first_name"] == first_name]
    return str(status)


def test_an_invitation_waits_until_it_is_sent_and_then_carries_a_link(
    line: Line, records: Records, office: MailCatcher
) -> None:
    status, out, err = line("invite", "ada@example.org", "--form", "phq-9")
    assert (status, err) == (0, "")
    assert out.startswith("Ada Brennan <ada@example.org>: Queued.")
    assert status_of(records, "Ada") == "Queued"
    assert line("send")[0] == 0
    [mail] = office.wait_for(1)
    assert mail.recipient == "ada@example.org"
    assert LINK.search(mail.content.decode().replace("=\r\n", ""))
    assert status_of(records, "Ada") == "Invited"


def test_several_are_invited_and_whoever_cannot_be_is_named_with_the_reason(
    line: Line, records: Records, office: MailCatcher
) -> None:
    ids = [row["id"] for row in records("clients")]
    status, out, err = line("invite", *ids)
    assert status == 1
    assert out.count("Queued") == 2
    assert err.startswith("Marcus Chen was not invited.")
    assert "email address" in err
    assert line("invite", "ada@example.org")[0] == 1, "she has been invited already"


def test_a_packet_and_single_forms_are_requested_once(
    line: Line, records: Records, office: MailCatcher
) -> None:
    assert line("invite", "ada@example.org", "--packet", "new ADULT", "--form", "PHQ-9")[0] == 0
    titles = [row["title"] for row in records("documents", "ada@example.org")]
    assert len(titles) == len(set(titles)) == 6
    assert "PHQ-9" in titles


def test_without_a_word_about_forms_none_is_requested(
    line: Line, records: Records, office: MailCatcher
) -> None:
    line("invite", "ada@example.org")
    assert records("documents", "ada@example.org") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--form", "PHQ-99"), "Did you mean PHQ-9?"),
        (("--packet", "New adults"), "Did you mean New adult?"),
        (("--feature", "telepathy"), "There is no feature called telepathy."),
    ],
)
def test_an_unknown_name_is_wrong_input_and_invites_nobody(
    line: Line, records: Records, office: MailCatcher, words: tuple[str, str], said: str
) -> None:
    status, _out, err = line("invite", "ada@example.org", *words)
    assert status == 2
    assert said in err
    assert status_of(records, "Ada") == "Not invited"


def test_an_unknown_client_is_wrong_input_and_nobody_else_is_invited(
    line: Line, records: Records, office: MailCatcher
) -> None:
    status, _out, err = line("invite", "ada@example.org", "stranger@example.org")
    assert status == 2
    assert "stranger@example.org" in err
    assert status_of(records, "Ada") == "Not invited"


def test_without_a_portal_address_nobody_is_invited(line: Line, office: MailCatcher) -> None:
    line("practice", "--portal-address", "")
    status, _out, err = line("invite", "ada@example.org")
    assert status == 1
    assert "no portal address" in err
    assert "Settings" in err


def test_a_resent_invitation_has_the_same_link(line: Line, office: MailCatcher) -> None:
    line("invite", "ada@example.org")
    line("send")
    status, out, _err = line("resend", "ada@example.org")
    assert status == 0
    assert "Ada Brennan" in out
    line("send")
    links = {
        match
        for mail in office.wait_for(2)
        for match in LINK.findall(mail.content.decode().replace("=\r\n", ""))
    }
    assert len(links) == 1


def test_a_deleted_invitation_leaves_the_client_as_before(
    line: Line, records: Records, office: MailCatcher
) -> None:
    line("invite", "ada@example.org")
    assert line("delete-invitation", "ada@example.org")[0] == 0
    assert status_of(records, "Ada") == "Not invited"
    assert line("send")[1] == "Nothing to send.\n"
    assert office.mails == []
    status, _out, err = line("delete-invitation", "ada@example.org")
    assert status == 1
    assert err


@pytest.mark.parametrize("verb", ["resend", "disable", "enable"])
def test_what_the_state_does_not_permit_is_a_sentence_and_status_1(
    line: Line, office: MailCatcher, verb: str
) -> None:
    status, out, err = line(verb, "ada@example.org")
    assert (status, out) == (1, "")
    assert err.strip()
    assert "Traceback" not in err


def test_a_locked_password_store_invites_nobody_and_says_so_once(
    line: Line,
    records: Records,
    office: MailCatcher,
    store: StoreInMemory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(_service: str, _name: str) -> str:
        raise PasswordStoreLocked("The password store is locked.")

    ids = [row["id"] for row in records("clients")]
    with monkeypatch.context() as while_locked:
        while_locked.setattr(store, "get_password", locked)
        status, out, err = line("invite", *ids)
    assert (status, out, err) == (1, "", "The password store is locked.\n")
    assert status_of(records, "Ada") == "Not invited"


def test_history_says_that_it_was_the_command_line(
    line: Line, office: MailCatcher, folder: object
) -> None:
    from pathlib import Path

    from practice_desktop.wiring import open_program

    line("invite", "ada@example.org")
    program = open_program(Path(str(folder)))
    try:
        desk = program.desk
        actors = {row.actor for row in desk.history.list(desk.clients.find("ada@example.org"))}
    finally:
        program.close()
    assert len(actors) == 1
    assert actors.pop().startswith("Command line (")
