"""One process per data folder sends; the others find it through a socket that only they can use.

The lock is the operating system's, on a file that is never removed (removing it would let two
processes lock two files of one name). The holder writes where it listens, and the key that a
caller must know, into a file that only the folder's owner can read. What travels are two fixed
words, as bytes: nothing is ever unpickled.
"""

import json
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, get_args

from practice_desktop.ports import InstanceRequest

if TYPE_CHECKING:
    # Loaded where somebody listens or asks: most starts find nobody to ask before the window.
    from multiprocessing.connection import Listener

LOCK = "sender.lock"
DOOR = "sender.door"
PATIENCE_SECONDS = 5.0
_SOCKET = "sender.sock"
_SOCKET_PATH_BYTES = 100
_LONGEST_WORD = 64
_FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
_DONE, _NOT_DONE = b"done", b"not done"
_KNOWN: dict[bytes, InstanceRequest] = {word.encode(): word for word in get_args(InstanceRequest)}


class FolderInstance:
    """Fulfils ports.Instance for `folder`, which exists."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: BinaryIO | None = None
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._socket_folder: Path | None = None
        self._key = b""
        self._closing = threading.Event()

    def acquire(self) -> bool:
        if self._lock is not None:
            return True
        file = open(self._folder / LOCK, "a+b", opener=_for_owner_alone)  # noqa: SIM115
        if not _lock(file):
            file.close()
            return False
        self._lock = file
        return True

    def serve(self, on_request: Callable[[InstanceRequest], bool | None]) -> None:
        if self._lock is None or self._listener is not None:
            raise RuntimeError("only the holder listens, and once")
        self._closing.clear()
        self._key = secrets.token_bytes(32)
        self._listener, address = self._listen()
        self._thread = threading.Thread(
            target=self._hear, args=(self._listener, on_request), name="instance", daemon=True
        )
        self._thread.start()
        self._write_door(address)

    def request(self, what: InstanceRequest) -> bool | None:
        if self._lock is not None:
            return None
        try:
            door = json.loads((self._folder / DOOR).read_text(encoding="utf-8"))
            address, key = str(door["address"]), bytes.fromhex(door["key"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        answers: list[bool | None] = []
        # The other process may be suspended half-way through: nobody waits for it for ever.
        caller = threading.Thread(
            target=lambda: answers.append(_ask(address, key, what)), name="request", daemon=True
        )
        caller.start()
        caller.join(PATIENCE_SECONDS)
        return answers[0] if answers else None

    def release(self) -> None:
        if self._listener is not None:
            self._stop_hearing(self._listener)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _listen(self) -> "tuple[Listener, str]":
        from multiprocessing.connection import Listener

        if sys.platform == "win32":
            pipe = rf"\\.\pipe\practice-desktop-{secrets.token_hex(16)}"
            return Listener(pipe, _FAMILY, authkey=self._key), pipe
        beside = self._folder / _SOCKET
        beside.unlink(missing_ok=True)
        if len(os.fsencode(beside)) <= _SOCKET_PATH_BYTES:
            # Some file systems (network, FAT) keep no sockets.
            with suppress(OSError):
                return Listener(str(beside), _FAMILY, authkey=self._key), str(beside)
        self._socket_folder = Path(tempfile.mkdtemp(prefix="pd-", dir=_short_temporary_folder()))
        elsewhere = str(self._socket_folder / "s")
        return Listener(elsewhere, _FAMILY, authkey=self._key), elsewhere

    def _hear(
        self, listener: "Listener", on_request: Callable[[InstanceRequest], bool | None]
    ) -> None:
        from multiprocessing import AuthenticationError

        while True:
            try:
                connection = listener.accept()
            except (OSError, EOFError, AuthenticationError):
                # A caller that left or did not know the key; a closed listener ends the loop.
                if self._closing.is_set():
                    return
                continue
            with connection, suppress(OSError, EOFError):
                if self._closing.is_set():
                    return
                word = _KNOWN.get(connection.recv_bytes(_LONGEST_WORD))
                done = word is not None and on_request(word) is not False
                connection.send_bytes(_DONE if done else _NOT_DONE)

    def _stop_hearing(self, listener: "Listener") -> None:
        (self._folder / DOOR).unlink(missing_ok=True)
        self._closing.set()
        # accept() cannot be interrupted; a call from within wakes it.
        waker = threading.Thread(
            target=_knock, args=(listener.address, self._key), name="waker", daemon=True
        )
        waker.start()
        if self._thread is not None:
            self._thread.join(PATIENCE_SECONDS)
        with suppress(OSError):
            listener.close()
        waker.join(PATIENCE_SECONDS)
        if self._socket_folder is not None:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
        self._listener = self._thread = self._socket_folder = None

    def _write_door(self, address: str) -> None:
        """Put address and key in place at once, so that nobody reads half of them."""
        unfinished = self._folder / f"{DOOR}.new"
        unfinished.unlink(missing_ok=True)
        with open(unfinished, "w", encoding="utf-8", opener=_for_owner_alone) as file:
            json.dump({"address": address, "key": self._key.hex()}, file)
        os.replace(unfinished, self._folder / DOOR)


def _for_owner_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _short_temporary_folder() -> str | None:
    """Where a socket's path stays short; None leaves the choice to the system."""
    usual = tempfile.gettempdir()
    return None if len(os.fsencode(usual)) < _SOCKET_PATH_BYTES // 2 else os.sep + "tmp"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _ask(address: str, key: bytes, what: InstanceRequest) -> bool | None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        with Client(address, _FAMILY, authkey=key) as connection:
            connection.send_bytes(what.encode())
            return connection.recv_bytes(_LONGEST_WORD) == _DONE
    except (OSError, EOFError, AuthenticationError):
        return None


def _knock(address: str, key: bytes) -> None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    with suppress(OSError, EOFError, AuthenticationError):
        Client(address, _FAMILY, authkey=key).close()
