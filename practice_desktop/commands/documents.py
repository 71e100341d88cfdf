"""`documents`: what is requested of a client or shared, and changing that."""

import argparse
import sys

from practice_desktop.commands.invitations import wake_sender
from practice_desktop.commands.listing import moment, print_list
from practice_desktop.commands.selection import choose, find_clients, split_titles
from practice_desktop.errors import InvalidInput
from practice_desktop.services.documentation import DocumentRow
from practice_desktop.wiring import Program

_COLUMNS = ("title", "kind", "status", "email_failed", "note")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("documents", help="list or set a client's documents")
    command.add_argument("client", metavar="CLIENT", help="id or e-mail address")
    command.add_argument(
        "--set",
        dest="titles",
        metavar="TITLE,TITLE…",
        help="request or share exactly these; an empty text removes all",
    )
    command.add_argument("--notify", action="store_true", help="with --set: e-mail the client")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run=documents)


def documents(program: Program, arguments: argparse.Namespace) -> int:
    documentation = program.desk.documentation
    [client_id] = find_clients(program.desk, [arguments.client])
    if arguments.titles is not None:
        if _set(program, client_id, arguments.titles, notify=arguments.notify):
            print("A notification is in the outbox.", file=sys.stderr)
    elif arguments.notify:
        raise InvalidInput(
            "notify", "Say with --set what is to be requested. Nothing was changed or sent."
        )
    print_list(
        [_record(row) for row in documentation.documents(client_id)],
        _COLUMNS,
        as_json=arguments.json,
        empty="Nothing is requested of or shared with this client.",
    )
    return 0


def _set(program: Program, client_id: int, titles: str, *, notify: bool) -> bool:
    """Whether a notification was queued."""
    documentation = program.desk.documentation
    items = documentation.checklist(client_id)
    known = {item.title: item.key for item in items}
    ticked = {choose("form", title, known) for title in split_titles(titles, known)}
    baseline = {item.key for item in items if item.ticked}
    queued = documentation.save(client_id, ticked, baseline=baseline, notify=notify)
    wake_sender(program)
    return queued


def _record(row: DocumentRow) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "status": row.status.word,
        "email_failed": row.email_failed,
        "note": row.note,
        "changed_at": moment(row.changed_at),
    }
