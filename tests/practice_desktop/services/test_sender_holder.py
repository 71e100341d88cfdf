import threading
from collections.abc import Iterator

import pytest

from practice_desktop.gateways.instance import FolderInstance
from practice_desktop.services import sender_holder
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.services.sender_holder import SenderHolder
from practice_desktop.wiring import Program
from tests.practice_desktop.stand_ins import Letterbox


@pytest.fixture
def other(program: Program) -> Iterator[FolderInstance]:
    """Another process on the same data folder."""
    instance = FolderInstance(program.folder)
    yield instance
    instance.release()


@pytest.fixture
def holder(program: Program, desk: Desk) -> Iterator[SenderHolder]:
    made = SenderHolder(FolderInstance(program.folder), desk.outbox, desk.sender)
    yield made
    made.stop()


@pytest.fixture
def left(desk: Desk, letterbox: Letterbox) -> threading.Event:
    """Set when a message leaves; one waits."""
    event = threading.Event()
    letterbox.answer = lambda _envelope: event.set()
    ada = desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org"))
    desk.portal_access.invite(ada, InvitationRequest(()))
    return event


def test_the_window_sends_and_shows_itself_when_the_program_is_started_again(
    holder: SenderHolder, other: FolderInstance, left: threading.Event
) -> None:
    shown = threading.Event()
    holder.start(shown.set)
    assert not other.acquire()
    assert other.request("show window") is True
    assert shown.is_set()
    assert left.wait(10)


def test_a_request_to_send_is_refused_while_it_is_offline(
    holder: SenderHolder, other: FolderInstance, desk: Desk, left: threading.Event
) -> None:
    desk.sender.set_online(False)
    holder.start(lambda: None)
    assert other.request("send") is False
    assert not left.is_set()
    desk.sender.set_online(True)
    assert other.request("send") is True
    assert left.wait(10)


def test_it_waits_until_a_command_line_has_sent(
    holder: SenderHolder,
    other: FolderInstance,
    left: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender_holder, "TRY_AGAIN_SECONDS", 0.01)
    assert other.acquire()
    holder.start(lambda: None)
    assert not left.is_set(), "two processes never send at once"
    other.release()
    assert left.wait(10)


def test_it_lets_the_folder_go_and_can_stop_while_it_waits(
    holder: SenderHolder, other: FolderInstance
) -> None:
    assert other.acquire()
    holder.start(lambda: None)
    holder.stop()
    other.release()
    assert other.acquire()
