from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from practice_desktop.errors import PasswordStoreLocked, PasswordStoreMissing
from practice_desktop.ports import MailServer, Refused, ServerReply, Stage, Unreachable
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.doctor import Doctor, Surroundings
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.services.root_key import RootKey
from practice_desktop.wiring import Program
from tests.practice_desktop.conftest import ACCOUNT, PORTAL_ADDRESS
from tests.practice_desktop.stand_ins import Letterbox, MemorySecrets


class Disk:
    def __init__(self, encrypted: bool | None = True) -> None:
        self.encrypted = encrypted

    def protects(self, folder: Path) -> bool | None:
        return self.encrypted


class Forgetful(MemorySecrets):
    """Takes everything and keeps nothing."""

    def write(self, name: str, secret: str) -> None: ...


class Silent(Letterbox):
    """A server that fails in a way of its own."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def open(self, server: MailServer, password: str, on_stage: object = None) -> NoReturn:
        raise self.error


@pytest.fixture
def doctor(
    program: Program, desk: Desk, password_store: MemorySecrets, letterbox: Letterbox
) -> Doctor:
    return examiner(program, password_store, letterbox)


def examiner(
    program: Program, store: MemorySecrets, letterbox: Letterbox, disk: Disk | None = None
) -> Doctor:
    return Doctor(
        program.database,
        Surroundings(program.folder, disk or Disk(), store),
        RootKey(program.database, store),
        program.desk.practice,
        program.desk.mail_account,
        letterbox,
    )


def test_a_practice_in_order_has_nothing_bad(doctor: Doctor, letterbox: Letterbox) -> None:
    findings = list(doctor.examine())
    assert [finding.subject for finding in findings] == [
        "Database",
        "Disk encryption",
        "Password store",
        "Mail account",
        "Portal",
    ]
    assert all(finding.good for finding in findings)
    assert letterbox.opened == 1
    assert letterbox.taken == []


def test_each_finding_is_a_sentence(
    program: Program, password_store: MemorySecrets, letterbox: Letterbox
) -> None:
    for disk in (Disk(True), Disk(False), Disk(None)):
        for finding in examiner(program, password_store, letterbox, disk).examine():
            assert finding.sentence[0].isupper()
            assert finding.sentence.endswith(".")


@pytest.mark.parametrize("encrypted", [True, False, None])
def test_the_disk_is_what_the_system_says(
    tmp_path: Path, password_store: MemorySecrets, encrypted: bool | None
) -> None:
    surroundings = Surroundings(tmp_path, Disk(encrypted), password_store)
    assert surroundings.disk_encryption().good is encrypted


def test_a_damaged_database_is_bad(program: Program, doctor: Doctor) -> None:
    assert "0 clients" in doctor.database().sentence
    path = program.database.path
    program.database.engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    finding = doctor.database()
    assert finding.good is False
    assert finding.details


@pytest.mark.parametrize(
    "trouble", [PasswordStoreLocked("It is locked."), PasswordStoreMissing("There is none.")]
)
def test_a_password_store_in_trouble_is_said_in_its_own_sentence(
    doctor: Doctor, password_store: MemorySecrets, trouble: Exception
) -> None:
    password_store.trouble = trouble
    assert doctor.password_store().good is False
    assert doctor.password_store().sentence == str(trouble)
    assert doctor.mail_account().sentence == str(trouble)


def test_a_password_store_that_forgets_is_bad(tmp_path: Path) -> None:
    finding = Surroundings(tmp_path, Disk(), Forgetful()).password_store()
    assert finding.good is False
    assert "did not keep" in finding.sentence


def test_the_examination_leaves_nothing_in_the_password_store(
    doctor: Doctor, password_store: MemorySecrets
) -> None:
    before = dict(password_store.entries)
    list(doctor.examine())
    assert password_store.entries == before


def test_a_lost_key_is_bad_once_something_is_encrypted_under_it(
    program: Program, desk: Desk, password_store: MemorySecrets, letterbox: Letterbox
) -> None:
    ada = desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org"))
    desk.portal_access.invite(ada, InvitationRequest(()))
    assert examiner(program, password_store, letterbox).password_store().good
    other_computer = MemorySecrets()
    finding = examiner(program, other_computer, letterbox).password_store()
    assert finding.good is False
    assert "no key" in finding.sentence


def test_no_mail_account_and_no_password_are_two_sentences(
    program: Program, password_store: MemorySecrets, letterbox: Letterbox
) -> None:
    doctor = examiner(program, password_store, letterbox)
    none = doctor.mail_account()
    program.desk.mail_account.save(ACCOUNT, "secret")
    password_store.entries.clear()
    empty = doctor.mail_account()
    assert none.good is empty.good is False
    assert none.sentence != empty.sentence
    assert letterbox.opened == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Unreachable(Stage.CONNECT, "refused"), "cannot be reached"),
        (Refused(Stage.SIGN_IN, ServerReply(535, "5.7.8 no")), "user name or password"),
    ],
)
def test_a_mail_server_in_trouble_is_named(
    program: Program, desk: Desk, password_store: MemorySecrets, error: Exception, said: str
) -> None:
    finding = examiner(program, password_store, Silent(error)).mail_account()
    assert finding.good is False
    assert ACCOUNT.host in finding.sentence
    assert said in finding.sentence
    assert finding.details


def test_a_portal_must_have_an_address_that_clients_can_open(doctor: Doctor, desk: Desk) -> None:
    assert PORTAL_ADDRESS in doctor.portal().sentence
    desk.practice.save(portal_address="http://127.0.0.1:8000")
    assert doctor.portal().good is False
    desk.mail_account.save(replace(ACCOUNT, host="127.0.0.1"), "secret")
    assert doctor.portal().good
    desk.practice.save(portal_address="")
    assert doctor.portal().good is False
