import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.errors import InvalidInput
from practice_desktop.services.addresses import address_key, check_address, suggest_address


def test_an_address_comes_back_in_its_usual_spelling() -> None:
    assert check_address("  Ada.Brennan@EXAMPLE.org ") == "Ada.Brennan@example.org"


@pytest.mark.parametrize(
    "text",
    ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org", "a@b@c.org", "x@-.de"],
)
def test_what_cannot_be_an_address_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_address(text)
    assert refusal.value.field == "email"
    assert refusal.value.sentence.endswith(".")


def test_the_refusal_reads_as_one_sentence() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_address("ada")
    assert refusal.value.sentence == (
        "This is not an e-mail address that can exist: an email address must have an @-sign."
    )


@given(st.text(max_size=40))
def test_any_text_is_either_an_address_or_refused(text: str) -> None:
    try:
        address = check_address(text)
    except InvalidInput:
        return
    assert check_address(address) == address
    assert address_key(address) == address_key(address.upper()) or not address.isascii()
    assert "\n" not in address
    assert "\r" not in address


def test_two_spellings_of_one_mailbox_have_one_key() -> None:
    assert address_key("Ada@Example.ORG") == address_key("ada@example.org")
    assert address_key("info@bücher.example") == address_key("info@xn--bcher-kva.example")
    assert address_key("ada@example.org") != address_key("ada@example.com")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jo@gmial.com", "jo@gmail.com"),
        ("jo@gmail.con", "jo@gmail.com"),
        ("jo@hotnail.com", "jo@hotmail.com"),
        ("jo@yaho.com", "jo@yahoo.com"),
        ("jo@icloud.cmo", "jo@icloud.com"),
        ("jo@clinic.ogr", "jo@clinic.org"),
    ],
)
def test_a_slip_is_noticed(typed: str, meant: str) -> None:
    assert suggest_address(typed) == meant


@pytest.mark.parametrize(
    "typed", ["jo@gmail.com", "jo@mail.com", "jo@harbor.example", "jo", "@gmial.com", ""]
)
def test_a_right_address_gets_no_suggestion(typed: str) -> None:
    assert suggest_address(typed) is None
