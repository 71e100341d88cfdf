"""The command line's words and options."""

import argparse
from importlib import metadata
from pathlib import Path

from practice_desktop.commands import (
    clients,
    doctor,
    documents,
    import_file,
    invitations,
    outbox,
    settings,
)

COMMANDS = (import_file, clients, invitations, documents, outbox, settings, doctor)


def make_parser() -> argparse.ArgumentParser:
    """`run` of the result takes the open program, `run_in` only the data folder."""
    parser = argparse.ArgumentParser(
        prog="practice-desktop",
        description="Without a command it opens the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument("--data-dir", type=_folder, metavar="DIR", help="where the data is kept")
    parser.add_argument("--offline", action="store_true", help="open the window, send nothing")
    parser.add_argument("--demo", action="store_true", help="a made-up practice, thrown away after")
    parser.add_argument("--headless", action="store_true", help="with --demo: without windows")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for module in COMMANDS:
        module.add_to(commands)
    for command in commands.choices.values():
        command.allow_abbrev = False
        # Suppressed, or its default would undo what stands before the command.
        command.add_argument(
            "--data-dir",
            type=_folder,
            metavar="DIR",
            default=argparse.SUPPRESS,
            help=argparse.SUPPRESS,
        )
    return parser


def _folder(name: str) -> Path:
    """An empty name, as of a variable that is not set, would be the current folder."""
    if not name.strip():
        raise argparse.ArgumentTypeError("name a folder")
    return Path(name)


def _version() -> str:
    try:
        return metadata.version("practice-desktop")
    except metadata.PackageNotFoundError:
        return "unknown"
