"""A file of clients, judged by its content and read by whoever knows its kind."""

import stat
from pathlib import Path

from practice_desktop.services.client_card import is_cards, read_cards
from practice_desktop.services.client_table import ClientTable, UnreadableFile, build_table
from practice_desktop.services.delimited_text import read_delimited
from practice_desktop.services.import_watch import UNWATCHED, Phase, Watch
from practice_desktop.services.text_encoding import MENDED, decode, mend, without_invisible
from practice_desktop.services.workbook import encrypted, read_workbook

SIZE_LIMIT = 50 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_NOT_LISTS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8", b"SQLite format 3")


def read_client_file(path: Path, watch: Watch = UNWATCHED) -> ClientTable:
    """The clients in CSV, XLSX or vCard. Raises UnreadableFile, ImportCancelled."""
    watch.step(Phase.READING)
    data = _read(path)
    if data.startswith(b"PK\x03\x04"):
        rows, notes = read_workbook(path)
        return build_table(path.name, rows, notes, watch)
    _refuse_other_kinds(data)
    text, mended = mend(decode(data))
    del data
    watch.step(Phase.READING)
    notes = [MENDED] if mended else []
    if text.count("\x00") > len(text) // 100:
        raise _neither()
    text = without_invisible(text)
    found = read_cards(text) if is_cards(text) else read_delimited(text)
    return build_table(path.name, found, notes, watch)


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("This is a folder or a device, not a file. Nothing was imported.")
        if found.st_size > SIZE_LIMIT:
            raise UnreadableFile(
                "This file is larger than 50 MB. Nothing was imported. "
                "Split it into several files and import them one after the other."
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("There is no such file. Nothing was imported.") from error
    except OSError as error:
        raise UnreadableFile(
            "The file cannot be opened. Nothing was imported. "
            "Close it in other programs, check that you may read it, and try again.",
            details=error.strerror or "",
        ) from error
    if not data.strip():
        raise UnreadableFile("The file is empty. Nothing was imported.")
    return data


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise encrypted()
        raise UnreadableFile(
            "This is a workbook of an old version of Excel (.xls). Nothing was imported. "
            "Open it in Excel, save it as XLSX, and import that."
        )
    start = data[:512].lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise UnreadableFile(
            "This is a web page or XML file, although it may be named .xls. Nothing was imported. "
            "Open it in Excel, save it as XLSX, and import that."
        )
    if data.startswith(_NOT_LISTS):
        raise _neither()


def _neither() -> UnreadableFile:
    return UnreadableFile(
        "This file is neither CSV, XLSX nor vCard. Nothing was imported. "
        "Open it in the program it comes from and save it as CSV or XLSX."
    )
