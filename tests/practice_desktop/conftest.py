"""One open data folder over a real SQLite file, with stand-ins where the outside world begins."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_desktop.services.desk import Desk
from practice_desktop.wiring import Program, open_program
from tests.practice_desktop.outbox_office import ACCOUNT as ACCOUNT
from tests.practice_desktop.outbox_office import PORTAL_ADDRESS as PORTAL_ADDRESS
from tests.practice_desktop.outbox_office import Office, open_office
from tests.practice_desktop.stand_ins import Clock, Letterbox, MemorySecrets


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def password_store() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def program(
    tmp_path: Path, clock: Clock, letterbox: Letterbox, password_store: MemorySecrets
) -> Iterator[Program]:
    """A data folder as it is at first start."""
    opened = open_program(tmp_path, secrets=password_store, transport=letterbox, clock=clock)
    opened.desk.history.working_as = "Dana"
    yield opened
    opened.close()


@pytest.fixture
def desk(program: Program) -> Desk:
    """The services of a practice that is ready to invite."""
    program.desk.practice.save(
        name="Harbor Counseling", phone="(207) 555-0140", portal_address=PORTAL_ADDRESS
    )
    program.desk.mail_account.save(ACCOUNT, "secret")
    return program.desk


@pytest.fixture
def office(tmp_path: Path, clock: Clock, password_store: MemorySecrets) -> Iterator[Office]:
    """A practice that is ready to invite, whose mail server answers as the test says."""
    office = open_office(tmp_path, clock, password_store)
    yield office
    office.program.close()
