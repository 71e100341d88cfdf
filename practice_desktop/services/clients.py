"""Clients: the list, the profile, contacts, archiving."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from practice_desktop.errors import InvalidInput, NotAllowed, NotFound, StaleEdit
from practice_desktop.models import search
from practice_desktop.models.client import Client, Contact
from practice_desktop.models.database import Database
from practice_desktop.services.addresses import address_key, check_address
from practice_desktop.services.chip import access_of
from practice_desktop.services.client_list import PAGE, ClientList, ClientRow
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import Change, History, field_text
from practice_desktop.services.portal_access import PortalAccess, check_address_free
from practice_desktop.vocabulary import (
    AccessState,
    ClientType,
    PortalStatus,
    Relationship,
)

__all__ = [
    "PAGE",
    "ClientDraft",
    "ClientProfile",
    "ClientRow",
    "Clients",
    "ContactDraft",
    "ContactRow",
]

EARLIEST_BIRTH = date(1900, 1, 1)
MAX_TEXT = 500
MAX_ID_DIGITS = 18


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


class Clients(ClientList):
    """The list, and everything about one client."""

    def __init__(
        self, database: Database, history: History, clock: Clock, access: PortalAccess
    ) -> None:
        super().__init__(database, clock)
        self._history = history
        self._access = access

    def profile(self, client_id: int) -> ClientProfile:
        """Raises NotFound."""
        with self._database.read() as session:
            return self._profile(session, _get(session, client_id))

    def find(self, reference: str) -> int:
        """The client with this id or this e-mail address. Raises NotFound."""
        # What a terminal gave that is no text cannot be asked for either.
        reference = reference.strip().encode(errors="backslashreplace").decode()
        by_id = reference.isdecimal() and len(reference) <= MAX_ID_DIGITS
        condition = (
            Client.id == int(reference)
            if by_id
            else and_(Client.email_key == address_key(reference), Client.email_key != "")
        )
        with self._database.read() as session:
            found = session.scalars(select(Client.id).where(condition)).first()
        if found is None:
            raise NotFound(
                f"There is no client with the number or address “{reference}”. "
                "Nothing was changed. Search the list for the name."
            )
        return found

    def add(self, draft: ClientDraft) -> int:
        """Add a client and return the id. Raises InvalidInput, AddressTaken."""
        draft = _checked(draft)
        now = self._clock()
        with self._database.write() as session:
            client = Client(created_at=now, sort_key="", search_text="")
            check_address_free(session, draft.email, None)
            _fill(client, draft)
            session.add(client)
            session.flush()
            self._history.record(session, client.id, "added", "Client added")
            return client.id

    def save(self, client_id: int, version: int, draft: ClientDraft) -> ClientProfile:
        """Save what the Details tab holds.

        Raises InvalidInput, AddressTaken, StaleEdit; NotAllowed where the address of an invited
        client would change (that is portal_access.change_address's).
        """
        draft = _checked(draft)
        with self._database.write() as session:
            client = _get(session, client_id)
            if client.version != version:
                raise StaleEdit(
                    f"Somebody else changed {client.first_name}'s details meanwhile. What you "
                    "typed is still here. Look at the new values, then save again."
                )
            old = _draft(client)
            if address_key(draft.email) != client.email_key:
                if self._locked(session, client):
                    raise NotAllowed(
                        f"{client.addressed_as} has been invited at {client.email}. The other "
                        "changes are still here. Use Change email address… on the Portal tab."
                    )
                check_address_free(session, draft.email, client_id)
            self._record_changes(session, client, old, draft)
            _fill(client, draft)
            session.flush()
            return self._profile(session, client)

    def confirm_address(
        self, client_id: int, email: str, *, may_email: bool, discreet_email: bool
    ) -> None:
        """Page 1 of Start Setup: keep the address, whatever happens on the later pages.

        Raises InvalidInput, AddressTaken, NotAllowed where the client has been invited already.
        """
        with self._database.read() as session:
            client = _get(session, client_id)
            version, draft = client.version, _draft(client)
        if not email.strip():
            raise InvalidInput("email", "Type an e-mail address: the invitation goes there.")
        self.save(
            client_id,
            version,
            replace(draft, email=email, may_email=may_email, discreet_email=discreet_email),
        )

    def finish_setup(self, client_id: int) -> None:
        """*Not now*: setup is done, the client is not invited."""
        with self._database.write() as session:
            client = _get(session, client_id)
            if client.setup_finished_at is None:
                client.setup_finished_at = self._clock()
                self._history.record(session, client.id, "setup", "Setup finished, not invited")

    def archive(self, client_ids: list[int]) -> None:
        """Take clients out of the list; ends portal access of those who have it."""
        with self._database.write() as session:
            for client_id in client_ids:
                client = _get(session, client_id)
                if client.archived_at is None:
                    client.archived_at = self._clock()
                    self._history.record(session, client.id, "archived", "Archived")
                    self._access.end(session, client)

    def bring_back(self, client_ids: list[int]) -> None:
        """Put archived clients back into the list; access stays disabled."""
        with self._database.write() as session:
            for client_id in client_ids:
                client = _get(session, client_id)
                if client.archived_at is not None:
                    client.archived_at = None
                    self._history.record(session, client.id, "brought_back", "Brought back")

    def contact_from(self, owner_id: int) -> ContactDraft:
        """Another client's names, address and phone, to add them as a contact of this one."""
        with self._database.read() as session:
            owner = _get(session, owner_id)
            return ContactDraft(
                first_name=owner.first_name,
                last_name=owner.last_name,
                email=owner.email,
                phone=owner.phone,
            )

    def add_contact(self, client_id: int, draft: ContactDraft) -> int:
        """Raises InvalidInput. A contact may share the client's address."""
        draft = _checked_contact(draft)
        with self._database.write() as session:
            client = _get(session, client_id)
            contact = Contact(client=client)
            _fill_contact(contact, draft)
            session.add(contact)
            session.flush()
            self._history.record(
                session,
                client_id,
                "contact",
                f"Added {contact.name} ({contact.relation.word.lower()}) to the contacts",
            )
            return contact.id

    def save_contact(self, contact_id: int, version: int, draft: ContactDraft) -> None:
        """Raises InvalidInput, StaleEdit, NotFound."""
        draft = _checked_contact(draft)
        with self._database.write() as session:
            contact = _get_contact(session, contact_id)
            if contact.version != version:
                raise StaleEdit(
                    "Somebody else changed this contact meanwhile. What you typed is still here. "
                    "Close, look at the new values, then type your change again."
                )
            changes = _differences(_CONTACT_LABELS, _contact_draft(contact), draft)
            if changes:
                self._history.record(
                    session, contact.client_id, "contact", f"Changed {contact.name}", changes
                )
            _fill_contact(contact, draft)

    def remove_contact(self, contact_id: int) -> None:
        """Raises NotFound."""
        with self._database.write() as session:
            contact = _get_contact(session, contact_id)
            self._history.record(
                session,
                contact.client_id,
                "contact",
                f"Removed {contact.name} from the contacts",
                _differences(_CONTACT_LABELS, _contact_draft(contact), ContactDraft()),
            )
            session.delete(contact)

    def _profile(self, session: Session, client: Client) -> ClientProfile:
        card = self._access.describe(session, client)
        return ClientProfile(
            id=client.id,
            version=client.version,
            draft=_draft(client),
            status=card.status,
            status_why=card.why,
            needs_setup=client.setup_finished_at is None and client.archived_at is None,
            address_locked=self._locked(session, client),
            archived_at=client.archived_at,
            created_at=client.created_at,
            imported_at=client.imported_at,
            external_id=client.external_id or "",
            contacts=tuple(
                ContactRow(contact.id, contact.version, _contact_draft(contact))
                for contact in client.contacts
            ),
            imported_details=tuple(
                (detail.name, detail.value) for detail in client.imported_details
            ),
        )

    def _locked(self, session: Session, client: Client) -> bool:
        access = access_of(session, client.id)
        return access is not None and access.state is not AccessState.NONE

    def _record_changes(
        self, session: Session, client: Client, old: ClientDraft, new: ClientDraft
    ) -> None:
        changes = _differences(_LABELS, old, new)
        if changes:
            self._history.record(session, client.id, "details", "Details changed", changes)


_LABELS = {
    "first_name": "First name",
    "last_name": "Last name",
    "preferred_name": "Preferred name",
    "pronouns": "Pronouns",
    "date_of_birth": "Date of birth",
    "client_type": "Client type",
    "email": "Email",
    "phone": "Phone",
    "address": "Address",
    "time_zone": "Time zone",
    "may_email": "May we e-mail?",
    "discreet_email": "Discreet e-mail",
}
_CONTACT_LABELS = {
    "first_name": "First name",
    "last_name": "Last name",
    "relation": "Relationship",
    "email": "Email",
    "phone": "Phone",
}


def _differences(
    labels: dict[str, str], old: ClientDraft | ContactDraft, new: ClientDraft | ContactDraft
) -> list[Change]:
    return [
        Change(label, field_text(getattr(old, field)), field_text(getattr(new, field)))
        for field, label in labels.items()
        if getattr(old, field) != getattr(new, field)
    ]


def _get(session: Session, client_id: int) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise NotFound("This client is not in the list any more. Nothing was changed.")
    return client


def _get_contact(session: Session, contact_id: int) -> Contact:
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise NotFound("This contact was removed meanwhile. Nothing was changed.")
    return contact


def _clean(field: str, text: str, *, lines: bool = False) -> str:
    """`text` without odd white space; line breaks stay only where `lines` allows them."""
    rows = text.splitlines() if lines else [text]
    cleaned = "\n".join(" ".join(row.split()) for row in rows).strip()
    if any(not c.isprintable() and c not in "\n\u200c\u200d" for c in cleaned):
        raise InvalidInput(field, "This holds characters that cannot be printed. Type it again.")
    if len(cleaned) > MAX_TEXT:
        raise InvalidInput(field, f"This is longer than {MAX_TEXT} characters. Shorten it.")
    return cleaned


def _required(field: str, text: str, sentence: str) -> str:
    cleaned = _clean(field, text)
    if not cleaned:
        raise InvalidInput(field, sentence)
    return cleaned


def _checked(draft: ClientDraft) -> ClientDraft:
    return replace(
        draft,
        first_name=_required("first_name", draft.first_name, "Type a first name."),
        last_name=_required("last_name", draft.last_name, "Type a last name."),
        preferred_name=_clean("preferred_name", draft.preferred_name),
        pronouns=_clean("pronouns", draft.pronouns),
        date_of_birth=_checked_birth(draft.date_of_birth),
        email=check_address(draft.email) if draft.email.strip() else "",
        phone=_clean("phone", draft.phone),
        address=_clean("address", draft.address, lines=True),
        time_zone=_checked_zone(draft.time_zone),
    )


def _checked_birth(born: date | None) -> date | None:
    if born is not None and not EARLIEST_BIRTH <= born <= date.today():
        raise InvalidInput(
            "date_of_birth", "A date of birth lies between 1 January 1900 and today."
        )
    return born


def _checked_zone(zone: str) -> str:
    zone = zone.strip()
    if zone:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise InvalidInput(
                "time_zone", "Choose a time zone from the list, like America/New_York."
            ) from error
    return zone


def _checked_contact(draft: ContactDraft) -> ContactDraft:
    return replace(
        draft,
        first_name=_required("first_name", draft.first_name, "Type a first name."),
        last_name=_clean("last_name", draft.last_name),
        email=check_address(draft.email) if draft.email.strip() else "",
        phone=_clean("phone", draft.phone),
    )


def _fill(client: Client, draft: ClientDraft) -> None:
    for field in _LABELS:
        setattr(client, field, getattr(draft, field))
    client.email_key = address_key(draft.email) if draft.email else ""
    client.sort_key = search.sort_key(draft.last_name, draft.first_name)
    client.search_text = search.search_text(
        (draft.first_name, draft.last_name, draft.preferred_name), draft.email, (draft.phone,)
    )


def _fill_contact(contact: Contact, draft: ContactDraft) -> None:
    for field in _CONTACT_LABELS:
        setattr(contact, field, getattr(draft, field))
    contact.email_key = address_key(draft.email) if draft.email else ""


def _draft(client: Client) -> ClientDraft:
    return ClientDraft(**{field: getattr(client, field) for field in _LABELS})


def _contact_draft(contact: Contact) -> ContactDraft:
    return ContactDraft(**{field: getattr(contact, field) for field in _CONTACT_LABELS})
