"""The library of forms, and packets that tick several at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from practice_desktop.errors import InvalidInput, NotFound, StaleEdit
from practice_desktop.models.database import Database
from practice_desktop.models.document import Form, Packet, PacketEntry
from practice_desktop.paths import resources
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.vocabulary import ClientType, FormGroup

LONGEST_NAME = 80
GROUP_ORDER = {group: place for place, group in enumerate(FormGroup)}


@dataclass(frozen=True, slots=True)
class FormRow:
    id: int
    key: str
    title: str
    group: FormGroup
    form_version: str
    needs_signature: bool
    summary: str


@dataclass(frozen=True, slots=True)
class PacketRow:
    """`form_ids` in the order in which the client meets them."""

    id: int
    version: int
    name: str
    default_for: ClientType | None
    form_ids: tuple[int, ...]


class Forms:
    """`library_file` is the shipped list unless a test brings its own."""

    def __init__(
        self,
        database: Database,
        history: History,
        clock: Clock,
        library_file: Path | None = None,
    ) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._library_file = library_file

    def fill_library(self) -> None:
        """Bring the library to what this program ships; nothing of the practice is overwritten.

        A form that is shipped no longer leaves the library; what was requested of it stays. The
        shipped packets come once, with the first library: they are the practice's from then on.
        """
        path = self._library_file or resources() / "forms" / "library.json"
        shipped = json.loads(path.read_text(encoding="utf-8"))
        with self._database.read() as session:
            if _as_shipped(_forms(session), shipped["forms"]):
                return
        with self._database.write() as session:
            first = not _forms(session)
            _bring_up_to_date(session, shipped["forms"], self._clock())
            if first:
                session.flush()
                by_key = {form.key: form.id for form in _forms(session)}
                for packet in shipped["packets"]:
                    default_for = ClientType(packet["default_for"])
                    _add_packet(
                        session,
                        packet["name"],
                        default_for,
                        [by_key[key] for key in packet["forms"]],
                    )

    def library(self) -> tuple[FormRow, ...]:
        """Every form, in group order, then as the group lists them."""
        with self._database.read() as session:
            return tuple(
                FormRow(
                    form.id,
                    form.key,
                    form.title,
                    form.group,
                    form.form_version,
                    form.needs_signature,
                    form.summary,
                )
                for form in listed_forms(session)
            )

    def packets(self) -> tuple[PacketRow, ...]:
        """By name."""
        with self._database.read() as session:
            found = session.scalars(
                select(Packet).options(selectinload(Packet.entries).joinedload(PacketEntry.form))
            )
            return tuple(sorted(map(_row, found), key=lambda row: row.name.casefold()))

    def default_packet(self, client_type: ClientType) -> PacketRow | None:
        with self._database.read() as session:
            packet = session.scalars(
                select(Packet).where(Packet.default_for == client_type)
            ).one_or_none()
            return _row(packet) if packet is not None else None

    def add_packet(
        self, name: str, form_ids: tuple[int, ...], default_for: ClientType | None
    ) -> int:
        """Raises InvalidInput('name' or 'forms'). A default moves from the packet that had it."""
        with self._database.write() as session:
            name = _free_name(session, name, None)
            form_ids = _known_forms(session, form_ids)
            _clear_default(session, default_for, None)
            packet = _add_packet(session, name, default_for, form_ids)
            session.flush()
            self._history.record(session, None, "packet_added", f"Made the packet {name}")
            return packet.id

    def save_packet(self, packet: PacketRow) -> None:
        """Raises InvalidInput, StaleEdit, NotFound."""
        try:
            with self._database.write() as session:
                stored = session.get(Packet, packet.id)
                if stored is None:
                    raise NotFound(
                        "This packet was deleted meanwhile. What you chose is still in the "
                        "window; make a new packet to keep it."
                    )
                if stored.version != packet.version:
                    raise _changed_meanwhile()
                stored.name = _free_name(session, packet.name, packet.id)
                form_ids = _known_forms(session, packet.form_ids)
                _clear_default(session, packet.default_for, packet.id)
                stored.default_for = packet.default_for
                _set_entries(stored, form_ids)
                flag_modified(stored, "name")  # an entry alone does not raise the version
                self._history.record(
                    session, None, "packet_saved", f"Changed the packet {stored.name}"
                )
        except StaleDataError as error:
            raise _changed_meanwhile() from error

    def delete_packet(self, packet_id: int) -> None:
        """What was requested with it stays requested."""
        with self._database.write() as session:
            packet = session.get(Packet, packet_id)
            if packet is None:
                return
            session.delete(packet)
            self._history.record(
                session, None, "packet_deleted", f"Deleted the packet {packet.name}"
            )


def listed_forms(session: Session) -> list[Form]:
    """The library as it is shown. For services only."""
    found = session.scalars(select(Form).where(Form.retired_at.is_(None)))
    return sorted(found, key=lambda form: (GROUP_ORDER[form.group], form.position, form.id))


def _forms(session: Session) -> Sequence[Form]:
    return session.scalars(select(Form).where(Form.group != FormGroup.CUSTOM)).all()


def _facts(shipped: dict[str, Any], position: int) -> dict[str, Any]:
    return {
        "title": shipped["title"],
        "group": FormGroup(shipped["group"]),
        "form_version": shipped["version"],
        "needs_signature": shipped["needs_signature"],
        "summary": shipped["summary"],
        "position": position,
        "retired_at": None,
    }


def _as_shipped(forms: Sequence[Form], shipped: list[dict[str, Any]]) -> bool:
    by_key = {form.key: form for form in forms}
    for position, entry in enumerate(shipped):
        form = by_key.pop(entry["key"], None)
        if form is None or any(
            getattr(form, name) != value for name, value in _facts(entry, position).items()
        ):
            return False
    return all(form.retired_at is not None for form in by_key.values())


def _bring_up_to_date(session: Session, shipped: list[dict[str, Any]], at: datetime) -> None:
    by_key = {form.key: form for form in _forms(session)}
    for position, entry in enumerate(shipped):
        facts = _facts(entry, position)
        form = by_key.pop(entry["key"], None)
        if form is None:
            session.add(Form(key=entry["key"], **facts))
            continue
        for name, value in facts.items():
            setattr(form, name, value)
    for form in by_key.values():
        form.retired_at = form.retired_at or at


def _row(packet: Packet) -> PacketRow:
    return PacketRow(
        packet.id,
        packet.version,
        packet.name,
        packet.default_for,
        tuple(entry.form_id for entry in packet.entries if entry.form.retired_at is None),
    )


def _add_packet(
    session: Session, name: str, default_for: ClientType | None, form_ids: Sequence[int]
) -> Packet:
    packet = Packet(name=name, default_for=default_for)
    _set_entries(packet, form_ids)
    session.add(packet)
    return packet


def _set_entries(packet: Packet, form_ids: Sequence[int]) -> None:
    known = {entry.form_id: entry for entry in packet.entries}
    entries = []
    for position, form_id in enumerate(form_ids):
        entry = known.get(form_id) or PacketEntry(form_id=form_id)
        entry.position = position
        entries.append(entry)
    packet.entries[:] = entries


def _free_name(session: Session, name: str, packet_id: int | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("name", "A packet needs a name.")
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name", f"A name has at most {LONGEST_NAME} letters.")
    for other_id, other in session.execute(select(Packet.id, Packet.name)):
        if other_id != packet_id and other.casefold() == name.casefold():
            raise InvalidInput("name", f"There is already a packet called {other}.")
    return name


def _known_forms(session: Session, form_ids: Sequence[int]) -> tuple[int, ...]:
    known = {form.id for form in listed_forms(session)}
    found = tuple(form_id for form_id in dict.fromkeys(form_ids) if form_id in known)
    if not found:
        raise InvalidInput("forms", "Choose at least one form.")
    return found


def _clear_default(session: Session, default_for: ClientType | None, packet_id: int | None) -> None:
    """At most one default a type, so the one that had it must give it up first."""
    if default_for is None:
        return
    for other in session.scalars(select(Packet).where(Packet.default_for == default_for)):
        if other.id != packet_id:
            other.default_for = None
    session.flush()


def _changed_meanwhile() -> StaleEdit:
    return StaleEdit(
        "Somebody else changed this packet meanwhile. Nothing was overwritten. "
        "Close this window, look at the packet, and change it again."
    )
