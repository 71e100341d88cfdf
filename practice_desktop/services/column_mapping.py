"""Which column of a file goes into which field of a client."""

from dataclasses import dataclass

from practice_desktop.vocabulary import Word


class Target(Word):
    """Where a column goes. `word` is what the mapping page and the preview call it."""

    NOT_IMPORTED = "not_imported"
    DETAIL = "imported_details"
    EXTERNAL_ID = "client_id"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    PREFERRED_NAME = "preferred_name"
    PRONOUNS = "pronouns"
    DATE_OF_BIRTH = "date_of_birth"
    CLIENT_TYPE = "client_type"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"
    MAY_EMAIL = "may_we_email"

    @property
    def word(self) -> str:
        return _WORDS.get(self.value, super().word)


_WORDS = {
    "not_imported": "Do not import",
    "client_id": "Client ID",
    "may_we_email": "May we e-mail?",
    "address": "Address (whole)",
    "zip": "ZIP or postal code",
    "state": "State or region",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: where it goes, and the first few different values in it.

    `sensitive` marks numbers such as social security that are left behind unless asked for.
    """

    header: str
    target: Target
    samples: tuple[str, ...] = ()
    sensitive: bool = False
