import pytest

from tests.mail_server import MailCatcher
from tests.practice_desktop.commands.conftest import Line, Records

ADA = "ada@example.org"


def titles(records: Records) -> set[str]:
    return {row["title"] for row in records("documents", ADA)}


def test_documents_are_set_to_exactly_what_is_named(
    line: Line, records: Records, office: MailCatcher
) -> None:
    status, out, _err = line("documents", ADA, "--set", "phq-9, Informed Consent")
    assert status == 0
    assert titles(records) == {"PHQ-9", "Informed Consent"}
    assert "Requested" in out
    line("documents", ADA, "--set", "PHQ-9,Welcome Letter")
    listed = {row["title"]: row["status"] for row in records("documents", ADA)}
    assert listed == {"PHQ-9": "Requested", "Welcome Letter": "Shared"}
    line("documents", ADA, "--set", "")
    assert titles(records) == set()


def test_a_notification_leaves_with_the_link_once_the_client_is_invited(
    line: Line, records: Records, office: MailCatcher
) -> None:
    line("invite", ADA)
    line("send")
    status, _out, err = line("documents", ADA, "--set", "PHQ-9", "--notify")
    assert (status, err) == (0, "A notification is in the outbox.\n")
    line("send")
    assert len(office.wait_for(2)) == 2
    kinds = [row["kind"] for row in records("outbox")]
    assert kinds == ["invitation", "notification"]


def test_a_notification_that_cannot_go_is_refused_with_the_reason(
    line: Line, records: Records, office: MailCatcher
) -> None:
    status, _out, err = line("documents", ADA, "--set", "PHQ-9", "--notify")
    assert status == 1
    assert err.strip()
    assert titles(records) == set()


@pytest.mark.parametrize("words", [("--set", "PHQ-9,Phantom"), ("--notify",)])
def test_wrong_input_changes_nothing(
    line: Line, records: Records, office: MailCatcher, words: tuple[str, ...]
) -> None:
    status, _out, err = line("documents", ADA, *words)
    assert status == 2
    assert "Nothing was changed" in err
    assert titles(records) == set()


def test_nothing_is_a_sentence(line: Line, office: MailCatcher) -> None:
    assert line("documents", ADA)[1] == "Nothing is requested of or shared with this client.\n"
