import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from practice_desktop.services import workbook
from practice_desktop.services.client_table import UnreadableFile
from practice_desktop.services.workbook import cell_text, read_workbook


def book_of(*rows: Sequence[object]) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet")
    for row in rows:
        sheet.append(row)
    return book


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "clients.xlsx"
    book.save(path)
    return path


def test_cells_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    book = book_of(
        ["Client list"],
        [],
        ["Name", "DOB", "ZIP", "Phone", "OK to email", "Note"],
        ["Ann\u00a0Lee", date(1990, 1, 31), 29201, 8035551234.0, True, None],
    )
    rows, notes = read_workbook(saved(book, tmp_path))
    assert [row for row in rows if any(row[1])][1:] == [
        (3, ["Name", "DOB", "ZIP", "Phone", "OK to email", "Note"]),
        (4, ["Ann Lee", "1990-01-31", "29201", "8035551234", "Yes", ""]),
    ]
    assert notes == []


def test_the_sheet_with_headers_that_are_known_is_read_and_named(tmp_path: Path) -> None:
    book = book_of(["Read me first"])
    clients = book.create_sheet("Active clients")
    clients.append(["First name", "Last name"])
    clients.append(["Ann", "Lee"])
    hidden = book.create_sheet("Old")
    hidden.append(["First name", "Last name", "Email"])
    hidden.sheet_state = "hidden"
    rows, notes = read_workbook(saved(book, tmp_path))
    assert [cells for _line, cells in rows] == [["First name", "Last name"], ["Ann", "Lee"]]
    assert notes == ["Of 2 sheets, “Active clients” was read."]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5"),
        (12.0, "12"),
        (datetime(1990, 1, 31), "1990-01-31"),
        (datetime(1990, 1, 31, 8, 30), "1990-01-31 08:30:00"),
        (time(8, 30), "08:30:00"),
        (False, "No"),
        (None, ""),
        (1.23e15, "1230000000000000.0"),
    ],
)
def test_every_kind_of_cell_has_its_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_a_workbook_that_unpacks_too_large_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(book_of(["Name"] * 50), tmp_path)
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 1000)
    with pytest.raises(UnreadableFile, match="larger than 500 MB"):
        read_workbook(path)


def test_a_damaged_workbook_is_told_as_one(tmp_path: Path) -> None:
    path = saved(book_of(*[["Name"] * 50] * 50), tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match="damaged"):
        read_workbook(path)


def test_a_sheet_that_is_no_xml_is_told_as_damage(tmp_path: Path) -> None:
    path = saved(book_of(), tmp_path)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = b"<worksheet" if "sheet1" in name else source.read(name)
            target.writestr(name, content)
    with pytest.raises(UnreadableFile, match="damaged"):
        list(read_workbook(broken)[0])


def test_another_zip_file_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="neither CSV, XLSX nor vCard"):
        read_workbook(path)
