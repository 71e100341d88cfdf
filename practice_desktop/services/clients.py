"""Clients: the list, the profile, contacts, archiving."""

from dataclasses import dataclass
from datetime import date, datetime

from practice_desktop.models.database import Database
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.vocabulary import (
    ClientFilter,
    ClientOrder,
    ClientType,
    PortalStatus,
    Relationship,
)

PAGE = 100


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the list."""

    id: int
    first_name: str
    last_name: str
    email: str
    status: PortalStatus
    archived: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class ClientDraft:
    """What the Details tab and *New client* edit; only the two names are required."""

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    date_of_birth: date | None = None
    client_type: ClientType = ClientType.INDIVIDUAL
    email: str = ""
    phone: str = ""
    address: str = ""
    time_zone: str = ""
    may_email: bool = True
    discreet_email: bool = False


@dataclass(frozen=True, slots=True)
class ContactDraft:
    first_name: str = ""
    last_name: str = ""
    relation: Relationship = Relationship.OTHER
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    version: int
    draft: ContactDraft

    @property
    def name(self) -> str:
        return f"{self.draft.first_name} {self.draft.last_name}".strip()


@dataclass(frozen=True, slots=True)
class ClientProfile:
    """All that the profile shows; `draft` is what its Details tab edits.

    `address_locked` is set while the address may change only by *Change email address…*.
    """

    id: int
    version: int
    draft: ClientDraft
    status: PortalStatus
    status_why: str
    needs_setup: bool
    address_locked: bool
    archived_at: datetime | None
    created_at: datetime
    imported_at: datetime | None
    external_id: str
    contacts: tuple[ContactRow, ...]
    imported_details: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"{self.draft.first_name} {self.draft.last_name}".strip()

    @property
    def addressed_as(self) -> str:
        return self.draft.preferred_name or self.draft.first_name


class Clients:
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def page(
        self,
        *,
        search: str = "",
        shown: ClientFilter = ClientFilter.ALL,
        order: ClientOrder = ClientOrder.NAME,
        offset: int = 0,
        limit: int = PAGE,
    ) -> list[ClientRow]:
        """A slice of the list. Several search words may stand in any order; each begins a word.

        Every filter but *Archived* leaves archived clients out.
        """
        raise NotImplementedError

    def counts(self) -> dict[ClientFilter, int]:
        """How many clients each filter chip would show, without a search."""
        raise NotImplementedError

    def ids(self, *, search: str = "", shown: ClientFilter = ClientFilter.ALL) -> list[int]:
        """Every client that the list would show, for *Select all*."""
        raise NotImplementedError

    def profile(self, client_id: int) -> ClientProfile:
        """Raises NotFound."""
        raise NotImplementedError

    def find(self, reference: str) -> int:
        """The client with this id or this e-mail address. Raises NotFound."""
        raise NotImplementedError

    def add(self, draft: ClientDraft) -> int:
        """Add a client and return the id. Raises InvalidInput, AddressTaken."""
        raise NotImplementedError

    def save(self, client_id: int, version: int, draft: ClientDraft) -> ClientProfile:
        """Save what the Details tab holds.

        Raises InvalidInput, AddressTaken, StaleEdit; NotAllowed where the address of an invited
        client would change (that is portal_access.change_address's).
        """
        raise NotImplementedError

    def confirm_address(
        self, client_id: int, email: str, *, may_email: bool, discreet_email: bool
    ) -> None:
        """Page 1 of Start Setup: keep the address, whatever happens on the later pages.

        Raises InvalidInput, AddressTaken.
        """
        raise NotImplementedError

    def finish_setup(self, client_id: int) -> None:
        """*Not now*: setup is done, the client is not invited."""
        raise NotImplementedError

    def archive(self, client_ids: list[int]) -> None:
        """Take clients out of the list; ends portal access of those who have it."""
        raise NotImplementedError

    def bring_back(self, client_ids: list[int]) -> None:
        """Put archived clients back into the list; access stays disabled."""
        raise NotImplementedError

    def add_contact(self, client_id: int, draft: ContactDraft) -> int:
        """Raises InvalidInput. A contact may share the client's address."""
        raise NotImplementedError

    def save_contact(self, contact_id: int, version: int, draft: ContactDraft) -> None:
        """Raises InvalidInput, StaleEdit, NotFound."""
        raise NotImplementedError

    def remove_contact(self, contact_id: int) -> None:
        raise NotImplementedError
