"""Stand-ins at the ports: a password store in memory, a mail server that keeps what it is given,
and a clock that a test sets.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from practice_desktop.ports import Envelope, MailServer, ServerReply, Stage


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> None:
        """Move on by `timedelta(**span)`."""
        self.at += timedelta(**span)


class MemorySecrets:
    """A password store; `trouble` is raised instead of an answer while it is set."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self.trouble: Exception | None = None

    def read(self, name: str) -> str | None:
        self._check()
        return self.entries.get(name)

    def write(self, name: str, secret: str) -> None:
        self._check()
        self.entries[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        self.entries.pop(name, None)

    def _check(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class Letterbox:
    """A mail server that takes everything; `answer` may raise a MailError for an envelope."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.opened = 0
        self.answer: Callable[[Envelope], None] = lambda envelope: None

    def open(
        self,
        server: MailServer,
        password: str,
        on_stage: Callable[[Stage, str], None] | None = None,
    ) -> "LetterboxSession":
        self.opened += 1
        return LetterboxSession(self)


class LetterboxSession:
    def __init__(self, box: Letterbox) -> None:
        self._box = box

    def hand_over(self, envelope: Envelope, before_final_dot: Callable[[], None]) -> ServerReply:
        self._box.answer(envelope)
        before_final_dot()
        self._box.taken.append(envelope)
        return ServerReply(250, "2.0.0 Ok: queued")

    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
