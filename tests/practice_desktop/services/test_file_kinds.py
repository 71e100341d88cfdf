"""Files judged by what is in them."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.errors import InvalidInput
from practice_desktop.services.file_kinds import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    FileKind,
    judge,
    kind_of,
)

PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG_BYTES = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxml'
    b'formats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(types: bytes = TYPES, **more: bytes) -> bytes:
    parts = {"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", **more}
    return zipped(**parts)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF_BYTES, PDF),
        (b"\xef\xbb\xbf\n" + PDF_BYTES, PDF),
        (PNG_BYTES, PNG),
        (JPEG_BYTES, JPEG),
        (word(), DOCX),
    ],
)
def test_the_four_kinds_are_known_by_content(content: bytes, kind: FileKind) -> None:
    assert judge(content) is kind
    assert kind_of(kind.media_type) is kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00", "Only PDF"),
        (b"<html><script>", "Only PDF"),
        (b"GIF89a", "Only PDF"),
        (b"\x89PNG\r\n\x1a\nnot a header", "Only PDF"),
        (b"\x00\x00\x00\x18ftypheic\x00", "HEIC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office file"),
        (zipped(**{"a.txt": b"hello"}), "ZIP"),
        (zipped(**{"[Content_Types].xml": TYPES}), "ZIP"),
        (zipped(**{"[Content_Types].xml": TYPES, "xl/workbook.xml": b""}), "ZIP"),
        (word(types=b"<Types/>"), "none of them"),
        (word(types=TYPES + b"document.macroEnabled.main+xml"), "macros"),
        (word(**{"word/vbaProject.bin": b"\x00"}), "macros"),
        (word(**{"word/VBAPROJECT.BIN": b"\x00"}), "macros"),
        (word(types=TYPES + b'"application/vnd.ms-office.vbaProject"'), "macros"),
        (word()[:-30], "damaged"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged"),
    ],
)
def test_what_is_refused_says_why_and_that_nothing_was_added(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        judge(content)
    assert refusal.value.field == "file"
    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith("Nothing was added.")


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    stream = io.BytesIO(word())
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/image1.png", "w", force_zip64=True) as part,
    ):
        for _ in range(501):
            part.write(bytes(1024 * 1024))
    assert len(stream.getvalue()) < 2 * 1024 * 1024
    with pytest.raises(InvalidInput, match="unpacks to far more"):
        judge(stream.getvalue())


def test_a_document_of_too_many_parts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="unpacks to far more"):
        judge(word(**{f"word/{number}.xml": b"" for number in range(5_000)}))


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", PNG_BYTES]))
def test_any_content_is_either_known_or_refused(content: bytes, start: bytes) -> None:
    with suppress(InvalidInput):
        assert judge(start + content) in (PDF, PNG, JPEG, DOCX)


@given(st.data())
def test_a_damaged_word_file_is_never_an_error_of_ours(data: st.DataObject) -> None:
    content = bytearray(word())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidInput):
        assert judge(bytes(content)) is DOCX


@pytest.mark.parametrize(
    ("record", "place", "value"),
    [(b"PK\x05\x06", 15, 0xFF), (b"PK\x05\x06", 19, 0x7F), (b"PK\x01\x02", 9, 0x08)],
    ids=["directory too large", "directory beyond the end", "names said to be UTF-8"],
)
def test_a_directory_that_leads_astray_is_damage(record: bytes, place: int, value: int) -> None:
    content = bytearray(word(**{"word/\xe9.xml": b""}))
    at = content.rindex(record)
    content[at + place] = value
    if place == 9:
        content[at + 46 :] = content[at + 46 :].replace("\xe9".encode(), b"\xff\xff")
    with pytest.raises(InvalidInput, match="damaged"):
        judge(bytes(content))
