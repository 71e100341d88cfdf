import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.errors import InvalidInput
from practice_desktop.services.address_check import AddressCheck
from practice_desktop.services.addresses import address_key, check_address

_ODD = (
    "a@x.org|A.B@X.ORG|INFO@Example.com|info@x.org|a..b@x.org|.a@x.org|a.@x.org|a@x|a@-x.org|"
    "a@x..org|a b@x.org|a@b@x.org|@x.org|a@|ü@x.org|a@münchen.de|a@xn--mnchen-3ya.de|a+b@x.org|"
    "a'b@x.org|a@[127.0.0.1]|a@x.org.|a@localhost|a@x.test|a@x.invalid|postmaster@x.org|"
    "a@xn--ls8h.la|a@1.2.3.4|a@x_y.org|"
)
ODD = _ODD.split("|")

PART = st.text(st.sampled_from("abcXYZ019._+-' @ü"), max_size=12)
LONG = st.integers(1, 70).map("a".__mul__)
ADDRESS = st.one_of(
    st.builds("{}@{}".format, PART, st.one_of(PART, st.just("x.org"), st.just("Example.COM"))),
    st.builds("{}@{}.org".format, LONG, LONG),
    st.sampled_from(ODD),
)


def slow(text: str) -> tuple[str, str] | str:
    try:
        address = check_address(text)
    except InvalidInput as error:
        return str(error)
    return address, address_key(address)


def fast(check: AddressCheck, text: str) -> tuple[str, str] | str:
    try:
        return check(text)
    except InvalidInput as error:
        return str(error)


@pytest.mark.parametrize("text", ODD)
def test_odd_addresses_are_judged_as_one_by_one(text: str) -> None:
    check = AddressCheck()
    assert fast(check, text) == slow(text)
    assert fast(check, text) == slow(text)


@given(st.lists(ADDRESS, min_size=1, max_size=5))
def test_the_fast_way_agrees_with_the_slow_one(texts: list[str]) -> None:
    check = AddressCheck()
    for text in texts:
        assert fast(check, text) == slow(text)
