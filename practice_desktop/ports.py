"""What services ask of the outside world; gateways fulfil it, tests may stand in for it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from practice_desktop.vocabulary import Security


class SecretStore(Protocol):
    """The operating system's password store, one entry a name.

    Every method may raise PasswordStoreLocked or PasswordStoreMissing, and may block while the
    system asks a person to unlock: never call it on the UI thread.
    """

    def read(self, name: str) -> str | None:
        """The secret, or None where the store works and holds none under this name."""

    def write(self, name: str, secret: str) -> None: ...

    def delete(self, name: str) -> None:
        """Forget it; not an error where there is none."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over and as whom. `ca_file` trusts one more certificate authority."""

    host: str
    port: int
    security: Security
    user: str
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class ServerReply:
    """What a mail server said: the three digits, and its words with any enhanced status code."""

    code: int
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Stage(StrEnum):
    """How far a conversation with a mail server had come."""

    FIND = "find"
    CONNECT = "connect"
    GREETING = "greeting"
    ENCRYPT = "encrypt"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    BODY = "body"
    AFTER_DOT = "after_dot"


class MailError(Exception):
    """The conversation ended before the server took the message.

    `certain` is False only where the final dot may have arrived and no answer came.
    """

    def __init__(self, stage: Stage, text: str) -> None:
        super().__init__(f"{stage}: {text}")
        self.stage = stage
        self.text = text
        self.certain = True


class Unreachable(MailError):
    """No conversation: no network, name not found, refused, timed out before anything was said."""


class NotEncrypted(MailError):
    """The server offers no encryption, or its certificate could not be verified."""


class Refused(MailError):
    """The server answered with a 4yz or 5yz reply."""

    def __init__(self, stage: Stage, reply: ServerReply) -> None:
        super().__init__(stage, str(reply))
        self.reply = reply


class Broken(MailError):
    """The connection broke, or what came was not SMTP; after the dot nobody knows."""

    def __init__(self, stage: Stage, text: str) -> None:
        super().__init__(stage, text)
        self.certain = stage is not Stage.AFTER_DOT


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as it goes over the wire: `content` is complete RFC 5322, CRLF line ends."""

    sender: str
    recipient: str
    content: bytes


class MailSession(Protocol):
    """An open, encrypted, signed-in conversation; one recipient a message."""

    def hand_over(self, envelope: Envelope, before_final_dot: Callable[[], None]) -> ServerReply:
        """Hand one message over; `before_final_dot` runs when all but the dot has been written.

        Raises Refused or Broken. The session may be used again after Refused.
        """

    def close(self) -> None:
        """Say goodbye as well as may be; never raises."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class MailTransport(Protocol):
    """Opens conversations with a mail server."""

    def open(
        self,
        server: MailServer,
        password: str,
        on_stage: Callable[[Stage, str], None] | None = None,
    ) -> MailSession:
        """Connect, encrypt, sign in. `on_stage` hears each stage that was reached and its words.

        Raises Unreachable, NotEncrypted, Refused or Broken with the stage that failed.
        """


InstanceRequest = Literal["show window", "send"]


class Instance(Protocol):
    """This process among those that use one data folder: at most one of them sends.

    The window and the command line take the same two steps: `acquire`, and where another process
    was first, `request` what it should do. A process that holds the folder without a window (the
    command line while it sends) answers "show window" with no; a window then opens without the
    sender and tries `acquire` again now and then.
    """

    def acquire(self) -> bool:
        """Take the folder for this process until `release` or its end; False if taken.

        The operating system keeps the lock, so a crash leaves none behind.
        """

    def serve(self, on_request: Callable[[InstanceRequest], bool | None]) -> None:
        """Hear other processes from now on; only after `acquire`.

        `on_request` runs on a thread of its own and returns False where it could not be done.
        """

    def request(self, what: InstanceRequest) -> bool | None:
        """Ask whoever holds the folder: whether it did, None where nobody answered.

        Waits a few seconds at most. While this process itself holds the folder, nobody is asked.
        """

    def release(self) -> None:
        """Hear nobody any more and let the folder go; harmless where nothing was taken."""


class DiskEncryption(Protocol):
    """Whether what is stored on a disk can be read by whoever carries it away."""

    def protects(self, folder: Path) -> bool | None:
        """Whether the disk that holds `folder` is encrypted; None where it cannot be told."""
