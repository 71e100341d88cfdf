"""The small language of wordings: what it lets through and what it refuses, with the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.mail_wording import LINK_PLACE, VARIABLES, fill, problems
from practice_desktop.vocabulary import MessageKind

INVITATION = MessageKind.INVITATION
GOOD = "Hello {{ first_name }},\n\n{{ link }}\n"


def lines(body: str, kind: MessageKind = INVITATION) -> list[int]:
    return [line for part, line, _ in problems(kind, "Subject", body) if part == "body"]


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        "{{ link }}",
        "{% if practice_phone %}Call {{ practice_phone }}.{% endif %}\n{{ link }}",
        "{% if discreet %}a{% elif code and not first_name %}b{% else %}c{% endif %}\n{{link}}",
        "{% if discreet %}\n{{ link }}\n{% else %}\n{{ link }}\n{% endif %}",
        "{# for us #}\n{{ link }}\nUntil {{ works_until }}, code {{ code }}",
    ],
)
def test_variables_and_conditions_are_all_a_wording_needs(body: str) -> None:
    assert problems(INVITATION, "From {{ practice_name }}", body) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "{% for c in first_name %}{% endfor %}",
        "{% set a = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{% filter upper %}{% endfilter %}",
        "{% call x() %}{% endcall %}",
        "{% block b %}{% endblock %}",
        "{% with %}{% endwith %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% do x %}",
        "{{ first_name|upper }}",
        "{{ first_name.upper() }}",
        "{{ first_name['x'] }}",
        "{{ first_name() }}",
        "{{ first_name if code else code }}",
        "{{ first_name ~ code }}",
        "{{ 7 * 7 }}",
        "{{ 'text' }}",
        "{{ [first_name] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ self }}",
        "{{ range(9) }}",
        "{{ cycler }}",
        "{{ form_title }}",
        "{{ clinician }}",
        "{{ notes }}",
        "{{ discreet }}",
        "{% if code == 1 %}{% endif %}",
        "{% if code is defined %}{% endif %}",
        "{% if form_title %}{% endif %}",
        "{% if first_name.x %}{% endif %}",
        "{% if code %}",
        "{% endif %}",
        "{{ first name }}",
        "{{ }}",
        "{{ first_name",
        "{% if %}{% endif %}",
    ],
)
def test_everything_else_is_refused_with_its_line(piece: str) -> None:
    found = problems(INVITATION, "Subject", f"{{{{ link }}}}\n\n{piece}\n")
    assert found
    assert all(reason.endswith(".") for _, _, reason in found)
    assert found[0][:2] in [("body", 0), ("body", 3), ("body", 4)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Hello", 0),
        ("{{ link }}\n\n{{ link }}", 1),
        ("Hello\nOpen {{ link }} now", 2),
        ("{{ link }}{{ link }}", 1),
        ("{% if code %}\n{{ link }}\n{% endif %}", 0),
        ("{{ link }}\n{% if discreet %}\n{{ link }}\n{% endif %}", 1),
    ],
)
def test_the_link_comes_once_on_a_line_of_its_own_whatever_holds(body: str, line: int) -> None:
    assert lines(body) == [line]


def test_a_notification_may_not_promise_an_end_where_there_is_none() -> None:
    bare = "{{ link }}\nWorks until {{ works_until }}."
    guarded = "{{ link }}\n{% if code %}Works until {{ works_until }}: {{ code }}{% endif %}"
    assert lines(bare) == []
    assert lines(bare, MessageKind.NOTIFICATION) == [2]
    assert lines("{{ link }}\n\n{{ code }}", MessageKind.NOTIFICATION) == [3]
    assert lines(guarded, MessageKind.NOTIFICATION) == []


@pytest.mark.parametrize(
    "subject",
    ["", " ", "a\nb", "x" * 201, "{{ link }}", "{{ code }}", "{{ works_until }}", "{{ x }}", "{{"],
)
def test_a_subject_is_one_line_without_link_or_code(subject: str) -> None:
    assert [part for part, _, _ in problems(INVITATION, subject, GOOD)] == ["subject"]


@pytest.mark.parametrize(
    "body",
    [
        "{% if code %}" * 300 + "{% endif %}" * 300 + "{{ link }}",
        "{% if " + "not " * 2000 + "code %}{% endif %}\n{{ link }}",
        "{% if " + "code and " * 1000 + "code %}{% endif %}\n{{ link }}",
        "{% if code %}" + "{% elif code %}" * 500 + "{% endif %}\n{{ link }}",
        "{% if " + "(" * 300 + "code" + ")" * 300 + " %}{% endif %}\n{{ link }}",
        "{{ link }}" + "x" * 10_001,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused_without_a_crash(body: str) -> None:
    found = problems(INVITATION, "Subject", body)
    assert all(part == "body" and reason for part, _, reason in found)
    if not found:
        assert LINK_PLACE in fill(body, dict.fromkeys(VARIABLES, "") | {"link": LINK_PLACE})


_PIECES = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "|", ".", "(", ")", "'", "=", "ä", "1", "[", "]"),
        *("link", "code", "first_name", "discreet", "if", "elif", "else", "endif", "not", "and"),
        *("or", "raw", "endraw", "for", "in", "set", " ", "\n"),
        *("{{ link }}\n", "{% if code %}", "{% endif %}"),
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join), st.sampled_from(MessageKind))
def test_whatever_passes_the_check_can_be_filled_in(body: str, kind: MessageKind) -> None:
    if any(part == "body" for part, _, _ in problems(kind, "Subject", body)):
        return
    for empty in ("", "x"):
        values = dict.fromkeys(VARIABLES, empty) | {"link": LINK_PLACE}
        assert fill(body, values).count(LINK_PLACE) == 1


@given(st.text())
def test_a_value_is_never_read_again(name: str) -> None:
    for value in (name, "{{ link }}", "{% if code %}x{% endif %}", "{{ 7 * 7 }}"):
        values = dict.fromkeys(VARIABLES, "") | {"first_name": value}
        assert fill("{{ first_name }}", values) == value
