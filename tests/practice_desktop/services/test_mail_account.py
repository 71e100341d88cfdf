"""The mail account: what may be saved, where the password goes, what the test message tells."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from practice_desktop.errors import (
    InvalidInput,
    PasswordStoreLocked,
    PasswordStoreMissing,
    StaleEdit,
)
from practice_desktop.gateways.smtp import SmtpTransport
from practice_desktop.models.history import HistoryEntry
from practice_desktop.models.practice import MailAccount as StoredAccount
from practice_desktop.services.mail_account import (
    NO_PASSWORD,
    MailAccount,
    MailAccountRow,
    TestStep,
)
from practice_desktop.vocabulary import Security
from practice_desktop.wiring import Program, open_program
from tests.mail_server import MailCatcher, make_certificates
from tests.practice_desktop.stand_ins import Clock, MemorySecrets

ROW = MailAccountRow(
    preset="other",
    host="mail.harbor.example",
    port=465,
    security=Security.TLS,
    user="office@harbor.example",
    from_address="office@harbor.example",
    sender_name="Harbor Counseling",
)


@pytest.fixture
def account(program: Program) -> MailAccount:
    return program.desk.mail_account


def stored(program: Program) -> StoredAccount:
    with program.database.read() as session:
        return session.get_one(StoredAccount, 1)


def test_what_is_saved_is_loaded_in_its_usual_spelling(account: MailAccount) -> None:
    assert account.load() is None
    account.save(
        replace(ROW, host=" Mail.Harbor.Example. ", sender_name=" Harbor\r\nCounseling "), "secret"
    )
    assert account.load() == ROW
    assert account.password() == "secret"


def test_the_password_is_in_the_password_store_and_nowhere_else(
    program: Program, account: MailAccount, password_store: MemorySecrets
) -> None:
    account.save(ROW, "Zx9-unmistakable")
    [name] = [n for n, secret in password_store.entries.items() if secret == "Zx9-unmistakable"]
    assert name.startswith("smtp-password ")
    assert name.endswith(" office@harbor.example@mail.harbor.example")
    with program.database.write() as session:
        session.execute(text("SELECT 1"))
    for file in program.folder.iterdir():
        assert b"Zx9-unmistakable" not in file.read_bytes()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": ""}, "host"),
        ({"host": "mail harbor"}, "host"),
        ({"host": "user@mail.example"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 65536}, "port"),
        ({"security": Security.NONE}, "security"),
        ({"user": " "}, "user"),
        ({"user": "a\nb"}, "user"),
        ({"from_address": "office"}, "from_address"),
        ({"reply_to": "x@"}, "reply_to"),
        ({"ca_file": "missing.pem"}, "ca_file"),
    ],
)
def test_what_cannot_work_is_refused_beside_its_field_and_nothing_is_kept(
    account: MailAccount,
    password_store: MemorySecrets,
    change: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(InvalidInput) as caught:
        account.save(replace(ROW, **change), "secret")  # type: ignore[arg-type]
    assert caught.value.field == field
    assert account.load() is None
    assert "secret" not in password_store.entries.values()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_this_very_computer_needs_neither_encryption_nor_user(
    account: MailAccount, host: str
) -> None:
    account.save(replace(ROW, host=host, security=Security.NONE, user="", port=2525), None)
    assert account.password() == ""


def test_a_password_stays_while_host_and_user_stay(
    account: MailAccount, password_store: MemorySecrets
) -> None:
    account.save(ROW, "secret")
    account.save(replace(ROW, port=587, security=Security.STARTTLS), None)
    assert account.password() == "secret"
    for moved in (replace(ROW, host="mail.other.example"), replace(ROW, user="dana")):
        with pytest.raises(InvalidInput) as caught:
            account.save(moved, None)
        assert caught.value.field == "password"
    account.save(replace(ROW, host="mail.other.example"), "other")
    assert list(password_store.entries.values()).count("secret") == 0
    assert account.password() == "other"


@pytest.mark.parametrize("password", ["", "a\nb", "a\0b"])
def test_a_password_that_cannot_be_one_is_refused(account: MailAccount, password: str) -> None:
    with pytest.raises(InvalidInput):
        account.save(ROW, password)


def test_where_the_password_store_refuses_nothing_is_changed(
    account: MailAccount, password_store: MemorySecrets
) -> None:
    account.save(ROW, "secret")
    password_store.trouble = PasswordStoreLocked("It is locked.")
    with pytest.raises(PasswordStoreLocked):
        account.save(replace(ROW, port=587), "new")
    password_store.trouble = None
    assert account.load() == ROW
    assert account.password() == "secret"


def test_where_the_database_refuses_the_old_password_comes_back(
    program: Program, account: MailAccount
) -> None:
    account.save(ROW, "secret")
    with program.database.write() as session:
        session.execute(
            text(
                "CREATE TRIGGER full BEFORE UPDATE ON mail_account "
                "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )
    with pytest.raises(DatabaseError, match="disk full"):
        account.save(replace(ROW, port=587), "new")
    assert account.password() == "secret"
    assert account.load() == ROW


def test_saving_sets_a_stopped_account_going_again(
    program: Program, account: MailAccount, clock: Clock
) -> None:
    account.save(ROW, "secret")
    with program.database.write() as session:
        row = session.get_one(StoredAccount, 1)
        row.stopped_reason, row.stopped_details, row.probes = "Wrong password.", "535", 3
        row.stopped_at = row.probe_at = clock()
    heard: list[bool] = []
    account.on_saved = lambda: heard.append(True)
    account.save(ROW, "right", edited=ROW)
    row = stored(program)
    assert (row.stopped_reason, row.stopped_details, row.probes) == ("", "", 0)
    assert row.stopped_at is row.probe_at is None
    assert heard == [True]


def test_an_account_changed_by_somebody_else_is_not_overwritten(account: MailAccount) -> None:
    account.save(ROW, "secret")
    account.save(replace(ROW, port=587), None)
    with pytest.raises(StaleEdit):
        account.save(replace(ROW, sender_name="Mine"), None, edited=ROW)
    loaded = account.load()
    assert loaded is not None
    assert loaded.port == 587


def test_history_says_what_changed_and_never_the_password(
    program: Program, account: MailAccount
) -> None:
    account.save(ROW, "secret")
    account.save(replace(ROW, port=587, security=Security.STARTTLS), "secret2")
    with program.database.read() as session:
        entries = session.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.action == "mail_account")
            .order_by(HistoryEntry.id)
        ).all()
    assert [entry.sentence for entry in entries] == [
        "Set up the mail account",
        "Changed the mail account",
    ]
    assert entries[1].changes == [
        ["Port", "465", "587"],
        ["Security", "TLS", "STARTTLS"],
        ["Password", "", "(new)"],
    ]
    assert "secret" not in str([entry.changes for entry in entries])


def test_an_unknown_preset_is_kept_as_other(account: MailAccount) -> None:
    account.save(replace(ROW, preset="postmaster general"), "secret")
    loaded = account.load()
    assert loaded is not None
    assert loaded.preset == "other"


class TestStepsOf:
    """What *Send test message* tells before any server is spoken to."""

    def told(self, account: MailAccount) -> TestStep:
        steps: list[TestStep] = []
        assert not account.send_test("dana@harbor.example", steps.append)
        [step] = steps
        assert not step.done
        return step

    def test_locked_missing_and_empty_password_stores_are_three_sentences(
        self, account: MailAccount, password_store: MemorySecrets
    ) -> None:
        account.save(ROW, "secret")
        sentences = set()
        for trouble in (PasswordStoreLocked("It is locked."), PasswordStoreMissing("None here.")):
            password_store.trouble = trouble
            sentences.add(self.told(account).sentence)
        password_store.trouble = None
        password_store.entries.clear()
        sentences.add(self.told(account).sentence)
        assert sentences == {"It is locked.", "None here.", NO_PASSWORD}

    def test_without_an_account_it_says_so(self, account: MailAccount) -> None:
        assert "no mail account yet" in self.told(account).sentence

    def test_a_recipient_that_cannot_be_is_refused(self, account: MailAccount) -> None:
        with pytest.raises(InvalidInput) as caught:
            account.send_test("dana", lambda step: None)
        assert caught.value.field == "recipient"


@pytest.fixture
def real_program(tmp_path: Path, clock: Clock, password_store: MemorySecrets) -> Iterator[Program]:
    opened = open_program(tmp_path, secrets=password_store, transport=SmtpTransport(), clock=clock)
    yield opened
    opened.close()


def test_a_test_message_really_arrives(real_program: Program, tmp_path: Path) -> None:
    account = real_program.desk.mail_account
    real_program.desk.practice.save(name="Härbor Counseling")
    steps: list[TestStep] = []
    with MailCatcher(make_certificates(tmp_path / "certificates")) as catcher:
        server = catcher.server()
        row = replace(
            ROW,
            host=server.host,
            port=server.port,
            security=server.security,
            ca_file=server.ca_file,
            sender_name="",
        )
        account.save(row, catcher.password)
        assert account.send_test("dana@harbor.example", steps.append)
        [mail] = catcher.mails
    assert [step.title for step in steps] == ["Found server", "Encrypted", "Signed in", "Accepted"]
    message = message_from_bytes(mail.content, policy=default)
    assert message["Subject"] == "Test message from Practice Desktop"
    assert message["From"].addresses[0].display_name == "Härbor Counseling"
    assert message["To"] == "dana@harbor.example"
