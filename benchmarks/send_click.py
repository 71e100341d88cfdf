"""From *Send Invitation* to the mail server's acceptance.

Beside it smtplib alone: a fresh connection, STARTTLS, login, the same message. Both speak to the
same server on loopback, in turns; the password store is memory, and there is no portal.
"""

import smtplib
import ssl
import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.mail_sink import PASSWORD, USER, MailSink
from benchmarks.result import Result
from practice_desktop.demo.secret_store import MemorySecretStore
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.wiring import Program, open_program

NAME = "send-click"
BAR = "at most 3"

_ROUNDS = 25
_WARM_UP = 3
_REQUEST = InvitationRequest(features=())
_PATIENCE = 30.0


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as name, MailSink(Path(name) / "certificates") as sink:
        data = Path(name) / "data"
        data.mkdir()
        program = open_program(data, secrets=MemorySecretStore())
        try:
            clients = set_up(program, sink, _ROUNDS + _WARM_UP)
            program.desk.sender.start()
            ours, theirs = [], []
            for number, client in enumerate(clients):
                mine = _click(program, sink, client)
                alone = _alone(sink)
                if number >= _WARM_UP:
                    ours.append(mine)
                    theirs.append(alone)
        finally:
            program.close()
    return [
        Result.compare(
            NAME,
            ours=statistics.median(ours) * 1000,
            theirs=statistics.median(theirs) * 1000,
            unit="ms",
            bar=3,
        )
    ]


def set_up(program: Program, sink: MailSink, clients: int) -> list[int]:
    """A practice that is ready to invite through `sink`; the ids of its clients."""
    server = sink.server
    desk = program.desk
    desk.practice.save(name="Harbor Counseling", portal_address="https://portal.harbor.example")
    account = MailAccountRow(
        preset="other",
        host=server.host,
        port=server.port,
        security=server.security,
        user=server.user,
        from_address=USER,
        ca_file=server.ca_file,
    )
    desk.mail_account.save(account, PASSWORD)
    return [
        desk.clients.add(ClientDraft("Jonas", f"Ekström {n}", email=f"jonas{n}@example.se"))
        for n in range(clients)
    ]


def _click(program: Program, sink: MailSink, client_id: int) -> float:
    """Seconds from the call that the button makes to the message in the server's hands."""
    noted = threading.Event()
    program.database.on_commit = noted.set
    began = time.time()
    program.desk.portal_access.invite(client_id, _REQUEST)
    took = sink.wait() - began
    # The next round begins with an idle sender.
    while program.desk.outbox.summary().to_send:
        noted.wait(_PATIENCE)
        noted.clear()
    program.database.on_commit = None
    return took


def _alone(sink: MailSink) -> float:
    server = sink.server
    context = ssl.create_default_context(cafile=server.ca_file)
    began = time.time()
    with smtplib.SMTP(server.host, server.port, local_hostname="localhost") as connection:
        connection.starttls(context=context)
        connection.login(USER, PASSWORD)
        connection.sendmail(USER, ["jonas@example.se"], _MESSAGE)
        return sink.wait() - began


_MESSAGE = b"Subject: You have an invitation\r\n\r\n" + b"Hello Jonas, this is a line.\r\n" * 120
