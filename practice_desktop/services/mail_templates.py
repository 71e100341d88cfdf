"""What e-mails say: the shipped wording, the practice's own, and how both are filled in.

A wording is one subject and one body in plain text. The body's paragraphs become both parts of
the message; the one `{{ link }}` becomes a button in the HTML part and stays a line in the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from practice_desktop.models.database import Database
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.vocabulary import MessageKind


@dataclass(frozen=True, slots=True)
class Wording:
    """`own` tells the practice's wording from the shipped one."""

    kind: MessageKind
    subject: str
    body: str
    own: bool


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Why a wording is refused; `line` counts from 1, 0 for the whole."""

    part: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class MailFacts:
    """Everything an e-mail may say of a client, and nothing else (product.md, E-mail).

    `works_until` empty leaves the place that is filled in when the message first leaves.
    `code` is the link's secret in groups, for typing. `discreet` keeps the practice's name out of
    subject and sender name.
    """

    first_name: str
    practice_name: str
    practice_phone: str
    link: str
    code: str
    works_until: str
    discreet: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One message's frozen words. `html` is a complete document."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MailPreview:
    """What *Preview email* and the outbox show; `html` is for a plain rendering without images."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str


UNTIL_PLACE = "\ue000until\ue001"
"""Stands in frozen words for the date until which the link works."""


class MailTemplates:
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def variables(self, kind: MessageKind) -> Mapping[str, str]:
        """The names a wording may use, each with what it stands for."""
        raise NotImplementedError

    def wording(self, kind: MessageKind) -> Wording:
        """The wording in force; a stored one that no longer holds falls back to the shipped."""
        raise NotImplementedError

    def check(self, kind: MessageKind, subject: str, body: str) -> tuple[TemplateProblem, ...]:
        """Everything wrong with a wording; empty where it may be saved."""
        raise NotImplementedError

    def preview(
        self, kind: MessageKind, subject: str, body: str, *, discreet: bool = False
    ) -> Words:
        """A wording filled in with a made-up client. Raises InvalidInput(part) where it fails."""
        raise NotImplementedError

    def save(self, kind: MessageKind, subject: str, body: str) -> None:
        """Raises InvalidInput(part) with line and reason; the last good wording stays."""
        raise NotImplementedError

    def restore(self, kind: MessageKind) -> None:
        """Go back to the shipped wording."""
        raise NotImplementedError

    def fill_in(self, kind: MessageKind, facts: MailFacts) -> Words:
        """The frozen words of one message."""
        raise NotImplementedError
