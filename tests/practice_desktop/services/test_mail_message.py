"""The bytes of a message, as mail programs read them."""

import email
import re
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.headerregistry import AddressHeader
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.mail_message import compose, new_message_id
from practice_desktop.services.mail_templates import Words
from practice_desktop.services.mail_text import one_line

DATE = datetime(2026, 11, 23, 10, 2, 3, 456, tzinfo=UTC)
WORDS = Words(
    "Härbor invites you",
    "Hello Jonas,\n\nhttps://portal.example/i#K7QM\n\n.dot\n" + "long " * 60 + "\n",
    '<!DOCTYPE html>\n<p>Hello Jonas</p><a href="https://portal.example/i#K7QM">Open</a>\n',
)
KNOWN = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
}


def composed(
    words: Words = WORDS,
    *,
    sender: str = "office@harbor.example",
    sender_name: str = "Harbor Counseling",
    reply_to: str = "",
    recipient: str = "jonas@example.se",
    message_id: str = "<1@mail.practice-desktop.invalid>",
) -> bytes:
    return compose(
        words,
        sender=sender,
        sender_name=sender_name,
        reply_to=reply_to,
        recipient=recipient,
        message_id=message_id,
        date=DATE,
    )


def parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def address_of(content: bytes, header: str) -> tuple[str, str]:
    value = parsed(content)[header]
    assert isinstance(value, AddressHeader)
    [address] = value.addresses
    raw = email.message_from_bytes(content)[header]
    if raw.startswith('"'):
        return address.display_name, address.addr_spec
    # Python 3.11's display_name shows the space between two encoded words.
    shown = str(make_header(decode_header(raw))).rpartition(f"<{address.addr_spec}>")[0]
    return " ".join(shown.split()), address.addr_spec


def test_a_message_says_who_when_and_that_a_program_wrote_it() -> None:
    content = composed(reply_to="desk@harbor.example")
    message = parsed(content)
    assert address_of(content, "From") == ("Harbor Counseling", "office@harbor.example")
    assert address_of(content, "To") == ("", "jonas@example.se")
    assert address_of(content, "Reply-To") == ("", "desk@harbor.example")
    assert message["Subject"] == "Härbor invites you"
    assert message["Date"].datetime == DATE.replace(microsecond=0)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert set(message.keys()) == KNOWN
    assert not message.defects


def test_text_comes_first_and_both_parts_are_quoted_printable() -> None:
    message = parsed(composed())
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert [p.get_content_type() for p in (text, html)] == ["text/plain", "text/html"]
    assert {p["Content-Transfer-Encoding"] for p in (text, html)} == {"quoted-printable"}
    assert {p.get_content_charset() for p in (text, html)} == {"utf-8"}
    assert text.get_content().replace("\r\n", "\n") == WORDS.text
    assert html.get_content().replace("\r\n", "\n") == WORDS.html


def test_every_line_ends_with_crlf_and_fits() -> None:
    content = composed()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert content.isascii()


@pytest.mark.parametrize("name", ["a, b; c <d@e.example> " * 6, "w" * 300, 'ä"q" (' * 20])
def test_a_long_name_stays_one_address_in_short_lines(name: str) -> None:
    content = composed(Words(name, "x", "x"), sender_name=name)
    assert address_of(content, "From") == (one_line(name), "office@harbor.example")
    assert max(map(len, content.split(b"\r\n"))) <= 78


def test_composing_again_gives_the_same_bytes() -> None:
    assert composed() == composed()
    assert composed() != composed(message_id="<2@mail.practice-desktop.invalid>")


def test_a_message_id_is_new_each_time_and_tells_nothing() -> None:
    made = {new_message_id() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"<[0-9a-f]{32}@mail\.practice-desktop\.invalid>", i) for i in made)


def test_a_discreet_message_has_the_bare_address() -> None:
    assert b"From: office@harbor.example\r\n" in composed(sender_name="")


def test_a_domain_outside_ascii_is_written_in_a_labels() -> None:
    content = composed(recipient="j@händler.example", sender="büro@härbor.example")
    assert b"To: j@xn--hndler-bua.example\r\n" in content
    assert "büro@xn--hrbor-gra.example".encode() in content


@pytest.mark.parametrize(
    "name", ['O"Brien, Ann <x@y.example>', "a\r\nBcc: x@y.example", "()", "\\"]
)
def test_a_senders_name_cannot_become_an_address_or_a_header(name: str) -> None:
    content = composed(sender_name=name)
    assert address_of(content, "From") == (one_line(name), "office@harbor.example")
    assert set(parsed(content).keys()) <= KNOWN


_TEXT = st.text(st.characters(), max_size=120) | st.sampled_from(
    [
        "x\r\nBcc: evil@example.org",
        "=?utf-8?q?evil?=",
        "\u202eevil",
        "👩‍👩‍👧 " * 20,
        "שלום עולם",
        "a, b; c <d@e.example>",
        '"quoted" \\ (comment)',
        "word " * 40,
        "w" * 200,
    ]
)


@given(subject=_TEXT, name=_TEXT, body=_TEXT)
def test_no_name_or_subject_injects_a_header(subject: str, name: str, body: str) -> None:
    words = Words(subject, f"{one_line(body)}\n", "<p></p>\n")
    content = composed(words, sender_name=name)
    message = parsed(content)
    assert set(message.keys()) <= KNOWN
    assert " ".join(str(message["Subject"]).split()) == one_line(subject)
    shown, address = address_of(content, "From")
    assert address == "office@harbor.example"
    assert shown == one_line(name)
    text, _html = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == words.text
