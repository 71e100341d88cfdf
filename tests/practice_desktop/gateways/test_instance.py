import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from practice_desktop.gateways import instance as module
from practice_desktop.gateways.instance import DOOR, FolderInstance
from practice_desktop.ports import Instance, InstanceRequest

Make = Callable[..., Instance]
ON_POSIX = sys.platform != "win32"


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Instance] = []

    def of(folder: Path = tmp_path) -> Instance:
        made.append(FolderInstance(folder))
        return made[-1]

    yield of
    for instance in made:
        instance.release()


def test_only_one_process_takes_a_folder_and_the_next_may_when_it_lets_go(make: Make) -> None:
    first, second = make(), make()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()


def test_a_process_that_died_leaves_no_lock(make: Make, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from practice_desktop.gateways.instance import FolderInstance\n"
        "it = FolderInstance(Path(sys.argv[1]))\n"
        "print(it.acquire(), flush=True); it.serve(print); input()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "True"
        mine = make()
        assert not mine.acquire()
        process.kill()
    assert mine.request("send") is None, "nobody is left to answer"
    assert mine.acquire()
    mine.serve(lambda _what: True)
    assert make().request("send")


def test_the_holder_hears_what_others_ask_for(make: Make) -> None:
    heard: list[InstanceRequest] = []
    holder, other = make(), make()
    assert holder.acquire()
    holder.serve(heard.append)
    assert other.request("show window")
    assert other.request("send")
    assert heard == ["show window", "send"]


def test_a_holder_that_cannot_do_it_says_so(make: Make) -> None:
    holder = make()
    assert holder.acquire()
    holder.serve(lambda what: what == "send")
    assert make().request("show window") is False
    assert make().request("send") is True


def test_nobody_is_asked_where_nobody_listens(make: Make) -> None:
    assert make().request("show window") is None
    holder = make()
    assert holder.acquire()
    assert make().request("show window") is None, "it holds the folder but does not listen"
    holder.serve(lambda _what: True)
    assert holder.request("show window") is None, "one does not ask oneself"
    holder.release()
    assert make().request("show window") is None


def test_a_caller_without_the_key_is_not_heard(make: Make, tmp_path: Path) -> None:
    heard: list[InstanceRequest] = []
    holder = make()
    assert holder.acquire()
    holder.serve(heard.append)
    address = json.loads((tmp_path / DOOR).read_text())["address"]
    with pytest.raises(Exception, match="digest"):
        Client(address, authkey=b"guessed")
    assert heard == []
    assert make().request("send"), "the next one is heard all the same"


@pytest.mark.parametrize("said", [b"delete everything", b"", b"\x80\x04N.", b"x" * 100_000])
def test_other_words_are_refused_and_do_no_harm(make: Make, tmp_path: Path, said: bytes) -> None:
    heard: list[InstanceRequest] = []
    holder = make()
    assert holder.acquire()
    holder.serve(heard.append)
    door = json.loads((tmp_path / DOOR).read_text())
    with Client(door["address"], authkey=bytes.fromhex(door["key"])) as connection:
        try:
            connection.send_bytes(said)
            answer = connection.recv_bytes()
        except (EOFError, OSError):
            answer = b"hung up"
    assert answer in {b"not done", b"hung up"}
    assert heard == []
    assert make().request("send")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"address": 1}', '{"address":"x","key":"zz"}'])
def test_a_damaged_door_is_nobody_there(make: Make, tmp_path: Path, content: str) -> None:
    (tmp_path / DOOR).write_text(content)
    assert make().request("send") is None


@pytest.mark.skipif(not ON_POSIX, reason="Windows has pipes, without this limit")
def test_a_folder_too_deep_for_a_socket_is_served_all_the_same(make: Make, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    holder = make(deep)
    assert holder.acquire()
    holder.serve(lambda _what: True)
    elsewhere = Path(json.loads((deep / DOOR).read_text())["address"]).parent
    assert not elsewhere.is_relative_to(deep)
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
    assert make(deep).request("send")
    holder.release()
    assert not elsewhere.exists()


@pytest.mark.skipif(not ON_POSIX, reason="POSIX file modes")
def test_only_the_owner_can_read_where_to_call_and_with_which_key(
    make: Make, tmp_path: Path
) -> None:
    os.umask(0)
    holder = make()
    assert holder.acquire()
    holder.serve(lambda _what: True)
    assert stat.S_IMODE((tmp_path / DOOR).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / module.LOCK).stat().st_mode) == 0o600


def test_letting_go_without_having_taken_anything_is_harmless(make: Make) -> None:
    instance = make()
    instance.release()
    with pytest.raises(RuntimeError):
        instance.serve(lambda _what: True)
