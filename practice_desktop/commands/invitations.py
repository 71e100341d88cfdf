"""`invite`, `resend`, `delete-invitation`, `disable`, `enable`: the portal life-cycle."""

import argparse
from collections.abc import Callable

from practice_desktop.commands.listing import print_problem, printable
from practice_desktop.commands.selection import choose_features, choose_forms, find_clients
from practice_desktop.errors import PasswordStoreProblem, Problem
from practice_desktop.gateways.instance import FolderInstance
from practice_desktop.services.portal_access import InvitationRequest, PortalAccess
from practice_desktop.wiring import Program

Verb = Callable[[PortalAccess, int], None]

_VERBS: dict[str, tuple[str, Verb]] = {
    "resend": ("send the invitation again, with the same link", PortalAccess.resend),
    "delete-invitation": ("delete the invitation; its link stops working", PortalAccess.delete),
    "disable": ("take portal access away; documents are kept", PortalAccess.disable),
    "enable": ("give portal access back", PortalAccess.enable),
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "invite",
        help="invite clients to the portal",
        description="Without --packet and --form no documents are requested; without --feature "
        "the practice's usual features are given.",
    )
    command.add_argument("clients", nargs="+", metavar="CLIENT", help="id or e-mail address")
    command.add_argument("--packet", metavar="NAME", help="request the forms of this packet")
    command.add_argument("--form", action="append", default=[], metavar="TITLE")
    command.add_argument("--feature", action="append", default=[], metavar="NAME")
    command.set_defaults(run=invite)
    for name, (purpose, verb) in _VERBS.items():
        command = commands.add_parser(name, help=purpose)
        command.add_argument("client", metavar="CLIENT", help="id or e-mail address")
        command.set_defaults(run=change_access, verb=verb)


def invite(program: Program, arguments: argparse.Namespace) -> int:
    """One line a client; 1 if anybody could not be invited."""
    desk = program.desk
    request = InvitationRequest(
        features=choose_features(desk, arguments.feature),
        form_ids=choose_forms(desk, arguments.packet, arguments.form),
    )
    left_out = 0
    for client_id in find_clients(desk, arguments.clients):
        try:
            desk.portal_access.invite(client_id, request)
        except PasswordStoreProblem:
            raise
        except Problem as problem:
            left_out += 1
            name = desk.clients.profile(client_id).name
            print_problem(f"{name} was not invited. {problem.sentence}")
        else:
            print_status(program, client_id)
    wake_sender(program)
    return 1 if left_out else 0


def change_access(program: Program, arguments: argparse.Namespace) -> int:
    [client_id] = find_clients(program.desk, [arguments.client])
    arguments.verb(program.desk.portal_access, client_id)
    print_status(program, client_id)
    wake_sender(program)
    return 0


def print_status(program: Program, client_id: int) -> None:
    """One line about a client, read back from the database."""
    profile = program.desk.clients.profile(client_id)
    address = f" <{profile.draft.email}>" if profile.draft.email else ""
    print(printable(f"{profile.name}{address}: {profile.status.word}. {profile.status_why}"))


def wake_sender(program: Program) -> None:
    """Let an open window send at once what was just queued, if there is one."""
    FolderInstance(program.folder).request("send")
