"""What e-mails say: the shipped wording, the practice's own, and how both are filled in.

A wording is one subject and one body in plain text. The body's paragraphs become both parts of
the message; the one `{{ link }}` becomes a button in the HTML part and stays a line in the text.
Jinja is loaded at the first use: it would cost every start of the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import select

from practice_desktop.errors import InvalidInput, StaleEdit
from practice_desktop.models.database import Database
from practice_desktop.models.practice import MailTemplate, Practice
from practice_desktop.paths import resources
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.services.mail_text import one_line, until_text, visible
from practice_desktop.vocabulary import MessageKind

if TYPE_CHECKING:
    from jinja2 import Template

UNTIL_PLACE = "\ue000until\ue001"
"""Stands in frozen words for the date until which the link works."""

_DISCREET_SUBJECTS = MappingProxyType(
    {
        MessageKind.INVITATION: "You have an invitation",
        MessageKind.NOTIFICATION: "Something new for you",
        MessageKind.PASSWORD_RESET: "Choose a new password",
    }
)
_BUTTONS = MappingProxyType(
    {
        MessageKind.INVITATION: "Accept invitation",
        MessageKind.NOTIFICATION: "Open the portal",
        MessageKind.PASSWORD_RESET: "Choose a new password",
    }
)
_NAMES = MappingProxyType(
    {
        MessageKind.INVITATION: "invitation",
        MessageKind.NOTIFICATION: "notification",
        MessageKind.PASSWORD_RESET: "password reset",
    }
)


@dataclass(frozen=True, slots=True)
class Wording:
    """`own` tells the practice's wording from the shipped one, whose `version` is 0."""

    kind: MessageKind
    subject: str
    body: str
    own: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Why a wording is refused; `part` is 'subject' or 'body', `line` counts from 1, 0 for all."""

    part: str
    line: int
    reason: str

    @property
    def sentence(self) -> str:
        where = "subject" if self.part == "subject" else "text"
        return f"Line {self.line} of the {where}: {self.reason}" if self.line else self.reason


@dataclass(frozen=True, slots=True)
class MailFacts:
    """Everything an e-mail may say of a client, and nothing else (product.md, E-mail).

    `works_until` empty leaves the place that is filled in when the message first leaves.
    `code` is the link's secret in groups, for typing; a link without an end has none.
    `discreet` keeps the practice's name out of subject and sender name.
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

    def with_until(self, until: str) -> Words:
        """The words with the date (mail_text.until_text) in the place that was left for it."""
        until = one_line(until)
        return replace(
            self,
            text=self.text.replace(UNTIL_PLACE, until),
            html=self.html.replace(UNTIL_PLACE, escape(until)),
        )


