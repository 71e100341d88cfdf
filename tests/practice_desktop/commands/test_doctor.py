import json
from collections.abc import Callable
from pathlib import Path

import pytest

from practice_desktop.gateways.disk import SystemDiskEncryption
from tests.mail_server import MailCatcher
from tests.practice_desktop.commands.conftest import Line

SUBJECTS = ["Database", "Disk encryption", "Password store", "Mail account", "Portal"]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool | None], None]:
    def says(encrypted: bool | None) -> None:
        monkeypatch.setattr(SystemDiskEncryption, "protects", lambda _self, _folder: encrypted)

    says(True)
    return says


def test_all_is_well_in_one_sentence_each(
    line: Line, office: MailCatcher, disk: Callable[[bool | None], None]
) -> None:
    status, out, _err = line("doctor")
    assert status == 0
    assert [row.split(":")[0].split(maxsplit=1)[1] for row in out.splitlines()] == SUBJECTS
    assert all(row.startswith("good") for row in out.splitlines())
    assert office.mails == []
    assert len(office.attempts) == 1


def test_a_disk_that_cannot_be_told_is_said_and_is_not_bad(
    line: Line, office: MailCatcher, disk: Callable[[bool | None], None]
) -> None:
    disk(None)
    status, out, _err = line("doctor")
    assert status == 0
    assert "unknown Disk encryption: Whether the disk is encrypted cannot be told" in out


def test_one_bad_thing_is_status_1(
    line: Line, office: MailCatcher, disk: Callable[[bool | None], None]
) -> None:
    disk(False)
    assert line("doctor")[0] == 1
    status, out, _err = line("doctor", "--json")
    assert status == 1
    states = {finding["subject"]: finding["state"] for finding in json.loads(out)}
    assert states == dict.fromkeys(SUBJECTS, "good") | {"Disk encryption": "bad"}


def test_a_damaged_database_is_said_beside_what_can_still_be_told(
    line: Line, folder: Path, disk: Callable[[bool | None], None]
) -> None:
    folder.mkdir()
    (folder / "practice.db").write_bytes(b"this was a database once" * 100)
    status, out, err = line("doctor")
    assert status == 1
    assert err == ""
    assert out.startswith("bad     Database: ")
    assert "Restore a backup" in out
    assert "good    Password store: " in out
