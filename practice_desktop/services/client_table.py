"""A file of clients as a table of text, whatever it was written by."""

from dataclasses import dataclass

from practice_desktop.errors import Problem


class UnreadableFile(Problem):
    """The file cannot be read as clients; nothing was changed."""


@dataclass(frozen=True, slots=True)
class ClientTable:
    """Headers, and rows of as many cells, cleaned of blanks that nobody sees.

    `lines` numbers each row as a spreadsheet or an editor shows it, the cards of a vCard file from
    1. `notes` are sentences about the reading that a person should know.
    """

    file_name: str
    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int]
    notes: tuple[str, ...] = ()
