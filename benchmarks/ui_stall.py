"""How long the UI thread is kept from the next frame while 1,000 messages go out.

The real window shows the Outbox, the sender's thread hands 1,000 messages to a server on loopback
with TLS and login, and a timer of the UI thread notes how much later than asked it comes round.
The yardsticks are one 60 Hz frame for the 99th percentile and three for the longest.
"""

import json
import os
import subprocess
import sys

from benchmarks.result import Result

NAME = "ui-stall"
BAR = "p99 one frame, longest three"

MESSAGES = 1_000
FRAME_MS = 1000 / 60
_PROGRAM = """
import json, sys, tempfile, time
from pathlib import Path

from benchmarks.mail_sink import MailSink
from benchmarks.send_click import set_up
from practice_desktop import app
from practice_desktop.demo.secret_store import MemorySecretStore
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.wiring import open_program

late = []

def watch(window, desk):
    from PySide6.QtCore import Qt, QTimer

    window.go_to("Outbox")
    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    last = [0.0]

    def tick():
        now = time.perf_counter()
        late.append((now - last[0]) * 1000 - timer.interval())
        last[0] = now
        if window.rail.status_label.text() == "Everything sent":
            timer.stop()
            window.close()

    def begin():
        last[0] = time.perf_counter()
        timer.start(5)
        desk.sender.set_online(True)

    timer.timeout.connect(tick)
    QTimer.singleShot(1500, begin)

with tempfile.TemporaryDirectory() as name, MailSink(Path(name) / "certificates") as sink:
    data = Path(name) / "data"
    data.mkdir()
    program = open_program(data, secrets=MemorySecretStore())
    desk = program.desk
    clients = set_up(program, sink, int(sys.argv[1]))
    desk.sender.set_online(False)
    desk.portal_access.invite_many(clients, InvitationRequest(features=()))
    app.run_program(
        app.application(), program, offline=True, shown=lambda window: watch(window, desk)
    )
late.sort()
print(json.dumps([late[int(len(late) * 0.99)], late[-1], len(late)]))
"""


def measure() -> list[Result]:
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(MESSAGES)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    p99, longest, _ = json.loads(done.stdout.splitlines()[-1])
    return [
        Result.compare(f"{NAME}: p99", ours=p99, theirs=FRAME_MS, unit="ms", bar=1),
        Result.compare(f"{NAME}: longest", ours=longest, theirs=FRAME_MS, unit="ms", bar=3),
    ]
