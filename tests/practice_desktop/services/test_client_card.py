import pytest

from practice_desktop.services.client_card import is_cards, read_cards
from practice_desktop.services.client_table import UnreadableFile


def read(text: str) -> list[dict[str, str]]:
    headers, *rows = [cells for _number, cells in read_cards(text.replace("\n", "\r\n"))]
    return [
        {header: cell for header, cell in zip(headers, row, strict=True) if cell} for row in rows
    ]


def test_version_2_1_with_quoted_printable_and_soft_breaks() -> None:
    assert read(
        "BEGIN:VCARD\nVERSION:2.1\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\n"
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\nM=C3=BCller\n"
        "TEL;CELL:555 0100\nTEL;HOME:555 0101\n"
        "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\n AAAA\n\n"
        "END:VCARD\n"
    ) == [
        {
            "Last name": "Müller",
            "First name": "Jörg",
            "Name": "Jörg Müller",
            "Phone": "555 0100",
            "Phone 2": "555 0101",
        }
    ]


def test_version_3_0_with_folded_lines_groups_and_escapes() -> None:
    assert read(
        "BEGIN:VCARD\nVERSION:3.0\nN:Lee;Ann;Marie;Dr.;\nFN:Dr. Ann\n  Lee\n"
        "item1.EMAIL;type=INTERNET;type=WORK:work@example.org\n"
        "EMAIL;type=INTERNET;type=pref:ann@example.org\n"
        "ADR;type=HOME:;Apt 4;1 Main St;Salem;MA;01970;USA\n"
        "BDAY:1962-03-05\nNOTE:one\\, two\\nthree\nX-CUSTOM:kept\nEND:VCARD\n"
    ) == [
        {
            "Email": "ann@example.org",
            "Last name": "Lee",
            "First name": "Ann",
            "Middle name": "Marie",
            "Name prefix": "Dr.",
            "Name": "Dr. Ann Lee",
            "Home extended address": "Apt 4",
            "Home street": "1 Main St",
            "Home city": "Salem",
            "Home state": "MA",
            "Home postal code": "01970",
            "Home country": "USA",
            "Birth date": "1962-03-05",
            "Notes": "one, two\nthree",
            "Custom": "kept",
            "Email 2": "work@example.org",
        }
    ]


def test_version_4_0_with_uris_and_a_birthday_without_year() -> None:
    assert read(
        'BEGIN:VCARD\nVERSION:4.0\nFN:Ann Lee\nN:Lee;Ann;;;\nTEL;VALUE=uri;TYPE="voice,cell":'
        "tel:+1-555-0100\nEMAIL;PREF=1:ann@example.org\nBDAY:--0305\nUID:urn:uuid:42\n"
        "PHOTO:data:image/jpeg;base64,AAAA\nEND:VCARD\n"
    ) == [
        {
            "Email": "ann@example.org",
            "Phone": "+1-555-0100",
            "Name": "Ann Lee",
            "Last name": "Lee",
            "First name": "Ann",
            "Birth date without year": "--0305",
            "Client ID": "urn:uuid:42",
        }
    ]


def test_a_broken_card_costs_no_other_card() -> None:
    assert read(
        "BEGIN:VCARD\nFN:Cut off\nBEGIN:VCARD\nno colon here\nFN:Ann Lee\nEND:VCARD\n"
        "END:VCARD\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n"
    ) == [{"Name": "Ann Lee"}, {"Name": "Bo"}]


def test_a_file_without_a_whole_card_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no whole card"):
        list(read_cards("BEGIN:VCARD\nFN:Ann\n"))


def test_cards_are_known_by_how_they_begin() -> None:
    assert is_cards("\r\nbegin:vcard\r\nFN:x")
    assert not is_cards("Name,Note\nAnn,BEGIN:VCARD of hers\n")
