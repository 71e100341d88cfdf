"""`outbox` and `send`: how far messages are, and letting those leave that may."""

import argparse
import time

from practice_desktop.commands.listing import moment, print_list, print_problem, printable
from practice_desktop.gateways.instance import FolderInstance
from practice_desktop.services.outbox import OutboxRow
from practice_desktop.services.send_round import SendRound, all_messages
from practice_desktop.vocabulary import MessageState, OutboxFilter
from practice_desktop.wiring import Program

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 60.0
"""How long nothing may happen in another process before it is left alone."""

_COLUMNS = ("id", "client", "subject", "state", "attempts", "next_attempt", "server_reply")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("outbox", help="list messages and how far they are")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run=list_messages)
    command = commands.add_parser("send", help="let every message leave that may")
    command.set_defaults(run=send)


def list_messages(program: Program, arguments: argparse.Namespace) -> int:
    print_list(
        [_record(row) for row in all_messages(program.desk.outbox, *OutboxFilter)],
        _COLUMNS,
        as_json=arguments.json,
        empty="There are no messages.",
    )
    return 0


def send(program: Program, arguments: argparse.Namespace) -> int:
    """One line a message that was to leave; 1 if one of them failed.

    Those that rest after a refusal are tried now, as *Send now* does; held ones stay.
    """
    desk = program.desk
    messages = SendRound(program.database, desk.outbox, desk.sender)
    if not messages:
        print("Nothing to send.")
        return 0
    _let_leave(program, messages)
    rows = messages.rows()
    for row in rows:
        print(printable(f"{row.state.word}: {row.client_name} <{row.recipient}> · {row.line}"))
    if (notice := desk.outbox.notice()) is not None:
        print_problem(notice.sentence)
    return 1 if any(row.state is MessageState.FAILED for row in rows) else 0


def _let_leave(program: Program, messages: SendRound) -> None:
    """Send here, or wait until the process that holds the sender has tried each message."""
    instance = FolderInstance(program.folder)
    answer: bool | None = None
    seen, patience_ends = -1, 0.0
    try:
        while not instance.acquire():
            # Without an answer it is another `send`: what that one leaves is sent here.
            answer = answer or instance.request("send")
            if answer is False:
                print_problem("The open window is offline. Messages wait until it is not.")
                return
            if answer and messages.tried():
                return
            version = program.database.data_version()
            if version != seen:
                seen, patience_ends = version, time.monotonic() + PATIENCE_SECONDS
            elif time.monotonic() > patience_ends:
                return
            time.sleep(LOOK_SECONDS)
        messages.send()
    finally:
        instance.release()


def _record(row: OutboxRow) -> dict[str, object]:
    return {
        "id": row.id,
        "client": row.client_name,
        "client_id": row.client_id,
        "recipient": row.recipient,
        "subject": row.subject,
        "kind": row.kind.value,
        "state": row.state.value,
        "attempts": row.attempts,
        "next_attempt": moment(row.next_attempt_at),
        "server_reply": row.server_reply,
        "message_id": row.message_id,
        "created_at": moment(row.created_at),
        "settled_at": moment(row.settled_at),
    }
