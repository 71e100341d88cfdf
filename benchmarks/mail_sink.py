"""The test suite's mail server in a process of its own: a provider's does not share ours either."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from practice_desktop.ports import MailServer
from practice_desktop.vocabulary import Security
from tests.mail_server import Certificates, make_certificates

USER = "office@harbor.example"
PASSWORD = "a password"  # smtplib alone cannot say one outside ASCII

_SERVER = """
import logging, sys, time
from pathlib import Path
from tests.mail_server import Certificates, MailCatcher

logging.getLogger("mail.log").setLevel(logging.ERROR)
user, password, *files = sys.argv[1:]
with MailCatcher(Certificates(*map(Path, files)), user=user, password=password) as catcher:
    print(catcher.port, flush=True)
    count = 0
    while True:
        count += 1
        try:
            catcher.wait_for(count, 600)
        except TimeoutError:
            break
        print(time.time(), flush=True)
"""


class MailSink:
    """STARTTLS and login on loopback. `wait` gives the moment each message was accepted."""

    def __init__(self, folder: Path) -> None:
        self._certificates: Certificates = make_certificates(folder)
        self.server = MailServer(
            "127.0.0.1", 0, Security.STARTTLS, USER, str(self._certificates.ca_file)
        )
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        made = self._certificates
        files = [str(made.ca_file), str(made.chain_file), str(made.key_file)]
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _SERVER, USER, PASSWORD, *files],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.server = replace(self.server, port=int(self._line()))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def wait(self) -> float:
        """Wait for the next message; when it was accepted, as time.time() says."""
        return float(self._line())

    def _line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.readline()
