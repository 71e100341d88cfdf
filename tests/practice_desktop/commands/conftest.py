"""The command line as a person at a terminal has it: a data folder, a real mail server."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import keyring
import pytest
from keyring.backend import KeyringBackend

from practice_desktop.__main__ import main
from tests.mail_server import MailCatcher, make_certificates


class Line(Protocol):
    def __call__(
        self, *words: object, typed: str = "", terminal: bool = False
    ) -> tuple[int, str, str]: ...


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


Records = Callable[..., list[dict[str, Any]]]


class StoreInMemory(KeyringBackend):
    """The operating system's password store, of this test alone."""

    priority = 1

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture(autouse=True)
def store() -> Iterator[StoreInMemory]:
    before = keyring.get_keyring()
    made = StoreInMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def line(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    """Run a command on the data folder; gives status, standard output and standard error."""

    def run(*words: object, typed: str = "", terminal: bool = False) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", Terminal(typed) if terminal else io.StringIO(typed))
        capsys.readouterr()
        try:
            status = main([*map(str, words), "--data-dir", str(folder)])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def records(line: Line) -> Records:
    """What a listing command prints with --json."""

    def read(*words: object) -> list[dict[str, Any]]:
        status, out, err = line(*words, "--json")
        assert status == 0, err
        return [dict(record) for record in json.loads(out)]

    return read


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[MailCatcher]:
    with MailCatcher(make_certificates(tmp_path / "certificates")) as running:
        yield running


@pytest.fixture
def office(line: Line, catcher: MailCatcher, tmp_path: Path) -> MailCatcher:
    """A practice that is ready to invite, with three clients; its mail server."""
    server = catcher.server()
    clients = tmp_path / "clients.csv"
    clients.write_text(
        "First name,Last name,Email,Phone\n"
        "Ada,Brennan,ada@example.org,(555) 010-1234\n"
        "Marcus,Chen,,\n"
        "Jonas,Ekström,jonas@example.com,\n",
        encoding="utf-8",
    )
    for words, typed in (
        (("practice", "--name", "Harbor Counseling", "--phone", "(207) 555-0140"), ""),
        (("practice", "--portal-address", "http://127.0.0.1:8443"), ""),
        (
            (
                "mail-account",
                *("--host", server.host, "--port", server.port),
                *("--security", server.security.value, "--user", server.user),
                *("--from", "office@harbor.example", "--ca-file", server.ca_file),
            ),
            f"{catcher.password}\n",
        ),
        (("import", clients), ""),
    ):
        status, out, err = line(*words, typed=typed)
        assert status == 0, out + err
    return catcher
