from pathlib import Path

import pytest

from practice_desktop.services.column_aliases import is_sensitive, recognise, recognised
from practice_desktop.services.column_target import Target

T = Target


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        ("First|firstname|client_first_name|Given Name|FIRST|*First Name", T.FIRST_NAME),
        ("last_name|Surname|Family Name|LASTNAME|Client Last Name", T.LAST_NAME),
        ("Client|Name|Full Name|Client Name|Patient|Name (Last, First)", T.FULL_NAME),
        ("preferredname|Preferred Name|preferred_first_name|Nickname", T.PREFERRED_NAME),
        ("pronoun|Pronouns|pronoun(s)", T.PRONOUNS),
        ("DOB|Date of Birth|BIRTHDATE|Birthday|Birth Date (MM/DD/YYYY)", T.DATE_OF_BIRTH),
        ("email|e_mail|E-mail|E-mail 1 - Value|E-mail 2 Address|patient_email", T.EMAIL),
        ("Phone|Mobile Phone|cell|patient_phone_number|Phone 1 - Value", T.PHONE),
        ("Street|Address|address1|USER_ADDRESS_ADDRESS2|Home Street 2", T.STREET),
        ("Address 1 - Street|Street address", T.STREET),
        ("City|USER_ADDRESS_CITY|Home City|Address 1 - City|patient_city", T.CITY),
        ("State|Business State|Address 1 - Region|Province", T.STATE),
        ("ZIP|Zip Code|Postal|USER_ADDRESS_ZIP|Home Postal Code|patient_zip_code", T.ZIP),
        ("Country|Home Country/Region|Business Country", T.COUNTRY),
        ("Address 1 - Formatted|Full address", T.ADDRESS),
        ("Client ID|CLIENT_ID|Id|client_identifier|MRN|Chart #", T.EXTERNAL_ID),
        ("timezone|Time Zone", T.TIME_ZONE),
        ("Client type", T.CLIENT_TYPE),
        ("OK to email|Email consent", T.MAY_EMAIL),
    ],
)  # fmt: skip
def test_what_others_call_a_field_is_known(headers: str, target: Target) -> None:
    for header in headers.split("|"):
        alias = recognise(header)
        assert alias is not None, header
        assert alias.target is target, header


UNKNOWN = (
    "Company|Insurance|Member ID|Primary Clinician|E-mail 1 - Label|Phone 1 - Type|username|Notes|"
    "MIDDLE|PREFIX|SUFFIX|MAIDEN|E-mail Display Name|Assistant's Phone|COUNTY|Other Name|"
    "Emergency Contact Phone|SECONDARY_INSURANCE_COMPANYNAME|Organization Name|"
)
SENSITIVE = (
    "SSN|Social Security Number|DRIVERS|PASSPORT|Government ID Number|initial_password|Tax ID|"
    "Client SSN|Driver's License|Credit Card"
)


@pytest.mark.parametrize("header", UNKNOWN.split("|"))
def test_what_fits_nothing_is_not_guessed(header: str) -> None:
    assert recognise(header) is None


@pytest.mark.parametrize("header", SENSITIVE.split("|"))
def test_numbers_that_nobody_should_carry_over_are_noticed(header: str) -> None:
    assert is_sensitive(header)


@pytest.mark.parametrize("header", ["Name", "Business Class", "Assignment", "Single", "Phone"])
def test_other_headers_are_not(header: str) -> None:
    assert not is_sensitive(header)


def test_a_mobile_number_comes_before_others_and_work_last() -> None:
    ranks = [recognise(header) for header in ("Mobile Phone", "Home Phone", "Business Phone")]
    assert [alias.rank for alias in ranks if alias] == [0, 2, 5]


def test_the_header_lines_of_real_exports_are_recognised(shared_data: Path) -> None:
    text = (shared_data / "client-import.md").read_text(encoding="utf-8")
    found = [line.partition("`")[2].partition("`")[0] for line in text.splitlines() if "`" in line]
    headers = [line.split(",") for line in found if line.count(",") > 20]
    assert len(headers) >= 3
    for cells in headers:
        assert recognised([cell.strip() for cell in cells]) >= 6
