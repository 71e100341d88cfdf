"""`mail-account` and `practice`: what Settings holds, shown and changed."""

import argparse
import getpass
import sys
from dataclasses import replace
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from practice_desktop.commands.listing import print_list
from practice_desktop.errors import InvalidInput
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.vocabulary import Security
from practice_desktop.wiring import Program

_ACCOUNT = ("host", "port", "security", "user", "from", "sender_name", "ca_file")
_PRACTICE = ("name", "phone", "portal_address", "link_days", "hold_new_messages")
_USUAL_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "mail-account",
        help="show or set the account that mail leaves through",
        description="Without options it shows the account. With options the password is asked "
        "for, or read from standard input; an empty one keeps the password there is.",
    )
    command.add_argument("--host", metavar="H")
    command.add_argument("--port", type=int, metavar="P")
    command.add_argument("--security", choices=[word.value for word in Security])
    command.add_argument("--user", metavar="U")
    command.add_argument("--from", dest="from_address", metavar="A")
    command.add_argument("--ca-file", metavar="F", help="trust this certificate authority too")
    command.add_argument("--sender-name", metavar="N")
    command.add_argument("--reply-to", metavar="A")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run=mail_account)
    command = commands.add_parser("practice", help="show or set what invitations say and link to")
    command.add_argument("--name", metavar="N")
    command.add_argument("--phone", metavar="P")
    command.add_argument("--portal-address", metavar="URL")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run=practice)


def mail_account(program: Program, arguments: argparse.Namespace) -> int:
    account = program.desk.mail_account
    given = _given(arguments)
    if given:
        account.save(_changed(account.load(), given), read_password() or None)
    stored = account.load()
    print_list(
        [] if stored is None else [_account_record(stored)],
        _ACCOUNT,
        as_json=arguments.json,
        empty="There is no mail account yet.",
    )
    return 0


def practice(program: Program, arguments: argparse.Namespace) -> int:
    service = program.desk.practice
    given = {name: getattr(arguments, name) for name in ("name", "phone", "portal_address")}
    if any(value is not None for value in given.values()):
        service.save(**given)
    stored = service.load()
    record = {
        "name": stored.name,
        "phone": stored.phone,
        "portal_address": stored.portal_address,
        "link_days": stored.link_days,
        "hold_new_messages": stored.hold_new_messages,
    }
    print_list([record], _PRACTICE, as_json=arguments.json, empty="")
    return 0


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    """The options that were given, as fields of the account."""
    fields = ("host", "port", "user", "from_address", "sender_name", "reply_to", "ca_file")
    given = {name: value for name in fields if (value := getattr(arguments, name)) is not None}
    if arguments.security is not None:
        given["security"] = Security(arguments.security)
    name, address = parseaddr(given.get("from_address", ""))
    if name and address:
        given = {"sender_name": name, **given, "from_address": address}
    if given.get("ca_file"):
        given["ca_file"] = str(Path(given["ca_file"]).absolute())
    return given


def _changed(stored: MailAccountRow | None, given: dict[str, Any]) -> MailAccountRow:
    """The account with what was given. Raises InvalidInput where a first one lacks something."""
    if stored is None:
        needed = {"host": "--host", "from_address": "--from"}
        missing = [option for field, option in needed.items() if not given.get(field)]
        if missing:
            raise InvalidInput(
                "host", f"A mail account also needs {', '.join(missing)}. Nothing was changed."
            )
        stored = MailAccountRow("other", "", 0, Security.TLS, "", "")
    if "port" not in given and ("security" in given or not stored.port):
        given = {**given, "port": _USUAL_PORTS[given.get("security", stored.security)]}
    if "host" in given and given["host"] != stored.host:
        given = {**given, "preset": "other"}
    return replace(stored, **given)


def read_password() -> str:
    """What is typed at a prompt, or the first line of what is piped in."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return getpass.getpass("Password (empty keeps the one there is): ")
    return sys.stdin.readline().rstrip("\r\n")


def _account_record(row: MailAccountRow) -> dict[str, object]:
    return {
        "host": row.host,
        "port": row.port,
        "security": row.security.value,
        "user": row.user,
        "from": row.from_address,
        "sender_name": row.sender_name,
        "reply_to": row.reply_to,
        "ca_file": row.ca_file,
        "preset": row.preset,
    }
