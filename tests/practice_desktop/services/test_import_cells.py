import pytest

from practice_desktop.services.import_cells import (
    mend_zip,
    one_line,
    plain_cell,
    split_addresses,
    split_phones,
)


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ('="00123"', "00123"),
        ("'+1 555 0100", "+1 555 0100"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'Abd", "'Abd"),
        ("1.23E+15", "1.23E+15"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_protects_a_cell_in_a_spreadsheet_comes_off(cell: str, plain: str) -> None:
    assert plain_cell(cell) == plain


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@x.org", ["a@x.org"]),
        ("a@x.org; b@x.org", ["a@x.org", "b@x.org"]),
        ("a@x.org ::: b@x.org", ["a@x.org", "b@x.org"]),
        ("a@x.org/b@x.org\nc@x.org", ["a@x.org", "b@x.org", "c@x.org"]),
        ("Ann Lee <a@x.org>", ["a@x.org"]),
        ("mailto:a@x.org", ["a@x.org"]),
        ("declined", ["declined"]),
        ("a @x.org", ["a @x.org"]),
    ],
)
def test_several_addresses_in_a_cell_are_found(cell: str, addresses: list[str]) -> None:
    assert split_addresses(cell) == addresses


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("803-555-1234 / 803-555-9999", ["803-555-1234", "803-555-9999"]),
        ("803/555-1234", ["803/555-1234"]),
        ("(803) 555-1234 x12", ["(803) 555-1234 x12"]),
        ("803-555-1234, ext. 5", ["803-555-1234, ext. 5"]),
        ("8035551234 ::: 8035559999", ["8035551234", "8035559999"]),
        ("803-555-1234 or 803-555-9999", ["803-555-1234", "803-555-9999"]),
        ("1-800-FLOWERS", ["1-800-FLOWERS"]),
    ],
)
def test_several_numbers_are_told_from_one_written_oddly(cell: str, numbers: list[str]) -> None:
    assert split_phones(cell) == numbers


@pytest.mark.parametrize(
    ("code", "state", "mended"),
    [
        ("29201-", "SC", "29201"),
        ("1970", "MA", "01970"),
        ("1970", "", "1970"),
        ("501", "NJ", "00501"),
        ("292011234", "SC", "29201-1234"),
        ("0", "SC", ""),
        ("SW1A 1AA", "", "SW1A 1AA"),
    ],
)
def test_a_zip_code_gets_back_what_spreadsheets_took(code: str, state: str, mended: str) -> None:
    assert mend_zip(code, state) == mended


def test_lines_of_an_address_become_one() -> None:
    assert one_line("1 Main St,\nApt 4\r\n\nSalem") == "1 Main St, Apt 4, Salem"
