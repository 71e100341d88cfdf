"""The search index over clients: the one place that knows SQLite's FTS5.

Text and queries are folded alike, in Python: accents and case go, and words are runs of letters
and digits. A phone number is also kept as one run of digits and as its last seven, so that it is
found however it is typed.
"""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, TextClause, text

TABLE = "client_search"

_STROKES = str.maketrans(
    {
        "ł": "l",
        "\u0131": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
_WORD = re.compile(r"[^\W_]+")

# The text is cut into words here, so that the index may cut at spaces only: a word that it cut
# again would be a phrase, which detail=none cannot answer.
_CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(search_text, content='client', content_rowid='id', "
    "detail=none, columnsize=0, prefix='1 2 3', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")",
    f"CREATE TRIGGER client_search_insert AFTER INSERT ON client BEGIN "
    f"INSERT INTO {TABLE}(rowid, search_text) VALUES (new.id, new.search_text); END",
    f"CREATE TRIGGER client_search_delete AFTER DELETE ON client BEGIN "
    f"INSERT INTO {TABLE}({TABLE}, rowid, search_text) "
    f"VALUES ('delete', old.id, old.search_text); END",
    f"CREATE TRIGGER client_search_update AFTER UPDATE OF search_text ON client "
    f"WHEN old.search_text IS NOT new.search_text BEGIN "
    f"INSERT INTO {TABLE}({TABLE}, rowid, search_text) "
    f"VALUES ('delete', old.id, old.search_text); "
    f"INSERT INTO {TABLE}(rowid, search_text) VALUES (new.id, new.search_text); END",
)


def create_search_index(connection: Connection) -> None:
    """Make the index and the triggers that keep it true whoever writes."""
    for statement in _CREATE:
        connection.execute(text(statement))


def fold(value: str) -> str:
    """Case and accents folded away: 'Ekström' and 'EKSTROM' become the same."""
    if value.isascii():
        return value.lower()
    plain = unicodedata.normalize("NFKD", value).casefold().translate(_STROKES)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(value: str) -> list[str]:
    """The folded words of `value`, as the index and a query see them."""
    return _WORD.findall(fold(value))


def search_text(names: Iterable[str], email: str, phones: Iterable[str]) -> str:
    """What the index keeps of a client: folded words, each once, in order."""
    found = [word for name in (*names, email) for word in words(name)]
    for phone in phones:
        digits = "".join(re.findall(r"\d", phone))
        found += words(phone)
        if len(digits) > 4:
            found += [digits, digits[-7:]]
    return " ".join(dict.fromkeys(found))


def match_expression(terms: list[str]) -> str:
    """The FTS5 query for rows that hold, for every term, a word that begins with it."""
    return " ".join(f'"{term}"*' for term in terms)


def sort_key(last_name: str, first_name: str) -> str:
    """Last name first, folded, so that Öberg stands beside Oberg."""
    return f"{' '.join(words(last_name))}\x1f{' '.join(words(first_name))}"


def matching_ids(connection: Connection, expression: str, limit: int) -> list[int]:
    """The clients that match, no more than `limit` of them, in no order."""
    query = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH ? LIMIT ?"
    return [row[0] for row in connection.exec_driver_sql(query, (expression, limit)).all()]


def ids_matching(parameter: str) -> TextClause:
    """The ids of all that match the expression in `parameter`, for an IN."""
    return text(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :{parameter}")


def page_of_matches() -> TextClause:
    """One page, by name, of the listed clients that match: parameters match, limit, offset.

    SQLite would look up whole clients to sort them; the index holds all that sorting needs.
    """
    return text(
        "SELECT client.id FROM client INDEXED BY ix_client_place WHERE client.id IN "
        f"(SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :match) AND client.archived_at IS NULL "
        "ORDER BY client.sort_key, client.id LIMIT :limit OFFSET :offset"
    )


def ids_given(parameter: str) -> TextClause:
    """The ids that `parameter` lists as JSON, for an IN: one text for any number of them."""
    return text(f"SELECT value FROM json_each(:{parameter})")


def count_matches(connection: Connection, expression: str, limit: int) -> int:
    """How many clients match, counting no further than `limit`."""
    query = text(
        f"SELECT count(*) FROM (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :match LIMIT :most)"
    )
    return int(connection.execute(query, {"match": expression, "most": limit}).scalar_one())
