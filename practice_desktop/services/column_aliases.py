"""What other programs call the fields of a client.

Collected from exports of practice software, Google Contacts, Outlook and Synthea, and from what
other importers accept. Compared without case, accents, blanks and punctuation.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from practice_desktop.models.search import words
from practice_desktop.services.column_target import Target

_ALIASES: dict[Target, str] = {
    Target.EXTERNAL_ID: "id clientid patientid externalid clientidentifier identifier chartnumber "
    "chartno chart chartid mrn medicalrecordnumber recordid recordnumber clientnumber clientno "
    "patientnumber patientno personid uid uuid guid clientcode patientcode casenumber caseid",
    Target.FIRST_NAME: "first firstname fname givenname given forename firstgivenname",
    Target.LAST_NAME: "last lastname lname surname familyname lastfamilyname",
    Target.FULL_NAME: "name fullname client patient clientname patientname displayname "
    "lastnamefirstname lastfirst namelastfirst lastfirstname firstlast firstlastname "
    "firstnamelastname clients patients fn",
    Target.PREFERRED_NAME: "preferredname preferredfirstname preferred nickname nick goesby "
    "knownas chosenname chosenfirstname nameused callname",
    Target.PRONOUNS: "pronoun pronouns genderpronouns preferredpronouns genderpronoun",
    Target.DATE_OF_BIRTH: "dob dateofbirth birthdate birthday birthdt bday born datebirth "
    "birth dobirth birthdatetime",
    Target.CLIENT_TYPE: "clienttype patienttype type clientkind",
    Target.EMAIL: "email emailaddress emailaddr mail mailaddress emails emailid "
    "contactemail clientemailaddress",
    Target.PHONE: "phone phonenumber phoneno phones mobile mobilephone mobilenumber "
    "mobilephonenumber cell cellphone cellnumber cellphonenumber telephone telephonenumber tel "
    "contactnumber contactphone phonemobile phonecell phonehome phonework daytimephone "
    "eveningphone",
    Target.ADDRESS: "fulladdress addressformatted formattedaddress completeaddress",
    Target.STREET: "address street streetaddress address1 address2 address3 addressline "
    "addressline1 addressline2 addressline3 street1 street2 street3 streetline1 streetline2 "
    "addr addr1 addr2 line1 line2 apartment apt addressstreet addressstreet1 addressstreet2 "
    "streetaddress1 streetaddress2 streetaddressline2 addressaddress1 addressaddress2 "
    "addressaddress3 addressextendedaddress addresspobox extendedaddress unit suite",
    Target.CITY: "city town cityname locality suburb citytown addresscity addresstown",
    Target.STATE: "state province region stateprovince provincestate stateregion addressstate "
    "addressregion addressprovince statecode",
    Target.ZIP: "zip zipcode postal postalcode postcode zippostalcode zippostal addresszip "
    "addresszipcode addresspostalcode zipcodepostalcode",
    Target.COUNTRY: "country countryregion addresscountry countryname",
    Target.TIME_ZONE: "timezone tz clienttimezone",
    Target.MAY_EMAIL: "mayweemail oktoemail emailok emailconsent consenttoemail allowemail "
    "emailpermission canemail emailallowed okemail receiveemail allowsemail",
}
_TARGETS = {alias: target for target, aliases in _ALIASES.items() for alias in aliases.split()}

_OWNERS = ("client", "patient", "pt", "user", "legal", "personal", "customer", "student")
_PLACES = (
    *("home", "primary", "mailing", "main", "current", "residential", "permanent"),
    *("other", "billing", "business", "work", "office", "secondary", "alternate"),
)
_RANK_OF_PLACE = {
    **dict.fromkeys(("other", "billing", "secondary", "alternate"), 4),
    **dict.fromkeys(("business", "work", "office"), 5),
    "primary": 0,
}
_NUMBERED = re.compile(r"^(email|mail|phone|tel|telephone|address)(\d+)(?:value|address|)([a-z]*)$")
# A place makes sense before a way to reach somebody, not before a name or a date.
_AT_A_PLACE = frozenset(
    (
        *(Target.EMAIL, Target.PHONE, Target.ADDRESS, Target.STREET),
        *(Target.CITY, Target.STATE, Target.ZIP, Target.COUNTRY),
    )
)
_OTHERS = frozenset(("username", "userid", "usertype"))
_PARENTHESIS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_SENSITIVE_WORDS = frozenset(
    ("ssn", "passport", "passports", "password", "drivers", "nino", "cvv", "cvc", "iban", "itin")
)
_SENSITIVE = re.compile(
    r"socialsec|^social$|^socialnumber|^sin$|driverlic|driverslic|licensenumber|licenceno"
    r"|governmentid|govid|nationalid|taxid|taxpayerid|creditcard|debitcard|cardnumber"
    r"|bankaccount|routingnumber|passphrase|^pin$|^pincode"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """What a header says. Parts of one address share a `place`; the lowest `rank` is preferred."""

    target: Target
    place: str = ""
    rank: int = 1


@lru_cache(maxsize=4096)
def recognise(header: str) -> Alias | None:
    """The field that `header` names, or None."""
    for spelling in (header, _PARENTHESIS.sub(" ", header)):
        key = "".join(words(spelling))
        if alias := _look_up(key):
            return alias
    return None


def is_sensitive(header: str) -> bool:
    """Whether a column holds what nobody should carry over by accident."""
    found = words(header)
    return not _SENSITIVE_WORDS.isdisjoint(found) or bool(_SENSITIVE.search("".join(found)))


def recognised(cells: tuple[str, ...] | list[str]) -> int:
    """How many cells of a row are headers known here."""
    return sum(1 for cell in cells if cell and len(cell) < 60 and recognise(cell) is not None)


def _look_up(key: str) -> Alias | None:
    if target := _TARGETS.get(key):
        return Alias(target, rank=0 if "mobile" in key or "cell" in key else 1)
    if numbered := _NUMBERED.match(key):
        kind, number, rest = numbered.groups()
        if target := _TARGETS.get(kind + rest):
            place = number if kind == "address" else ""
            return Alias(target, place, rank=int(number))
    if key in _OTHERS:
        return None
    for owner in _OWNERS:
        if key.startswith(owner) and (alias := _look_up(key.removeprefix(owner))):
            return alias
    for place in _PLACES:
        alias = _look_up(key.removeprefix(place)) if key.startswith(place) else None
        if alias is not None and alias.target in _AT_A_PLACE:
            return Alias(alias.target, place, _RANK_OF_PLACE.get(place, 2))
    return None
