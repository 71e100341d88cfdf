import getpass
import sys

import pytest

from tests.mail_server import MailCatcher
from tests.practice_desktop.commands.conftest import Line, Records, StoreInMemory

ACCOUNT = ("--host", "smtp.example.org", "--user", "office", "--from", "office@example.org")


def test_a_mail_account_is_kept_and_its_password_only_in_the_password_store(
    line: Line, records: Records, store: StoreInMemory
) -> None:
    assert records("mail-account") == []
    status, out, _err = line("mail-account", *ACCOUNT, "--security", "starttls", typed="secret\n")
    assert status == 0
    assert "secret" not in out
    [account] = records("mail-account")
    assert account == {
        "host": "smtp.example.org",
        "port": 587,
        "security": "starttls",
        "user": "office",
        "from": "office@example.org",
        "sender_name": "",
        "reply_to": "",
        "ca_file": "",
        "preset": "other",
    }
    assert list(store.entries.values()) == ["secret"]


def test_one_setting_changes_without_the_others_and_without_the_password(
    line: Line, records: Records, store: StoreInMemory
) -> None:
    line("mail-account", *ACCOUNT, typed="secret\n")
    status, _out, err = line("mail-account", "--from", "Front Desk <desk@example.org>")
    assert (status, err) == (0, "")
    [account] = records("mail-account")
    assert (account["from"], account["sender_name"]) == ("desk@example.org", "Front Desk")
    assert (account["host"], account["port"]) == ("smtp.example.org", 465)
    assert list(store.entries.values()) == ["secret"]


def test_at_a_terminal_the_password_is_asked_for_without_showing_it(
    line: Line, store: StoreInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def prompt(words: str) -> str:
        asked.append(words)
        return "typed"

    monkeypatch.setattr(getpass, "getpass", prompt)
    assert line("mail-account", *ACCOUNT, terminal=True)[0] == 0
    assert len(asked) == 1
    assert list(store.entries.values()) == ["typed"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "25"), "--host, --from"),
        ((*ACCOUNT[:-1], "not an address"), "address"),
        ((*ACCOUNT, "--security", "none"), "Without encryption"),
        ((*ACCOUNT, "--port", "70000"), "1 to 65535"),
        ((*ACCOUNT, "--ca-file", "missing.pem"), "certificate"),
        ((*ACCOUNT, "--security", "rot13"), "invalid choice"),
    ],
)
def test_a_wrong_account_is_refused_with_the_reason_and_nothing_is_kept(
    line: Line, records: Records, store: StoreInMemory, words: tuple[str, ...], said: str
) -> None:
    status, _out, err = line("mail-account", *words, typed="secret\n")
    assert status == 2
    assert said in err
    assert records("mail-account") == []
    assert store.entries == {}


def test_a_first_account_needs_its_password(line: Line, records: Records) -> None:
    status, _out, err = line("mail-account", *ACCOUNT)
    assert status == 2
    assert "password" in err
    assert records("mail-account") == []


def test_a_program_without_standard_input_keeps_the_password(
    line: Line, store: StoreInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from practice_desktop.commands import settings

    monkeypatch.setattr(sys, "stdin", None)
    assert settings.read_password() == ""


def test_the_practice_is_shown_and_changed(line: Line, records: Records) -> None:
    status, _out, _err = line(
        "practice", "--name", "Harbor", "--portal-address", "https://a.example/"
    )
    assert status == 0
    line("practice", "--phone", "(207) 555-0140")
    [practice] = records("practice")
    assert practice["name"] == "Harbor"
    assert practice["phone"] == "(207) 555-0140"
    assert practice["portal_address"] == "https://a.example"


def test_a_portal_address_that_others_could_listen_to_is_refused(
    line: Line, records: Records
) -> None:
    status, _out, err = line("practice", "--portal-address", "http://portal.example.org")
    assert status == 2
    assert "https://" in err
    assert records("practice")[0]["portal_address"] == ""


def test_a_portal_on_this_computer_is_mailed_only_through_this_computer(
    line: Line, office: MailCatcher
) -> None:
    assert line("invite", "ada@example.org")[0] == 0
    line("mail-account", "--host", "smtp.example.org", typed="secret\n")
    status, _out, err = line("invite", "jonas@example.com")
    assert status == 1
    assert "this computer only" in err
