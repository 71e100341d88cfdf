import hashlib

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from portal_contract.grants.links import (
    BadCode,
    decode_secret,
    encode_secret,
    link,
    make_secret,
    token,
    token_hash,
    typed_code,
    unwrap_content_key,
    wrap_content_key,
)

secrets_ = st.binary(min_size=16, max_size=16)


@given(secrets_)
def test_a_typed_code_gives_the_secret_back_however_it_is_grouped(secret: bytes) -> None:
    code = typed_code(secret)
    assert decode_secret(code) == secret
    assert decode_secret(code.lower().replace("-", " ")) == secret
    assert decode_secret(encode_secret(secret)) == secret


def test_a_link_has_nothing_secret_before_its_fragment() -> None:
    secret = make_secret()
    before, fragment = link("https://portal.example.org/p", secret).split("#")
    assert before == "https://portal.example.org/p/i"
    assert len(fragment) == 26
    assert decode_secret(fragment) == secret


def test_digits_that_the_code_does_not_have_are_read_as_letters() -> None:
    assert decode_secret("O" * 25 + "A") == decode_secret("0" * 25 + "A")


@pytest.mark.parametrize("text", ["", "K7QM-4TZP", "!" * 26, "A" * 27, "A" * 25 + "B"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode):
        decode_secret(text)


def test_a_secret_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        encode_secret(b"short")


def test_the_portal_keeps_only_a_hash_of_a_value_derived_from_the_secret() -> None:
    secret = bytes(16)
    assert token_hash(secret) == hashlib.sha256(token(secret)).hexdigest()
    assert token(secret) != secret


@given(secrets_, st.binary(min_size=32, max_size=32))
def test_only_the_link_of_this_grant_unwraps_its_content_key(secret: bytes, key: bytes) -> None:
    wrapped = wrap_content_key(secret, key, "grant-1")
    assert unwrap_content_key(secret, wrapped, "grant-1") == key
    with pytest.raises(InvalidTag):
        unwrap_content_key(secret, wrapped, "grant-2")
    with pytest.raises(InvalidTag):
        unwrap_content_key(bytes(b ^ 1 for b in secret), wrapped, "grant-1")
