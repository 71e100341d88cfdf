"""The way to a mail server below SMTP: its name, its address, its certificate, its lines."""

import ipaddress
import socket
import ssl
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from practice_desktop.ports import NotEncrypted, Stage, Unreachable

_MOST_OF_A_REPLY = 64 * 1024
_KEPT_SECONDS = 3600

Place = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


def a_label(domain: str) -> str:
    """The domain as DNS and SMTP know it. Raises UnicodeError where there can be no such one."""
    if domain.isascii():
        return domain
    import idna

    return idna.encode(domain, uts46=True).decode("ascii")


def find(host: str, port: int) -> list[Place]:
    """The addresses behind a name. Raises Unreachable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(Stage.FIND, words(error)) from error
    return [(family, place) for family, _, _, _, place in found]


def connect(places: list[Place], seconds: float) -> socket.socket:
    """The first address that answers; a dead one may not use up the time of the others."""
    deadline = time.monotonic() + seconds
    failure: OSError = TimeoutError("timed out")
    for index, (family, place) in enumerate(places):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(left / (len(places) - index))
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(place)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise Unreachable(Stage.CONNECT, words(failure)) from failure


def trust(ca_file: str) -> ssl.SSLContext:
    """What certificates are verified against. Raises NotEncrypted where `ca_file` is of no use.

    Reading the system's authorities takes longer than the rest of a conversation, so the answer
    is kept for a while; a file that was replaced is read anew.
    """
    try:
        changed = Path(ca_file).stat().st_mtime_ns if ca_file else 0
    except OSError:
        changed = 0
    return _trust(ca_file, changed, int(time.monotonic() // _KEPT_SECONDS))


@lru_cache(maxsize=4)
def _trust(ca_file: str, changed: int, period: int) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as error:
            raise NotEncrypted(
                Stage.ENCRYPT, "the file of the certificate authority cannot be used"
            ) from error
    return context


def own_name(sock: socket.socket) -> str:
    """An address literal (RFC 5321 4.1.3): the computer's name is nobody's business."""
    with suppress(OSError, ValueError, IndexError):
        address = ipaddress.ip_address(str(sock.getsockname()[0]).partition("%")[0])
        return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
    return "[127.0.0.1]"


class Lines:
    """What smtplib reads replies from: lines with a deadline for the whole reply.

    A socket's own timeout starts again with every byte, and a server that trickles would hold
    the sender for ever.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = b""
        self._ended = False
        self._deadline = 0.0
        self._left = 0

    def wait_until(self, seconds: float) -> None:
        """Give the next reply this long."""
        self._deadline = time.monotonic() + seconds
        self._left = _MOST_OF_A_REPLY

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._buffer and len(self._buffer) < limit:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
            if not self._receive():
                return b""
        end = self._buffer.find(b"\n") + 1 or limit
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        self._left -= len(line)
        if self._left < 0:
            raise OSError("the answer has no end")
        return line

    def has_ended(self) -> bool:
        """Whether the other side has hung up, as far as can be seen without waiting."""
        self._sock.settimeout(0)
        try:
            return not self._receive()
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True

    def has_spoken(self) -> bool:
        """Whether something was received that nobody has read."""
        return bool(self._buffer)

    def close(self) -> None:
        self._buffer = b""

    def _receive(self) -> bool:
        chunk = b"" if self._ended else self._sock.recv(4096)
        self._buffer += chunk
        self._ended = not chunk
        return bool(chunk)


def words(error: Exception) -> str:
    """What a network error says of itself."""
    if isinstance(error, TimeoutError):
        return "timed out"
    return str(getattr(error, "strerror", None) or str(error) or type(error).__name__)
