"""Which kind of file this is, by its content; a name proves nothing."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from practice_desktop.errors import InvalidInput

FIELD = "file"
TAKEN = "PDF, Word (DOCX), JPEG and PNG"
_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 500 * 1024 * 1024
_MOST_CONTENT_TYPES = 1024 * 1024
_WORD_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = (b"macroenabled", b"vbaproject")


@dataclass(frozen=True, slots=True)
class FileKind:
    """`word` is what people call it, `suffixes` what its name may end with, usual one first."""

    word: str
    media_type: str
    suffixes: tuple[str, ...]


PDF = FileKind("PDF", "application/pdf", (".pdf",))
DOCX = FileKind(
    "DOCX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
)
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = FileKind("PNG", "image/png", (".png",))

_BY_MEDIA_TYPE = {kind.media_type: kind for kind in (PDF, DOCX, JPEG, PNG)}


def kind_of(media_type: str) -> FileKind | None:
    """The kind that was found when a file was added."""
    return _BY_MEDIA_TYPE.get(media_type)


def judge(content: bytes) -> FileKind:
    """The kind of a file. Raises InvalidInput('file') with what to do instead.

    Signatures: ISO 32000-1 7.5.2, ITU-T T.81 B.1.1.3, W3C PNG 5.2; for DOCX the two parts that
    ECMA-376 part 2 makes obligatory. Nothing but the list of content types is unpacked.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content[:1024].lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _word_document(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(
            "This is an older Office file, or one with a password. "
            "Save it as DOCX or PDF without a password, and add that."
        )
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        raise _refused(
            "This photo is in a format (HEIC) that many computers cannot show. "
            "Save it as JPEG, and add that."
        )
    raise _refused(f"Only {TAKEN} files can be added, and this is none of them, whatever its name.")


def _word_document(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES or sum(e.file_size for e in entries) > _MOST_UNPACKED:
                raise _refused("This file unpacks to far more than a document needs.")
            names = {entry.filename for entry in entries}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise _refused(f"Only {TAKEN} files can be added; this is a ZIP or another kind.")
            with archive.open("[Content_Types].xml") as part:
                types = part.read(_MOST_CONTENT_TYPES)
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
        ValueError,  # a directory that points before the file, names that are not what they say
    ):
        raise _refused("This Word file is damaged. Open and save it again, and add that.") from None
    if any(mark in types.lower() for mark in _MACROS) or any(
        name.casefold().endswith("vbaproject.bin") for name in names
    ):
        raise _refused("This Word file holds macros. Save it as plain DOCX or PDF, and add that.")
    if _WORD_DOCUMENT not in types:
        raise _refused(f"Only {TAKEN} files can be added, and this is none of them.")
    return DOCX


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput(FIELD, f"{sentence} Nothing was added.")
