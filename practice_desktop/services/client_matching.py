"""Finds the client that a row of a file means: by external id, e-mail address, name and birth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.client import Client
from practice_desktop.models.person import Person
from practice_desktop.models.portal_access import PortalAccess
from practice_desktop.models.search import fold
from practice_desktop.services.client_record import ClientRecord
from practice_desktop.services.import_plan import Reason
from practice_desktop.vocabulary import AccessState

_SHORTEST_NICKNAME = 3


@dataclass(slots=True)
class KnownClient:
    """A client on file, or one that an earlier row of the file adds (then `id` is None).

    `taken_by` is the line of the row that means this client, 0 while none does. `namesake` chains
    those of the same name and birth date. The address of a `locked` client never changes by an
    import.
    """

    id: int | None
    external_id: str
    email_key: str
    name_key: str
    first_name: str
    last_name: str
    preferred_name: str
    date_of_birth: date | None
    phone: str
    archived: bool = False
    locked: bool = False
    taken_by: int = 0
    namesake: "KnownClient | None" = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Finding(NamedTuple):
    """The client a row means, or why the row must be left out, or neither: a new client."""

    client: KnownClient | None = None
    reason: Reason | None = None
    sentence: str = ""


class ClientMatching:
    """Clients on file, and those of the rows read so far, under all that identifies them."""

    def __init__(self, session: Session) -> None:
        self._by_external_id: dict[str, KnownClient] = {}
        self._by_email: dict[str, KnownClient] = {}
        self._by_birth: dict[tuple[str, date | None], KnownClient] = {}
        locked = set(
            session.scalars(
                select(PortalAccess.person_id).where(PortalAccess.state != AccessState.NONE)
            )
        )
        person, client = Person.__table__, Client.__table__
        stored = session.execute(
            select(
                client.c.id,
                client.c.external_id,
                person.c.email_key,
                client.c.sort_key,
                person.c.first_name,
                person.c.last_name,
                person.c.preferred_name,
                client.c.date_of_birth,
                person.c.phone,
                client.c.archived_at.is_not(None),
            ).join(person, person.c.id == client.c.id)
        )
        for row in stored:
            known = KnownClient(*row)
            known.external_id = known.external_id or ""
            known.locked = row[0] in locked
            self._add(known)

    def find(self, record: ClientRecord, name_key: str, line: int) -> Finding:
        """Whom the record of `line` means. Sentences name the other client and the other row."""
        finding = self._find(record, name_key)
        known = finding.client
        if known is None:
            return finding
        if known.taken_by:
            return Finding(
                None,
                Reason.TWICE,
                f"Twice in the file: row {known.taken_by} is the same client.",
            )
        return finding

    def claim(
        self, known: KnownClient | None, record: ClientRecord, name_key: str, line: int
    ) -> KnownClient:
        """Remember that the row at `line` means `known`, or adds a client."""
        if known is None:
            known = KnownClient(
                None,
                record.external_id,
                record.email_key,
                name_key,
                record.first_name,
                record.last_name,
                record.preferred_name,
                record.date_of_birth,
                record.phone,
                taken_by=line,
            )
            self._add(known)
            return known
        known.taken_by = line
        if record.external_id:
            self._by_external_id.setdefault(record.external_id, known)
        if record.email_key and not known.locked:
            self._by_email.setdefault(record.email_key, known)
        return known

    def _add(self, known: KnownClient) -> None:
        if known.external_id:
            self._by_external_id[known.external_id] = known
        if known.email_key:
            self._by_email[known.email_key] = known
        born = (known.name_key, known.date_of_birth)
        known.namesake = self._by_birth.get(born)
        self._by_birth[born] = known

    def _find(self, record: ClientRecord, name_key: str) -> Finding:
        by_id = self._by_external_id.get(record.external_id) if record.external_id else None
        owner = self._by_email.get(record.email_key) if record.email_key else None
        if by_id is not None:
            if owner is None or owner is by_id or by_id.locked:
                return Finding(by_id)
            return _used_by(owner)
        if owner is not None:
            return Finding(owner) if _same_person(record, name_key, owner) else _used_by(owner)
        return self._find_by_name(record, name_key)

    def _namesakes(self, name_key: str, born: date | None) -> Iterator[KnownClient]:
        known = self._by_birth.get((name_key, born))
        while known is not None:
            yield known
            known = known.namesake

    def _find_by_name(self, record: ClientRecord, name_key: str) -> Finding:
        if not (record.first_name or record.last_name):
            return Finding()
        alike = [
            known
            for known in self._namesakes(name_key, record.date_of_birth)
            if not _differ(known.external_id, record.external_id)
            and (record.date_of_birth is not None or _nothing_tells_apart(record, known))
        ]
        if len(alike) > 1:
            return Finding(
                None,
                Reason.SEVERAL_MATCH,
                f"{len(alike)} clients have this name and date of birth.",
            )
        return Finding(alike[0] if alike else None)


def _used_by(owner: KnownClient) -> Finding:
    where = f" (row {owner.taken_by})" if owner.id is None else ""
    return Finding(
        None, Reason.ADDRESS_USED, f"The address is already used by {owner.name}{where}."
    )


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def _same_person(record: ClientRecord, name_key: str, owner: KnownClient) -> bool:
    """Whether a shared address means the same client and not a parent's that a child uses.

    The whole name is enough on file, where ids and birth dates may be what the row corrects; a
    first name alone (married since, or Rob for Robert) only where nothing contradicts it.
    """
    if owner.id is not None and not (record.first_name or record.last_name):
        return True
    ids = _differ(owner.external_id, record.external_id)
    births = _differ(owner.date_of_birth, record.date_of_birth)
    if name_key == owner.name_key and owner.id is not None:
        return not (ids and births)
    if ids or births:
        return False
    return name_key == owner.name_key or _first_names_alike(record, owner)


def _first_names_alike(record: ClientRecord, owner: KnownClient) -> bool:
    if "&" in record.first_name or "&" in owner.first_name or not record.first_name:
        return False
    theirs = {fold(record.first_name), fold(record.preferred_name)} - {""}
    ours = {fold(owner.first_name), fold(owner.preferred_name)} - {""}
    if theirs & ours:
        return True
    return any(
        len(short) >= _SHORTEST_NICKNAME and long.startswith(short)
        for one in theirs
        for other in ours
        for short, long in ((one, other), (other, one))
    )


def _nothing_tells_apart(record: ClientRecord, known: KnownClient) -> bool:
    return record.email_key == known.email_key and _digits(record.phone) == _digits(known.phone)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
