"""`outbox` and `send`: how far messages are, and letting those leave that may."""

import argparse
import time
from collections.abc import Iterable

from practice_desktop.commands.listing import moment, print_list, print_problem, printable
from practice_desktop.gateways.instance import FolderInstance
from practice_desktop.services.outbox import PAGE, Outbox, OutboxRow
from practice_desktop.vocabulary import MessageState, OutboxFilter
from practice_desktop.wiring import Program

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 60.0
"""How long nothing may happen in another process before it is left alone."""

_COLUMNS = ("id", "client", "subject", "state", "attempts", "next_attempt", "server_reply")
_ON_ITS_WAY = frozenset({MessageState.SENDING, MessageState.HANDING_OVER})


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("outbox", help="list messages and how far they are")
    command.add_argument("--json", action="store_true", help="print a list of objects")
    command.set_defaults(run=list_messages)
    command = commands.add_parser("send", help="let every message leave that may")
    command.set_defaults(run=send)


def list_messages(program: Program, arguments: argparse.Namespace) -> int:
    rows = sorted(_messages(program.desk.outbox, OutboxFilter), key=lambda row: row.id)
    print_list(
        [_record(row) for row in rows],
        _COLUMNS,
        as_json=arguments.json,
        empty="There are no messages.",
    )
    return 0


def send(program: Program, arguments: argparse.Namespace) -> int:
    """One line a message that was tried; 1 if one of them failed.

    Messages that wait for a later time are tried now, as *Send now* does; held ones stay.
    """
    outbox = program.desk.outbox
    due = [
        row.id
        for row in _messages(outbox, [OutboxFilter.TO_SEND])
        if row.state is MessageState.WAITING or row.state in _ON_ITS_WAY
    ]
    if not due:
        print("Nothing to send.")
        return 0
    for message_id in due:
        row = outbox.row(message_id)
        if row.state is MessageState.WAITING and row.next_attempt_at is not None:
            outbox.send_now(message_id)
    _let_leave(program, due)
    failed = 0
    for message_id in due:
        row = outbox.row(message_id)
        failed += row.state is MessageState.FAILED
        print(printable(f"{row.state.word}: {row.client_name} <{row.recipient}> · {row.line}"))
    notice = outbox.notice()
    if notice is not None:
        print_problem(notice.sentence)
    return 1 if failed else 0


def _let_leave(program: Program, due: list[int]) -> None:
    """Send here, or wait until the process that holds the sender has tried each message."""
    instance = FolderInstance(program.folder)
    try:
        watch = _Watch(program, due)
        answer = None
        while not instance.acquire():
            # Without an answer it is another `send`: what that one leaves is sent here.
            answer = answer or instance.request("send")
            if answer is False:
                print_problem("The open window is offline. Messages wait there until it is not.")
                return
            if (answer and watch.settled()) or not watch.hopeful():
                return
            time.sleep(LOOK_SECONDS)
        program.desk.sender.send_due()
    finally:
        instance.release()


class _Watch:
    """Whether another process has tried every message, seen in the database."""

    def __init__(self, program: Program, due: list[int]) -> None:
        self._program = program
        self._before = {message_id: self._facts(message_id) for message_id in due}
        self._version = program.database.data_version()
        self._patience_ends = time.monotonic() + PATIENCE_SECONDS

    def settled(self) -> bool:
        for message_id, (_, attempts) in self._before.items():
            state, tried = self._facts(message_id)
            if state in _ON_ITS_WAY or (state is MessageState.WAITING and tried == attempts):
                return False
        return True

    def hopeful(self) -> bool:
        """False once nothing has happened for long, or the account is in trouble."""
        version = self._program.database.data_version()
        if version != self._version:
            self._version = version
            self._patience_ends = time.monotonic() + PATIENCE_SECONDS
        stopped = self._program.desk.outbox.notice() is not None
        return not stopped and time.monotonic() < self._patience_ends

    def _facts(self, message_id: int) -> tuple[MessageState, int]:
        row = self._program.desk.outbox.row(message_id)
        return row.state, row.attempts


def _messages(outbox: Outbox, filters: Iterable[OutboxFilter]) -> list[OutboxRow]:
    """Every message behind these chips, once."""
    found: dict[int, OutboxRow] = {}
    for shown in filters:
        offset = 0
        while rows := outbox.page(shown=shown, offset=offset, limit=PAGE):
            found.update((row.id, row) for row in rows)
            offset += len(rows)
    return list(found.values())


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
