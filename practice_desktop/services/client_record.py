"""A client as one row of a file says, field by field."""

from dataclasses import dataclass
from datetime import date

from practice_desktop.services.column_target import Target
from practice_desktop.services.history import field_text
from practice_desktop.vocabulary import ClientType

# What the Details tab takes at most; longer values would never be saved there again.
LONGEST_TEXT = 500

# Fields of a client in the order of the preview, each with what people call it.
_FIELDS_AND_TARGETS = {
    "first_name": Target.FIRST_NAME,
    "last_name": Target.LAST_NAME,
    "preferred_name": Target.PREFERRED_NAME,
    "pronouns": Target.PRONOUNS,
    "date_of_birth": Target.DATE_OF_BIRTH,
    "client_type": Target.CLIENT_TYPE,
    "email": Target.EMAIL,
    "phone": Target.PHONE,
    "address": Target.ADDRESS,
    "time_zone": Target.TIME_ZONE,
    "may_email": Target.MAY_EMAIL,
    "external_id": Target.EXTERNAL_ID,
}
FIELDS = [(field, target.word) for field, target in _FIELDS_AND_TARGETS.items()]


@dataclass(slots=True)
class ClientRecord:
    """What a row says of a client; an empty field says nothing.

    `extra_details` are further values that Imported details keep, beside the columns that go there
    whole. `sort_key` orders the client in the list. `address_problem` is why the first e-mail
    address cannot exist.
    """

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    date_of_birth: date | None = None
    client_type: ClientType | None = None
    email: str = ""
    email_key: str = ""
    phone: str = ""
    address: str = ""
    time_zone: str = ""
    may_email: bool | None = None
    external_id: str = ""
    extra_details: tuple[tuple[str, str], ...] = ()
    address_problem: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False
    sort_key: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def described(self) -> list[tuple[str, str]]:
        """The fields that say something, as people name them."""
        return [
            (label, field_text(value))
            for field, label in FIELDS
            if (value := getattr(self, field)) not in (None, "")
        ]
