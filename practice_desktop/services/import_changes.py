"""What a row changes about a client on file."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.client import Client, ImportedDetail
from practice_desktop.models.person import Person
from practice_desktop.models.search import search_text, sort_key, words
from practice_desktop.services.client_record import FIELDS, ClientRecord
from practice_desktop.services.history import Change, field_text
from practice_desktop.services.import_plan import Update

PERSON_FIELDS = (
    *("first_name", "last_name", "preferred_name", "pronouns"),
    *("email", "email_key", "phone", "may_email"),
)
CLIENT_FIELDS = (
    *("external_id", "client_type", "date_of_birth", "address", "time_zone"),
    *("sort_key", "search_text"),
)


@dataclass(slots=True)
class StoredClient:
    id: int
    person: dict[str, Any]
    client: dict[str, Any]
    details: dict[str, tuple[int, str]]


class StoredClients:
    """A batch of clients with all that an import may change."""

    def __init__(self, session: Session, ids: list[int]) -> None:
        person, client, detail = Person.__table__, Client.__table__, ImportedDetail.__table__
        self._clients: dict[int, StoredClient] = {}
        query = (
            select(
                client.c.id,
                *(person.c[field] for field in PERSON_FIELDS),
                *(client.c[field] for field in CLIENT_FIELDS),
            )
            .join(person, person.c.id == client.c.id)
            .where(client.c.id.in_(ids))
        )
        for row in session.execute(query):
            values = row._mapping
            self._clients[row[0]] = StoredClient(
                row[0],
                {field: values[field] for field in PERSON_FIELDS},
                {field: values[field] for field in CLIENT_FIELDS},
                {},
            )
        details = select(
            detail.c.client_id, detail.c.name, detail.c.position, detail.c.value
        ).where(detail.c.client_id.in_(ids))
        for client_id, name, position, value in session.execute(details):
            self._clients[client_id].details[name] = (position, value)

    def get(self, client_id: int) -> StoredClient:
        return self._clients[client_id]


def update_for(
    row: int,
    stored: StoredClient,
    record: ClientRecord,
    details: list[tuple[str, str]],
    *,
    address_locked: bool,
) -> Update:
    """The client as it will be; without `changes` where the row brings nothing new.

    A blank changes nothing, nor does another spelling of the same phone number or address.
    """
    person, client = dict(stored.person), dict(stored.client)
    changes = []
    for field, label in FIELDS:
        new = getattr(record, field)
        held = person if field in person else client
        old = held[field]
        if new in (None, "") or (field == "email" and address_locked):
            continue
        if _same(field, old, new, record, person):
            continue
        held[field] = new
        changes.append(Change(label, field_text(old), field_text(new)))
        if field == "email":
            person["email_key"] = record.email_key
    added = []
    following = max((position for position, _value in stored.details.values()), default=-1) + 1
    for name, value in (*record.extra_details, *details):
        position, old_value = stored.details.get(name, (following, ""))
        if value == old_value:
            continue
        following += position == following
        added.append((name, position, value))
        changes.append(Change(name, old_value, value))
    client["sort_key"] = sort_key(person["last_name"], person["first_name"])
    client["search_text"] = search_text(
        (person["first_name"], person["last_name"], person["preferred_name"]),
        person["email"],
        (person["phone"],),
    )
    return Update(row, stored.id, person, client, tuple(added), tuple(changes))


def _same(
    field: str, old: object, new: object, record: ClientRecord, person: dict[str, Any]
) -> bool:
    if old == new:
        return True
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    match field:
        case "email":
            return bool(person["email_key"] == record.email_key)
        case "phone":
            return _digits(old) == _digits(new) != ""
        case "address":
            return words(old) == words(new)
        case "first_name" | "last_name" | "preferred_name":
            # A list in capitals or without any must not undo how the name is written on file.
            return old.casefold() == new.casefold() and (new.isupper() or new.islower())
        case _:
            return False


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
