"""A mail transport that answers as a test says, at every stage of a conversation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from practice_desktop.ports import (
    Broken,
    Envelope,
    MailServer,
    Refused,
    ServerReply,
    Stage,
)

Answer = Exception | None


@dataclass(slots=True)
class Script:
    """What happens: `at_open` to each conversation in turn, `at_message` to each message in turn
    (None is acceptance); where a list has run out, everything is accepted.

    `at_dot` is called between the commit before the dot and the answer.
    """

    at_open: list[Answer] = field(default_factory=list)
    at_message: list[Answer] = field(default_factory=list)
    always: Callable[[Envelope], Answer] = lambda envelope: None
    before_dot: Callable[[], None] = lambda: None
    taken: list[Envelope] = field(default_factory=list)
    begun: list[Envelope] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    opened: int = 0
    open_now: int = 0


class ScriptedTransport:
    def __init__(self) -> None:
        self.script = Script()

    def open(
        self,
        server: MailServer,
        password: str,
        on_stage: Callable[[Stage, str], None] | None = None,
    ) -> "ScriptedSession":
        script = self.script
        script.passwords.append(password)
        if script.at_open and (error := script.at_open.pop(0)) is not None:
            raise error
        script.opened += 1
        script.open_now += 1
        return ScriptedSession(script)


class ScriptedSession:
    """Before the dot it breaks without a commit, after the dot with one, as a real one does."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._over = False

    def hand_over(self, envelope: Envelope, before_final_dot: Callable[[], None]) -> ServerReply:
        script = self._script
        if self._over:
            raise Broken(Stage.SENDER, "the conversation is over")
        script.begun.append(envelope)
        error = script.at_message.pop(0) if script.at_message else script.always(envelope)
        stage = getattr(error, "stage", None)
        if error is not None and stage is not Stage.AFTER_DOT:
            self._over = not isinstance(error, Refused)
            raise error
        script.before_dot()
        try:
            before_final_dot()
        except BaseException:
            self._over = True
            raise
        if error is not None:
            self._over = not isinstance(error, Refused)
            raise error
        script.taken.append(envelope)
        return ServerReply(250, "2.0.0 Ok: queued")

    def close(self) -> None:
        self._script.open_now -= 1
        self._over = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def refusal(stage: Stage, code: int, text: str) -> Refused:
    return Refused(stage, ServerReply(code, text))
