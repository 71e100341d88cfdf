"""Importing 100,000 clients, beside a script that does the same with sqlite3 and nothing around it.

The script parses and validates alike, knows its columns beforehand, and writes the same rows,
history and search index by executemany into the same schema. Both must end with the same rows.
"""

import csv
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.result import Result
from practice_desktop.errors import InvalidInput
from practice_desktop.models.database import Database
from practice_desktop.models.search import search_text, sort_key
from practice_desktop.services.addresses import address_key, check_address
from practice_desktop.services.client_import import ClientImport
from practice_desktop.services.history import History

NAME = "import"
BAR = "at most 2"

ROWS = 100_000
_ROUNDS = 3
_NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
_HEADER = (
    *("Client ID", "First name", "Last name", "Preferred name", "Email", "Mobile phone"),
    *("Date of birth", "Street", "City", "State", "ZIP", "Insurance", "Clinician"),
)
_FIRST_NAMES = "Ann Bob Carla Dmitri Élise Fatima George Hana Ivan José Keiko Liam Mia Noor Olga"
_LAST_NAMES = "Smith Jones Brown O'Brien Müller García Nowak Rossi Silva Haddad Kim Nguyen"
_FIRST, _LAST = _FIRST_NAMES.split(), _LAST_NAMES.split()
_NOTHING = frozenset(("", "-", "NULL", "N/A", "NaN", "None"))
_LOCAL = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_ROWS_COMPARED = (
    "SELECT id, first_name, last_name, preferred_name, email, email_key, phone FROM person",
    "SELECT id, external_id, client_type, date_of_birth, address, sort_key, search_text,"
    " created_at, imported_at, setup_finished_at FROM client",
    "SELECT client_id, name, position, value FROM imported_detail",
    "SELECT client_id, at, actor, action, sentence, changes FROM history_entry",
    "SELECT rowid FROM client_search WHERE client_search MATCH '\"nowak\"*'",
)


_Work = Callable[[Path, Database], None]
_ScriptRow = tuple[str, str, str, str, str, str, str, str | None, str, list[tuple[str, str]]]


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "clients.csv"
        write_list(path, ROWS)
        ours = theirs = float("inf")
        for number in range(_ROUNDS):
            our_folder, their_folder = folder / f"ours{number}", folder / f"theirs{number}"
            theirs = min(theirs, _timed(_by_script, path, their_folder))
            ours = min(ours, _timed(_by_program, path, our_folder))
            _check_equal(our_folder, their_folder)
        return [
            Result.compare(f"{NAME}: {ROWS:,} rows", ours=ours, theirs=theirs, unit="s", bar=2.0)
        ]


def write_list(path: Path, rows: int) -> None:
    """A list as a practice exports it: some in capitals, twice, or with a broken address."""
    chance = random.Random(20261123)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(rows):
            if number % 50 == 49:
                number -= 1
            first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
            if number % 10 == 0:
                first, last = first.upper(), last.upper()
            at = "@@" if number % 100 == 7 else "@"
            born = date(1935, 1, 1) + timedelta(days=number * 7919 % 32000)
            writer.writerow(
                (
                    *(10_000 + number, first, last, first[:3] if number % 7 == 0 else ""),
                    f"client{number}{at}mail{number % 400}.example.org",
                    f"({200 + number % 700}) 555-{number % 10000:04}",
                    born.strftime("%m/%d/%Y"),
                    *(f"{number} Main St", "Salem", "MA", "01970"),
                    *(chance.choice(("Aetna", "Cigna", "N/A", "")), "Dr. Lee"),
                )
            )


def _timed(work: _Work, path: Path, folder: Path) -> float:
    folder.mkdir()
    database = Database(folder)
    began = time.perf_counter()
    work(path, database)
    took = time.perf_counter() - began
    database.close()
    return took


def _by_program(path: Path, database: Database) -> None:
    importing = ClientImport(database, History(database, lambda: _NOW), lambda: _NOW)
    importing.apply(importing.plan(importing.read(path)))


