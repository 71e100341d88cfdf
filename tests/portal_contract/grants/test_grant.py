import json
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from portal_contract.grants.grant import (
    Grant,
    GrantLink,
    GrantState,
    Manifest,
    ManifestItem,
    body,
    make_content_key,
    make_grant_id,
    open_manifest,
    read_body,
    seal_manifest,
)

MANIFEST = Manifest(
    practice_key=b"\x04" * 65,
    practice_key_number=1,
    first_name="Åsa",
    items=(ManifestItem("r1", "PHQ-9", "form", "ab" * 32, ("b1", "b2"), 2),),
)

times = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
grant_links = st.builds(
    GrantLink,
    token_hash=st.text("0123456789abcdef", min_size=64, max_size=64),
    wrapped_content_key=st.binary(max_size=60),
    until=st.none() | times,
)
grants = st.builds(
    Grant,
    id=st.text("0123456789abcdef", min_size=32, max_size=32),
    version=st.integers(1, 10**9),
    state=st.sampled_from(GrantState),
    link=st.none() | grant_links,
    reset=st.none() | grant_links,
    features=st.lists(st.sampled_from(["client_uploads", "secure_messages"])).map(tuple),
    sealed_manifest=st.none() | st.binary(max_size=200),
)


@given(grants)
def test_a_grant_reads_back_as_it_was_put(grant: Grant) -> None:
    assert read_body(body(grant)) == grant


@given(grants)
def test_the_same_grant_is_the_same_bytes(grant: Grant) -> None:
    assert body(grant) == body(read_body(body(grant)))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists) | st.binary())
def test_what_is_no_grant_is_refused_as_a_value(value: object) -> None:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    with pytest.raises(ValueError):  # noqa: PT011  (any ValueError is the contract)
        read_body(data)


def test_the_portal_cannot_read_a_manifest_and_nobody_can_move_it() -> None:
    key, grant = make_content_key(), make_grant_id()
    place = {"portal": "https://p.example", "grant_id": grant, "version": 3}
    sealed = seal_manifest(MANIFEST, key, portal="https://p.example", grant_id=grant, version=3)
    assert b"PHQ" not in sealed
    assert open_manifest(sealed, key, **place) == MANIFEST  # type: ignore[arg-type]
    for change in ({"portal": "https://q.example"}, {"grant_id": "0" * 32}, {"version": 4}):
        with pytest.raises(InvalidTag):
            open_manifest(sealed, key, **(place | change))  # type: ignore[arg-type]


def test_a_grant_id_and_a_content_key_are_never_the_same_twice() -> None:
    assert make_grant_id() != make_grant_id()
    assert make_content_key() != make_content_key()
