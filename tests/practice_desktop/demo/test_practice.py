from collections import Counter
from collections.abc import Iterator

import pytest

from practice_desktop.demo.people import NUMBER
from practice_desktop.demo.practice import DemoPractice
from practice_desktop.services.client_directory import ClientDirectory, DirectoryEntry
from practice_desktop.vocabulary import (
    ClientFilter,
    DocumentStatus,
    MessageState,
    OutboxFilter,
    PortalStatus,
)
from practice_desktop.wiring import Program

SHOWN = {
    "Ada Brennan": PortalStatus.ACTIVE,
    "Marcus Chen": PortalStatus.NOT_INVITED,
    "Priya Desai": PortalStatus.INVITED,
    "Jonas Ekström": PortalStatus.QUEUED,
    "Rosa Figueroa": PortalStatus.NOT_DELIVERED,
    "Samuel Grant": PortalStatus.NOT_INVITED,
    "Wen Huang": PortalStatus.ACTIVE,
    "Lena Ibsen": PortalStatus.DISABLED,
    "Theo Jansen": PortalStatus.ACTIVE,
}


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoPractice]:
    with DemoPractice() as made:
        yield made


@pytest.fixture
def program(demo: DemoPractice) -> Iterator[Program]:
    opened = demo.open()
    yield opened
    opened.close()


@pytest.fixture
def everybody(program: Program, demo: DemoPractice) -> list[DirectoryEntry]:
    return list(ClientDirectory(program.database, demo.clock).entries())


def test_there_are_clients_in_every_state(everybody: list[DirectoryEntry]) -> None:
    assert len(everybody) == NUMBER
    assert {entry.status for entry in everybody} == set(PortalStatus)
    assert Counter(entry.archived for entry in everybody)[True] == 40
    assert sum(entry.needs_setup for entry in everybody) == 6


def test_those_of_the_pictures_stand_as_there(everybody: list[DirectoryEntry]) -> None:
    found = {
        name: entry.status
        for entry in everybody
        if (name := f"{entry.first_name} {entry.last_name}") in SHOWN
    }
    assert found == SHOWN
    [marcus] = [entry for entry in everybody if entry.last_name == "Chen"]
    assert marcus.email == ""


def test_every_filter_and_every_kind_of_document_has_something_to_show(program: Program) -> None:
    counts = program.desk.clients.counts()
    assert all(counts[shown] for shown in ClientFilter)
    documents = program.desk.documentation
    active = program.desk.clients.ids(shown=ClientFilter.ALL)
    statuses = {row.status for client in active for row in documents.documents(client)}
    assert statuses >= {
        DocumentStatus.REQUESTED,
        DocumentStatus.OPENED,
        DocumentStatus.IN_PROGRESS,
        DocumentStatus.COMPLETED,
        DocumentStatus.SHARED,
    }


def test_mail_went_to_the_catcher_and_one_is_held_for_review(
    demo: DemoPractice, program: Program
) -> None:
    outbox = program.desk.outbox
    counts = outbox.counts()
    assert len(demo.catcher.mails) == counts[OutboxFilter.SENT]
    [held] = outbox.page(shown=OutboxFilter.TO_SEND)
    assert held.state is MessageState.HELD
    assert counts[OutboxFilter.ATTENTION] == 2


def test_nothing_of_it_is_left_and_its_secrets_were_never_on_the_computer() -> None:
    with DemoPractice() as demo:
        folder = demo.folder
        content = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
        assert demo.catcher.password.encode() not in content
    assert not folder.exists()
