"""From *Send Invitation* to the mail server's acceptance.

Beside it smtplib alone: a fresh connection, STARTTLS, login, the same message. Both speak to the
same server on loopback, in turns; the password store is memory, and there is no portal.
"""

import logging
import smtplib
import ssl
import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.result import Result
from practice_desktop.demo.secret_store import MemorySecretStore
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import MessageState
from practice_desktop.wiring import Program, open_program
from tests.mail_server import MailCatcher, make_certificates

NAME = "send-click"
BAR = "at most 3"

_ROUNDS = 25
_REQUEST = InvitationRequest(features=())
_PATIENCE = 30.0


def measure() -> list[Result]:
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        certificates = make_certificates(folder / "certificates")
        # smtplib alone cannot say a password outside ASCII.
        with MailCatcher(certificates, password="a password") as catcher:
            (folder / "data").mkdir()
            program = open_program(folder / "data", secrets=MemorySecretStore())
            try:
                clients = _set_up(program, catcher)
                program.desk.sender.start()
                ours, theirs = [], []
                for number, client in enumerate(clients):
                    mine = _click(program, catcher, client)
                    alone = _alone(catcher, catcher.mails[-1].content)
                    if number:
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


def _set_up(program: Program, catcher: MailCatcher) -> list[int]:
    server = catcher.server()
    desk = program.desk
    desk.practice.save(name="Harbor Counseling", portal_address="https://portal.harbor.example")
    account = MailAccountRow(
        preset="other",
        host=server.host,
        port=server.port,
        security=server.security,
        user=server.user,
        from_address="office@harbor.example",
        ca_file=server.ca_file,
    )
    desk.mail_account.save(account, catcher.password)
    return [
        desk.clients.add(ClientDraft("Jonas", f"Ekström {n}", email=f"jonas{n}@example.se"))
        for n in range(_ROUNDS + 1)
    ]


def _click(program: Program, catcher: MailCatcher, client_id: int) -> float:
    """Seconds from the call that the button makes to the message in the server's hands."""
    noted = threading.Event()
    program.database.on_commit = noted.set
    expected = len(catcher.mails) + 1
    began = time.perf_counter()
    program.desk.portal_access.invite(client_id, _REQUEST)
    catcher.wait_for(expected, _PATIENCE)
    took = time.perf_counter() - began
    # The next round begins with an idle sender.
    while any(row.state is not MessageState.SENT for row in program.desk.outbox.page()):
        noted.wait(_PATIENCE)
        noted.clear()
    program.database.on_commit = None
    return took


def _alone(catcher: MailCatcher, content: bytes) -> float:
    context = ssl.create_default_context(cafile=catcher.server().ca_file)
    began = time.perf_counter()
    with smtplib.SMTP(catcher.host, catcher.port, local_hostname="localhost") as connection:
        connection.starttls(context=context)
        connection.login(catcher.user, catcher.password)
        connection.sendmail("office@harbor.example", ["jonas@example.se"], content)
        return time.perf_counter() - began
