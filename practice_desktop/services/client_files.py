"""Files that are kept with a client's record: reading one in, and naming it."""

import stat
import unicodedata
from collections.abc import Collection
from pathlib import Path

from practice_desktop.errors import InvalidInput
from practice_desktop.services.file_kinds import FIELD, FileKind

MAX_FILE_BYTES = 20 * 1024 * 1024
_LONGEST_STEM = 120


def read_file(path: Path) -> bytes:
    """The content of a file of at most MAX_FILE_BYTES.

    Raises InvalidInput('file') where it is empty, larger, unreadable, or not a file at all.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _refused("This is a folder, not a file.")
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _refused(
            "This file cannot be read. Check that it is there and not open elsewhere, "
            "then add it again."
        ) from error
    if not content:
        raise _refused("This file is empty.")
    if len(content) > MAX_FILE_BYTES:
        raise _refused("This file is larger than 20 MB. Make it smaller, then add it again.")
    return content


def free_title(name: str, kind: FileKind, taken: Collection[str]) -> str:
    """The file's own name, ending as its content demands, unlike any in `taken`."""
    plain = "".join(
        character if unicodedata.category(character)[0] != "C" else " " for character in name
    )
    stem, suffix = plain, kind.suffixes[0]
    for known in kind.suffixes:
        if plain.casefold().endswith(known):
            stem, suffix = plain[: -len(known)], plain[-len(known) :]
            break
    stem = " ".join(stem.split())[:_LONGEST_STEM].strip() or "File"
    folded = {title.casefold() for title in taken}
    title, number = f"{stem}{suffix}", 1
    while title.casefold() in folded:
        number += 1
        title = f"{stem} ({number}){suffix}"
    return title


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput(FIELD, f"{sentence} Nothing was added.")
