from pathlib import Path

import pytest

from practice_desktop.services import import_file
from practice_desktop.services.client_table import UnreadableFile
from practice_desktop.services.import_file import read_client_file
from practice_desktop.services.import_watch import ImportCancelled, Watch
from practice_desktop.services.text_encoding import MENDED

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "clients.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" \r\n", "The file is empty"),
        (OLE, "an old version of Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"<html><table><tr><td>Name", "a web page or XML file"),
        (b"%PDF-1.7\n...", "neither CSV, XLSX nor vCard"),
        (b"\x89PNG\r\n\x1a\n", "neither CSV, XLSX nor vCard"),
        (bytes(range(1, 256)) + bytes(100), "neither CSV, XLSX nor vCard"),
        (b"PK\x03\x04 but no more", "damaged"),
    ],
)
def test_what_is_no_list_of_clients_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(UnreadableFile, match=sentence) as refused:
        read_client_file(written(tmp_path, content))
    assert "Nothing was imported." in refused.value.sentence


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        read_client_file(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="a folder or a device"):
        read_client_file(tmp_path)


def test_a_file_that_is_too_large_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, b"Name\n" + b"Ann\n" * 100)
    monkeypatch.setattr(import_file, "SIZE_LIMIT", 100)
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        read_client_file(path)


def test_mended_letters_are_told(tmp_path: Path) -> None:
    table = read_client_file(written(tmp_path, "Name\nJosÃ© GarcÃ­a\n".encode()))
    assert table.rows == [("José García",)]
    assert table.notes == (MENDED,)


def test_content_decides_and_not_the_ending(tmp_path: Path) -> None:
    table = read_client_file(written(tmp_path, b"BEGIN:VCARD\nFN:Ann Lee\nEND:VCARD\n"))
    assert (table.file_name, table.headers, table.lines) == ("clients.csv", ("Name",), [1])


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(ImportCancelled):
        read_client_file(written(tmp_path, b"Name\nAnn\n"), Watch(cancelled=lambda: True))
