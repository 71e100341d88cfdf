"""Where a column of an imported file can go."""

from practice_desktop.vocabulary import Word

# Our own column in the file of what was left out; nobody wants it back when it is mended.
REASON_HEADER = "Why it was left out"


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
    "address": "Address",
    "street": "Street (part of the address)",
    "zip": "ZIP or postal code",
    "state": "State or region",
}