@dataclass(frozen=True, slots=True)
class MailPreview:
    """What *Preview email* and the outbox show; `html` is for a plain rendering without images."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str


class MailTemplates:
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def variables(self, kind: MessageKind) -> Mapping[str, str]:
        """The names a wording may use, each with what it stands for."""
        from practice_desktop.services import mail_wording

        return mail_wording.VARIABLES

    def wording(self, kind: MessageKind) -> Wording:
        """The wording in force; a stored one that no longer holds falls back to the shipped."""
        with self._database.read() as session:
            stored = session.get(MailTemplate, kind)
        if stored is None:
            return shipped_wording(kind)
        if self.check(kind, stored.subject, stored.body):
            return replace(shipped_wording(kind), version=stored.version)
        return Wording(kind, stored.subject, stored.body, True, stored.version)

    def check(self, kind: MessageKind, subject: str, body: str) -> tuple[TemplateProblem, ...]:
        """Everything wrong with a wording; empty where it may be saved."""
        from practice_desktop.services import mail_wording

        found = mail_wording.problems(kind, subject.strip(), _tidy(body))
        return tuple(TemplateProblem(*problem) for problem in found)

    def preview(
        self, kind: MessageKind, subject: str, body: str, *, discreet: bool = False
    ) -> Words:
        """A wording filled in with a made-up client. Raises InvalidInput(part) where it fails."""
        self._refuse_broken(kind, subject, body)
        now = self._clock()
        with self._database.read() as session:
            practice = session.scalars(select(Practice)).first()
        days = practice.link_days if practice else 14
        facts = MailFacts(
            first_name="Jonas",
            practice_name=(practice and practice.name) or "Your practice",
            practice_phone=practice.phone if practice else "",
            link=f"{(practice and practice.portal_address) or 'https://portal.example'}/i#…",
            code="K7QM-4TZP-…",
            works_until=until_text(now + timedelta(days=days), now),
            discreet=discreet,
        )
        return fill_wording(Wording(kind, subject.strip(), _tidy(body), True), facts)

    def save(
        self, kind: MessageKind, subject: str, body: str, *, version: int | None = None
    ) -> None:
        """Raises InvalidInput(part) with line and reason; the last good wording stays.

        `version` is that of the wording that was edited; StaleEdit if it is no longer in force.
        """
        self._refuse_broken(kind, subject, body)
        with self._database.write() as session:
            stored = session.get(MailTemplate, kind)
            _refuse_stale(version, stored)
            if stored is None:
                stored = MailTemplate(kind=kind)
                session.add(stored)
            stored.subject = subject.strip()
            stored.body = _tidy(body)
            stored.updated_at = self._clock()
            self._history.record(
                session,
                None,
                "wording_changed",
                f"Changed the wording of the {_NAMES[kind]} e-mail",
            )

    def restore(self, kind: MessageKind, *, version: int | None = None) -> None:
        """Go back to the shipped wording."""
        with self._database.write() as session:
            stored = session.get(MailTemplate, kind)
            _refuse_stale(version, stored)
            if stored is not None:
                session.delete(stored)
                self._history.record(
                    session,
                    None,
                    "wording_restored",
                    f"Restored the shipped wording of the {_NAMES[kind]} e-mail",
                )

    def fill_in(self, kind: MessageKind, facts: MailFacts) -> Words:
        """The frozen words of one message."""
        wording = self.wording(kind)
        return fill_wording(wording, facts)

    def _refuse_broken(self, kind: MessageKind, subject: str, body: str) -> None:
        for problem in self.check(kind, subject, body):
            raise InvalidInput(problem.part, problem.sentence)


@cache
def shipped_wording(kind: MessageKind) -> Wording:
    """The wording of resources/mail: "Subject: …", an empty line, the body."""
    text = (resources() / "mail" / f"{kind.value}.txt").read_text(encoding="utf-8")
    subject, _, body = text.partition("\n")
    return Wording(kind, subject.removeprefix("Subject: ").strip(), _tidy(body.lstrip("\n")), False)


def plain_words(subject: str, text: str) -> Words:
    """The words of a message without a link; paragraphs are parted by empty lines."""
    from practice_desktop.services import mail_wording

    blocks = _blocks(_tidy(text), mail_wording.LINK_PLACE)
    html = _page().render(subject=subject, blocks=blocks, link="", button="")
    return Words(subject, _tidy(text) + "\n", html)


def fill_wording(wording: Wording, facts: MailFacts) -> Words:
    """A wording that `MailTemplates.check` finds nothing wrong with, filled in."""
    from practice_desktop.services import mail_wording

    kind = wording.kind
    code = one_line(facts.code)
    until = one_line(facts.works_until) or UNTIL_PLACE
    values: dict[str, str | bool] = {
        "first_name": one_line(facts.first_name),
        "practice_name": one_line(facts.practice_name),
        "practice_phone": one_line(facts.practice_phone),
        "link": mail_wording.LINK_PLACE,
        "code": code,
        "works_until": until if code or kind is not MessageKind.NOTIFICATION else "",
        "discreet": facts.discreet,
    }
    blocks = _blocks(mail_wording.fill(wording.body, values), mail_wording.LINK_PLACE)
    link = "".join(one_line(facts.link).split())
    if facts.discreet:
        subject = _DISCREET_SUBJECTS[kind]
    else:
        subject = one_line(mail_wording.fill(wording.subject, values))
    text = "\n\n".join(link if block.is_link else "\n".join(block.lines) for block in blocks)
    html = _page().render(subject=subject, blocks=blocks, link=link, button=_BUTTONS[kind])
    return Words(subject, text + "\n", html)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph's lines, or the link; what follows the link is set small."""

    lines: tuple[str, ...]
    is_link: bool = False
    is_small: bool = False


def _blocks(text: str, link_place: str) -> tuple[_Block, ...]:
    blocks: list[_Block] = []
    paragraph: list[str] = []
    below = False
    for line in [*text.split("\n"), ""]:
        stripped = line.strip()
        is_link = stripped == link_place
        if paragraph and (is_link or not stripped):
            blocks.append(_Block(tuple(paragraph), is_small=below))
            paragraph = []
        if is_link:
            blocks.append(_Block((), is_link=True))
            below = True
        elif stripped:
            paragraph.append(stripped)
    return tuple(blocks)


@cache
def _page() -> Template:
    """resources/mail/message.html; autoescaped, and handed nothing but finished text."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    source = (resources() / "mail" / "message.html").read_text(encoding="utf-8")
    return environment.from_string(source)


def _tidy(body: str) -> str:
    """One kind of line end and no hidden characters; the lines keep their numbers."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(visible(line).rstrip() for line in lines).rstrip()


def _refuse_stale(version: int | None, stored: MailTemplate | None) -> None:
    if version is not None and version != (stored.version if stored else 0):
        raise StaleEdit(
            "Somebody else changed this wording in the meantime. Nothing was overwritten and what "
            "you typed is still here. Copy it, open the page again and put it in."
        )
