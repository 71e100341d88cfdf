"""The library of forms, and packets that tick several at once."""

from dataclasses import dataclass

from practice_desktop.models.database import Database
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.vocabulary import ClientType, FormGroup


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
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def fill_library(self) -> None:
        """Bring the library to what this program ships; nothing of the practice is overwritten."""
        raise NotImplementedError

    def library(self) -> tuple[FormRow, ...]:
        """Every form, in group order, then as the group lists them."""
        raise NotImplementedError

    def packets(self) -> tuple[PacketRow, ...]:
        """By name."""
        raise NotImplementedError

    def default_packet(self, client_type: ClientType) -> PacketRow | None:
        raise NotImplementedError

    def add_packet(
        self, name: str, form_ids: tuple[int, ...], default_for: ClientType | None
    ) -> int:
        """Raises InvalidInput('name' or 'forms'). A default moves from the packet that had it."""
        raise NotImplementedError

    def save_packet(self, packet: PacketRow) -> None:
        """Raises InvalidInput, StaleEdit, NotFound."""
        raise NotImplementedError

    def delete_packet(self, packet_id: int) -> None:
        """What was requested with it stays requested."""
        raise NotImplementedError
