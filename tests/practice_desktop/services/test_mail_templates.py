"""What e-mails say, from shipped and own wordings; what they never say."""

import re
from dataclasses import fields
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from practice_desktop.errors import InvalidInput, StaleEdit
from practice_desktop.models.document import Form
from practice_desktop.models.practice import MailTemplate
from practice_desktop.services.clients import ClientDraft, ContactDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.mail_templates import (
    UNTIL_PLACE,
    MailFacts,
    MailTemplates,
    Words,
    fill_wording,
    plain_words,
    shipped_wording,
)
from practice_desktop.services.mail_text import one_line
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import MessageKind, OutboxFilter
from practice_desktop.wiring import Program

LINK = "https://portal.harbor.example/i#K7QM4TZP"
FACTS = MailFacts(
    first_name="Jonas",
    practice_name="Harbor Counseling",
    practice_phone="(207) 555-0140",
    link=LINK,
    code="K7QM-4TZP",
    works_until="7 December",
    discreet=False,
)
KINDS = pytest.mark.parametrize("kind", list(MessageKind))


class Page(HTMLParser):
    """The links, words and tags of an HTML part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def templates(desk: Desk) -> MailTemplates:
    return desk.mail_templates


def facts(**changes: str | bool) -> MailFacts:
    values = {field.name: getattr(FACTS, field.name) for field in fields(MailFacts)}
    return MailFacts(**(values | changes))


@pytest.mark.parametrize(
    ("kind", "subject", "discreet"),
    [
        (
            MessageKind.INVITATION,
            "Harbor Counseling invites you to its client portal",
            "You have an invitation",
        ),
        (
            MessageKind.NOTIFICATION,
            "Harbor Counseling: something new in your portal",
            "Something new for you",
        ),
        (
            MessageKind.PASSWORD_RESET,
            "Harbor Counseling: choose a new portal password",
            "Choose a new password",
        ),
    ],
)
def test_the_shipped_subjects_are_exact(
    templates: MailTemplates, kind: MessageKind, subject: str, discreet: str
) -> None:
    assert templates.fill_in(kind, FACTS).subject == subject
    assert templates.fill_in(kind, facts(discreet=True)).subject == discreet


@KINDS
@pytest.mark.parametrize("discreet", [True, False])
def test_both_parts_carry_the_same_single_link(
    templates: MailTemplates, kind: MessageKind, discreet: bool
) -> None:
    words = templates.fill_in(kind, facts(discreet=discreet))
    assert re.findall(r"https?://\S+", words.text) == [LINK]
    page = Page(words.html)
    assert page.links == [LINK]
    assert "https://" not in page.words
    assert LINK in words.text.splitlines()


@KINDS
def test_the_html_part_asks_for_nothing_from_outside(
    templates: MailTemplates, kind: MessageKind
) -> None:
    html = templates.fill_in(kind, FACTS).html
    page = Page(html)
    assert not {"img", "link", "script", "iframe", "style", "object"} & set(page.tags)
    assert not {"src", "background", "onclick", "srcset"} & page.attributes
    assert "url(" not in html
    assert "@import" not in html


@KINDS
def test_the_text_says_who_until_when_which_code_and_whom_to_call(
    templates: MailTemplates, kind: MessageKind
) -> None:
    words = templates.fill_in(kind, FACTS)
    for said in (
        "Hello Jonas,",
        "Harbor Counseling",
        "The link works until 7 December. If it was cut, type this code on the page: K7QM-4TZP",
        "Questions? Call (207) 555-0140.",
    ):
        assert said in words.text
        assert said in Page(words.html).words


@KINDS
def test_a_discreet_mail_begins_without_the_practices_name(
    templates: MailTemplates, kind: MessageKind
) -> None:
    words = templates.fill_in(kind, facts(discreet=True))
    above, _link, below = words.text.partition(LINK)
    assert "Harbor" not in above + words.subject
    assert "portal" not in above + words.subject
    assert "Harbor Counseling" in below


def test_without_a_phone_nobody_is_told_to_call(templates: MailTemplates) -> None:
    words = templates.fill_in(MessageKind.INVITATION, facts(practice_phone=""))
    assert "Call" not in words.text + words.html


def test_a_notification_without_a_code_promises_no_end(templates: MailTemplates) -> None:
    words = templates.fill_in(MessageKind.NOTIFICATION, facts(code="", works_until=""))
    assert "works until" not in words.text + words.html
    assert UNTIL_PLACE not in words.text + words.html


@KINDS
def test_the_date_keeps_its_place_until_the_message_leaves(
    templates: MailTemplates, kind: MessageKind
) -> None:
    words = templates.fill_in(kind, facts(works_until=""))
    assert words.text.count(UNTIL_PLACE) == words.html.count(UNTIL_PLACE) == 1
    assert words.with_until("7 December") == templates.fill_in(kind, FACTS)


def test_a_name_cannot_take_the_place_of_the_date_or_the_link(templates: MailTemplates) -> None:
    name = f"{UNTIL_PLACE}\ue002link\ue003{{{{ code }}}}{{% if code %}}"
    words = templates.fill_in(MessageKind.INVITATION, facts(first_name=name, works_until=""))
    assert words.text.count(UNTIL_PLACE) == 1
    assert words.text.count(LINK) == 1
    assert "{{ code }}{% if code %}" in words.text


_NAMES = st.text(st.characters(), min_size=1, max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</td></tr></table><a href='https://evil.example'>",
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "a\r\n\r\nhttps",
        "\u202eevil\u202c",
        "شيرين",
        "👩‍👩‍👧",
        'O\'Brien "Bo" & <b>',
        "\u2028\u2029",
    ]
)


@given(first_name=_NAMES, practice_name=_NAMES, phone=_NAMES, kind=st.sampled_from(MessageKind))
def test_no_name_changes_the_shape_of_a_mail(
    first_name: str, practice_name: str, phone: str, kind: MessageKind
) -> None:
    wording = shipped_wording(kind)
    plain = fill_wording(wording, facts(practice_phone="1", first_name="A", practice_name="B"))
    words = fill_wording(
        wording,
        facts(
            first_name=(one_line(first_name) and first_name) or "A",
            practice_name=(one_line(practice_name) and practice_name) or "B",
            practice_phone=(one_line(phone) and phone) or "1",
        ),
    )
    assert len(words.subject.splitlines()) == 1
    assert Page(words.html).tags == Page(plain.html).tags
    assert Page(words.html).links == [LINK]
    assert len(words.text.splitlines()) == len(plain.text.splitlines())
    (words.subject + words.text + words.html).encode()


@given(body=st.text(st.characters(), max_size=80))
def test_any_text_around_the_link_stays_text(body: str) -> None:
    words = plain_words("Subject", f"{body}\n")
    assert Page(words.html).links == []
    assert Page(words.html).words.count("\ue000") == 0


def test_a_mail_has_no_place_for_anything_else() -> None:
    assert {field.name for field in fields(MailFacts)} == {
        "first_name",
        "practice_name",
        "practice_phone",
        "link",
        "code",
        "works_until",
        "discreet",
    }


def test_what_a_practice_knows_of_a_client_is_in_no_mail(program: Program, desk: Desk) -> None:
    poison = "Poisonword"
    client = desk.clients.add(
        ClientDraft(
            "Priya",
            f"{poison}-last",
            pronouns=f"{poison}-pronouns",
            email="priya.d@example.com",
            phone=f"{poison}-phone",
            address=f"{poison}-address",
        )
    )
    desk.clients.add_contact(client, ContactDraft(f"{poison}-mother", f"{poison}-contact"))
    library = desk.forms.library()
    with program.database.write() as session:
        for stored in session.scalars(select(Form)):
            stored.title = f"{poison}-{stored.title}"
    desk.history.working_as = f"{poison}-clinician"
    desk.portal_access.invite(
        client, InvitationRequest((), form_ids=tuple(form.id for form in library))
    )
    [queued] = desk.outbox.page(shown=OutboxFilter.TO_SEND)
    said = desk.outbox.preview(queued.id)
    assert "Priya" in said.text
    for part in (said.subject, said.text, said.html, said.sender):
        assert poison.casefold() not in part.casefold()
        # Drawn at random, a link's secret may well hold a title as short as K6.
        words = re.sub(r"#[A-Z2-7]{26}|([A-Z2-7]{4}-){6}[A-Z2-7]{2}", "", part)
        for form in library:
            assert form.title not in words


@pytest.mark.parametrize("name", ["form_title", "clinician", "notes", "last_name", "diagnosis"])
def test_a_wording_cannot_ask_for_anything_else(templates: MailTemplates, name: str) -> None:
    body = f"Hello\n\n{{{{ link }}}}\n\n{{{{ {name} }}}}"
    with pytest.raises(InvalidInput, match=f"Line 5 of the text: There is no variable {name}"):
        templates.save(MessageKind.INVITATION, "Hello", body)


def test_an_own_wording_is_used_from_then_on(templates: MailTemplates) -> None:
    kind = MessageKind.INVITATION
    templates.save(
        kind, " Welcome to {{ practice_name }} ", "Dear {{ first_name }},\r\n\r\n{{link}}\r\n"
    )
    words = templates.fill_in(kind, FACTS)
    assert words.subject == "Welcome to Harbor Counseling"
    assert words.text == f"Dear Jonas,\n\n{LINK}\n"
    assert templates.wording(kind).own
    assert templates.fill_in(kind, facts(discreet=True)).subject == "You have an invitation"
    templates.restore(kind)
    assert templates.wording(kind) == shipped_wording(kind)


def test_a_broken_wording_is_refused_and_the_last_good_one_stays(
    templates: MailTemplates,
) -> None:
    kind = MessageKind.NOTIFICATION
    templates.save(kind, "News", "News\n\n{{ link }}")
    for subject, body, part in [
        ("News", "No link", "body"),
        ("{{ code }}", "{{ link }}", "subject"),
        ("News", "{% for a in b %}\n{{ link }}", "body"),
    ]:
        with pytest.raises(InvalidInput) as caught:
            templates.save(kind, subject, body)
        assert caught.value.field == part
        with pytest.raises(InvalidInput):
            templates.preview(kind, subject, body)
    assert templates.wording(kind).subject == "News"


def test_a_stored_wording_that_no_longer_holds_falls_back(
    program: Program, templates: MailTemplates
) -> None:
    kind = MessageKind.INVITATION
    templates.save(kind, "Own", "{{ link }}")
    with program.database.write() as session:
        stored = session.get_one(MailTemplate, kind)
        stored.body = "{{ link }} {{ gone }}"
    assert not templates.wording(kind).own
    assert templates.fill_in(kind, FACTS).subject.startswith("Harbor Counseling invites")


def test_a_wording_changed_by_somebody_else_is_not_overwritten(templates: MailTemplates) -> None:
    kind = MessageKind.INVITATION
    seen = templates.wording(kind)
    templates.save(kind, "First", "{{ link }}", version=seen.version)
    with pytest.raises(StaleEdit):
        templates.save(kind, "Second", "{{ link }}", version=seen.version)
    with pytest.raises(StaleEdit):
        templates.restore(kind, version=seen.version)
    assert templates.wording(kind).subject == "First"


def test_a_preview_shows_a_made_up_client_of_this_practice(templates: MailTemplates) -> None:
    words = templates.preview(
        MessageKind.INVITATION, "Hi {{ first_name }}", "{{ link }}\n{{ code }}"
    )
    assert words.subject == "Hi Jonas"
    assert words.text.startswith("https://portal.harbor.example/i#")
    assert isinstance(words, Words)


def test_hidden_characters_in_a_wording_do_not_reach_a_client(templates: MailTemplates) -> None:
    templates.save(
        MessageKind.INVITATION,
        "Own",
        f"A\u202eb\x00\x1b {UNTIL_PLACE}\ue002link\ue003\n\n{{{{ link }}}}",
    )
    words = templates.fill_in(MessageKind.INVITATION, facts(works_until=""))
    assert UNTIL_PLACE not in words.text
    assert words.text.startswith("Ab  ")
    assert words.text.count(LINK) == 1


@KINDS
def test_every_variable_is_explained(templates: MailTemplates, kind: MessageKind) -> None:
    assert set(templates.variables(kind)) == {field.name for field in fields(MailFacts)}
    assert all(templates.variables(kind).values())
    assert templates.check(kind, shipped_wording(kind).subject, shipped_wording(kind).body) == ()
