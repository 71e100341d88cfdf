"""`clients`: who is on file, and where each stands with the portal."""

import argparse

from practice_desktop.commands.listing import moment, print_list
from practice_desktop.services.client_directory import ClientDirectory, DirectoryEntry
from practice_desktop.services.clock import now
from practice_desktop.wiring import Program

_COLUMNS = ("id", "first_name", "last_name", "email", "portal_status", "phone", "archived")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("clients", help="list clients")
    command.add_argument("--search", default="", metavar="TEXT", help="name, e-mail or phone")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run=list_clients)


def list_clients(program: Program, arguments: argparse.Namespace) -> int:
    entries = ClientDirectory(program.database, now).entries(arguments.search)
    print_list(
        [_record(entry) for entry in entries],
        _COLUMNS,
        as_json=arguments.json,
        empty="No client was found." if arguments.search.strip() else "There are no clients yet.",
    )
    return 0


def _record(entry: DirectoryEntry) -> dict[str, object]:
    born = entry.date_of_birth
    return {
        "id": entry.id,
        "first_name": entry.first_name,
        "last_name": entry.last_name,
        "email": entry.email,
        "portal_status": entry.status.word,
        "preferred_name": entry.preferred_name,
        "pronouns": entry.pronouns,
        "date_of_birth": born.isoformat() if born else None,
        "client_type": entry.client_type.value,
        "phone": entry.phone,
        "address": entry.address,
        "time_zone": entry.time_zone,
        "may_email": entry.may_email,
        "discreet_email": entry.discreet_email,
        "external_id": entry.external_id,
        "needs_setup": entry.needs_setup,
        "archived": entry.archived,
        "created_at": moment(entry.created_at),
    }
