"""Reading a file in, and the name it is kept under."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.errors import InvalidInput
from practice_desktop.services.client_files import MAX_FILE_BYTES, free_title, read_file
from practice_desktop.services.file_kinds import JPEG, PDF


def test_a_file_of_exactly_twenty_megabytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.pdf"
    path.write_bytes(bytes(MAX_FILE_BYTES))
    assert len(read_file(path)) == MAX_FILE_BYTES


def test_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bigger.pdf"
    path.write_bytes(bytes(MAX_FILE_BYTES + 1))
    with pytest.raises(InvalidInput, match="larger than 20 MB"):
        read_file(path)


def test_an_empty_file_a_folder_and_none_at_all_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    for path, words in (
        (tmp_path / "empty.pdf", "is empty"),
        (tmp_path, "folder"),
        (tmp_path / "missing.pdf", "cannot be read"),
    ):
        with pytest.raises(InvalidInput, match=words) as refusal:
            read_file(path)
        assert refusal.value.field == "file"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Practice policies.pdf", "Practice policies.pdf"),
        ("SCAN.PDF", "SCAN.PDF"),
        ("report.exe", "report.exe.pdf"),
        ("no suffix", "no suffix.pdf"),
        ("line\nbreak\u202e.pdf", "line break.pdf"),
        (".pdf", "File.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_file_keeps_its_name_and_ends_as_its_content_demands(name: str, title: str) -> None:
    assert free_title(name, PDF, []) == title


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_title("a.pdf", PDF, ["A.pdf", "a (2).pdf"]) == "a (3).pdf"
    assert free_title("photo.jpeg", JPEG, []) == "photo.jpeg"


@given(st.text(max_size=200), st.lists(st.text(max_size=8), max_size=5))
def test_a_title_is_short_printable_and_free(name: str, taken: list[str]) -> None:
    title = free_title(name, PDF, taken)
    assert title.isprintable() or not name.isprintable()
    assert len(title) < 140
    assert title.casefold() not in {other.casefold() for other in taken}
