"""The small language of e-mail wordings: which templates hold, and how one is filled in.

It is Jinja's syntax with nothing but variables and `if`. Whatever else Jinja knows is refused
before it is compiled, so that a wording can neither loop nor call nor reach into anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Self

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from practice_desktop.services.mail_text import one_line
from practice_desktop.vocabulary import MessageKind

SUBJECT_LIMIT = 200
BODY_LIMIT = 10_000
LINK_PLACE = "\ue002link\ue003"
"""Stands for the link in a filled-in body until both parts are made of it."""

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "first_name": "The client's first name",
        "practice_name": "The practice's name",
        "practice_phone": "The practice's phone number",
        "link": "The link, on a line of its own; becomes the button",
        "works_until": "The day until which the link works",
        "code": "The code to type if the link was cut",
        "discreet": "Only for {% if discreet %}: the client asked for discreet e-mail",
    }
)
_IN_SUBJECT = frozenset({"first_name", "practice_name"})
_MAY_BE_EMPTY = ("first_name", "practice_phone", "code", "discreet")
_DEEPEST = 20
_UNREADABLE = (
    "The braces here cannot be read. Write a variable as {{ first_name }} and a condition as "
    "{% if practice_phone %} … {% endif %}, each with its end."
)

Values = Mapping[str, str | bool]


def fill(source: str, values: Values) -> str:
    """A wording that `problems` finds nothing in, filled in once: values are never read again."""
    return _compiled(source).render(values)


@lru_cache(maxsize=64)
def problems(kind: MessageKind, subject: str, body: str) -> tuple[tuple[str, int, str], ...]:
    """Everything wrong with a wording: 'subject' or 'body', line from 1 (0: the whole), reason."""
    found = [("subject", line, reason) for line, reason in _subject_problems(subject)]
    found += [("body", line, reason) for line, reason in _body_problems(kind, body)]
    return tuple(found)


_Found = Iterator[tuple[int, str]]


def _subject_problems(source: str) -> _Found:
    if "\n" in source or "\r" in source:
        yield 1, "A subject is one line."
    elif len(source) > SUBJECT_LIMIT:
        yield 1, f"A subject has at most {SUBJECT_LIMIT} characters."
    else:
        refused = list(_grammar_problems(source, _IN_SUBJECT))
        yield from refused
        if not refused and not all(one_line(fill(source, v)) for v in _circumstances()):
            yield 1, "The subject would be empty."


def _body_problems(kind: MessageKind, source: str) -> _Found:
    if len(source) > BODY_LIMIT:
        yield 0, f"The text has at most {BODY_LIMIT} characters."
        return
    refused = list(_grammar_problems(source, frozenset(VARIABLES)))
    yield from refused
    if not refused:
        yield from _link_problems(source)
        if kind is MessageKind.NOTIFICATION:
            yield from _end_problems(source)


def _grammar_problems(source: str, allowed: frozenset[str]) -> _Found:
    """What is not plain text, an allowed variable or an `if`."""
    try:
        refused = list(_walk(_ENVIRONMENT.parse(source).body, allowed, 0))
        yield from refused
        if not refused:
            _compiled(source)
    except TemplateSyntaxError as error:
        yield error.lineno, _UNREADABLE
    except (TemplateError, SyntaxError, RecursionError, MemoryError, ValueError):
        yield 0, "This is nested too deeply. Make the conditions simpler."


def _walk(children: Iterable[nodes.Node], allowed: frozenset[str], depth: int) -> _Found:
    for node in children:
        match node:
            case nodes.Output(nodes=parts):
                for part in parts:
                    if isinstance(part, nodes.Name):
                        yield from _name_problems(part, allowed)
                        if part.name == "discreet":
                            yield part.lineno, VARIABLES["discreet"] + "."
                    elif not isinstance(part, nodes.TemplateData):
                        yield part.lineno, "Only a variable may stand between {{ and }}."
            case nodes.If(test=test, body=body, elif_=others, else_=otherwise):
                if depth > _DEEPEST:
                    yield node.lineno, "This is nested too deeply. Make the conditions simpler."
                    return
                yield from _test_problems(test, allowed, depth)
                for branch in (body, others, otherwise):
                    yield from _walk(branch, allowed, depth + 1)
            case _:
                yield (
                    _first_line(node),
                    "Only if, elif, else and endif may stand between {% and %}.",
                )


def _test_problems(test: nodes.Node, allowed: frozenset[str], depth: int) -> _Found:
    if depth > _DEEPEST:
        yield test.lineno, "This is nested too deeply. Make the conditions simpler."
        return
    match test:
        case nodes.Name():
            yield from _name_problems(test, allowed)
        case nodes.Not(node=inner):
            yield from _test_problems(inner, allowed, depth + 1)
        case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
            yield from _test_problems(left, allowed, depth + 1)
            yield from _test_problems(right, allowed, depth + 1)
        case _:
            yield test.lineno, "After if may stand only variables, not, and, or."


def _name_problems(name: nodes.Name, allowed: frozenset[str]) -> _Found:
    if name.name in allowed:
        return
    if name.name in VARIABLES:
        yield name.lineno, f"{{{{ {name.name} }}}} may stand in the text, not in the subject."
    else:
        known = ", ".join(sorted(allowed))
        yield name.lineno, f"There is no variable {name.name}. There are: {known}."


def _link_problems(source: str) -> _Found:
    """The link must come exactly once, alone on its line, whatever the conditions decide."""
    counts = set()
    for values in _circumstances():
        lines = fill(source, values).split("\n")
        counts.add(sum(line.count(LINK_PLACE) for line in lines))
        if any(LINK_PLACE in line and line.strip() != LINK_PLACE for line in lines):
            yield _line_of(source, "link"), "{{ link }} must stand alone on its line."
            return
    if counts != {1}:
        few = 0 in counts
        also = " also where a condition leaves text out" if len(counts) > 1 else ""
        yield (
            (0 if few else _line_of(source, "link")),
            f"{{{{ link }}}} must come exactly once,{also or ' on a line of its own'}.",
        )


def _end_problems(source: str) -> _Found:
    """Who has access already gets a link without an end and without a code."""
    shown = {
        name
        for values in _circumstances()
        if not values["code"]
        for name in ("code", "works_until")
        if _Marked.MARK in fill(source, {**values, name: _Marked()})
    }
    for name in sorted(shown):
        yield (
            _line_of(source, name),
            f"Write {{% if code %}} … {{% endif %}} around {{{{ {name} }}}}: the link of "
            "somebody who has access already has neither end nor code.",
        )


class _Marked(str):
    """An empty value, false in a condition, that shows where it is printed."""

    __slots__ = ()
    MARK = "\ue004"

    def __new__(cls) -> Self:
        return super().__new__(cls, cls.MARK)

    def __bool__(self) -> bool:
        return False


def _circumstances() -> Iterator[dict[str, str | bool]]:
    """Every case that conditions can tell apart: each variable that may be empty, empty or not."""
    for given in product((True, False), repeat=len(_MAY_BE_EMPTY)):
        values: dict[str, str | bool] = dict.fromkeys(VARIABLES, "x")
        values |= {
            name: "x" if there else "" for name, there in zip(_MAY_BE_EMPTY, given, strict=True)
        }
        if not values["code"]:
            values["works_until"] = ""
        yield values | {"link": LINK_PLACE, "discreet": bool(values["discreet"])}


def _first_line(node: nodes.Node) -> int:
    """Jinja numbers not every node; 0 where neither this nor any inside has a number."""
    inside = (node, *node.find_all(nodes.Node))
    return next((line for child in inside if (line := child.lineno)), 0)


def _line_of(source: str, name: str) -> int:
    """The line on which a variable is printed first."""
    for output in _ENVIRONMENT.parse(source).find_all(nodes.Output):
        for part in output.nodes:
            if isinstance(part, nodes.Name) and part.name == name:
                return part.lineno
    return 0


@lru_cache(maxsize=64)
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, extensions=(), newline_sequence="\n"
)
for _known in (_ENVIRONMENT.globals, _ENVIRONMENT.filters, _ENVIRONMENT.tests):
    _known.clear()
