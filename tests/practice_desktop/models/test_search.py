from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from practice_desktop.models.database import Database
from practice_desktop.models.search import (
    count_matches,
    fold,
    match_expression,
    search_text,
    sort_key,
    words,
)


def test_case_and_accents_are_folded_away() -> None:
    assert fold("EKSTRÖM") == fold("ekstrom")
    assert fold("Łukasz Øre") == "lukasz ore"
    assert fold("Straße") == fold("STRASSE")


def test_a_phone_number_is_found_however_it_is_typed() -> None:
    kept = search_text(["Sam"], "", ["(555) 010-4432"]).split()
    for typed in ("555 010", "5550104432", "0104432", "010-4432"):
        assert all(any(word.startswith(term) for word in kept) for term in words(typed))


@given(st.text())
def test_folding_twice_changes_nothing_more(value: str) -> None:
    assert words(" ".join(words(value))) == words(value)


@given(st.lists(st.text(), max_size=4))
def test_no_typed_character_can_break_out_of_a_query(values: list[str]) -> None:
    terms = [term for value in values for term in words(value)]
    expression = match_expression(terms)
    assert expression.count('"') == 2 * len(terms)


def test_accents_do_not_move_a_name_to_the_end_of_the_list() -> None:
    assert sort_key("Öberg", "Jo") < sort_key("Okafor", "Al")
    assert sort_key("Grant", "Ada") < sort_key("Grant", "Sam")
    assert sort_key("Grant", "Zed") < sort_key("Grantham", "Ada")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    database = Database(tmp_path_factory.mktemp("search"))
    with database.engine.connect() as opened:
        yield opened
    database.close()


@given(st.text(min_size=1))
def test_any_name_is_found_by_itself_and_breaks_no_query(connection: Connection, name: str) -> None:
    terms = words(name)
    connection.execute(
        text("INSERT INTO client_search(rowid, search_text) VALUES (1, :kept)"),
        {"kept": search_text([name], "", [])},
    )
    if terms:
        assert count_matches(connection, match_expression(terms), 10) == 1
    connection.rollback()