def _by_script(path: Path, database: Database) -> None:
    """The same by hand: columns in known places, one pass over the rows, executemany."""
    people: list[tuple[object, ...]] = []
    clients: list[tuple[object, ...]] = []
    details: list[tuple[object, ...]] = []
    history: list[tuple[object, ...]] = []
    index: list[tuple[object, ...]] = []
    now = _NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    for number, row in enumerate(_valid_rows(path), 1):
        (code, first, last, preferred, email, key, phone, born, address, kept) = row
        text = search_text((first, last, preferred), email, (phone,))
        people.append(
            (number, "client", 1, first, last, preferred, "", email, key, phone, True, False)
        )
        clients.append(
            (
                *(number, code, "individual", born, address, "", now, now, now, None),
                *(sort_key(last, first), text),
            )
        )
        details += [(number, name, at, value) for at, (name, value) in enumerate(kept)]
        history.append((number, now, "", "imported", f"Imported from {path.name}"))
        index.append((number, text))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DROP TRIGGER client_search_insert")
        for table, rows in (
            ("person", people),
            ("client", clients),
            ("imported_detail", details),
            ("history_entry (client_id, at, actor, action, sentence)", history),
            ("client_search (rowid, search_text)", index),
        ):
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        connection.execute("COMMIT")


def _valid_rows(path: Path) -> Iterator[_ScriptRow]:
    codes: set[str] = set()
    addresses: set[str] = set()
    named: set[tuple[str, str, str | None]] = set()
    dates: dict[str, str | None] = {}
    domains: dict[str, tuple[str, str] | None] = {}
    today = _NOW.date()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            cells = ["" if cell.strip() in _NOTHING else cell.strip() for cell in row]
            (code, first, last, preferred, email, phone, born) = cells[:7]
            if not first or not last:
                continue
            if first.isupper() and last.isupper():
                first, last = _WORD.sub(_capital, first), _WORD.sub(_capital, last)
            if born not in dates:
                dates[born] = _iso(born, today)
            key = ""
            if email:
                local, _at, domain = email.rpartition("@")
                if domain not in domains:
                    domains[domain] = _judge(domain)
                usual = domains[domain]
                if usual is None or not _LOCAL.fullmatch(local):
                    continue
                email, key = f"{local}@{usual[0]}", f"{local.casefold()}@{usual[1]}"
            name = (first.casefold(), last.casefold(), dates[born])
            if code in codes or (key and key in addresses):
                continue
            codes.add(code)
            named.add(name)
            if key:
                addresses.add(key)
            street, city, state, postal = cells[7:11]
            address = ", ".join(
                filter(None, (street, " ".join(filter(None, (city, state, postal)))))
            )
            kept = [(_HEADER[i], cells[i]) for i in (11, 12) if cells[i]]
            yield code, first, last, preferred, email, key, phone, dates[born], address, kept


def _iso(text: str, today: date) -> str | None:
    try:
        born = datetime.strptime(text, "%m/%d/%Y").date()
    except ValueError:
        return None
    return born.isoformat() if born <= today else None


def _judge(domain: str) -> tuple[str, str] | None:
    try:
        address = check_address(f"a@{domain}")
    except InvalidInput:
        return None
    return address.removeprefix("a@"), address_key(address).removeprefix("a@")


def _capital(found: re.Match[str]) -> str:
    return found.group().capitalize()


def _check_equal(ours: Path, theirs: Path) -> None:
    """A comparison with something that writes less would be worth nothing."""
    with (
        closing(sqlite3.connect(ours / "practice.db")) as one,
        closing(sqlite3.connect(theirs / "practice.db")) as other,
    ):
        for query in _ROWS_COMPARED:
            if one.execute(query).fetchall() != other.execute(query).fetchall():
                raise AssertionError(f"the two imports differ in: {query}")
