"""From starting the process to the first usable window, with 10,000 clients in the data folder.

Beside it a minimal window: PySide6, SQLAlchemy with one mapped class, one row read and shown. Each
side runs in fresh processes, in turns; the time counts from before the process is started to the
first painting with its rows, the memory is the peak of the whole process up to its orderly end.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client_import import write_list
from benchmarks.result import Result
from practice_desktop.models.database import Database
from practice_desktop.services.client_import import ClientImport
from practice_desktop.services.clock import now
from practice_desktop.services.history import History

NAME = "start-up"
BAR = "at most 1.3"

CLIENTS = 10_000
_ROUNDS = 9
_OURS = """
import gc
gc.disable()  # as __main__ does
import sys, time
from pathlib import Path
from practice_desktop import app

def shown(window):
    window.repaint()
    assert window.clients.list.model.rowCount()
    print(time.time(), flush=True)
    window.close()

status = app.run(Path(sys.argv[1]), offline=True, shown=shown)
"""
_MINIMAL = """
import sys, time
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Base(DeclarativeBase):
    pass

class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    first_name: Mapped[str]

application = QApplication(sys.argv)
engine = create_engine(f"sqlite:///{sys.argv[1]}/practice.db")
with Session(engine) as session:
    name = session.scalars(select(Person).limit(1)).one().first_name
window = QMainWindow()
window.setCentralWidget(QLabel(name))
window.show()

def shown():
    window.repaint()
    print(time.time(), flush=True)
    window.close()

QTimer.singleShot(0, shown)
status = application.exec()
"""
_BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("Ada"))
window.show()

def shown():
    window.repaint()
    print(time.time(), flush=True)
    window.close()

QTimer.singleShot(0, shown)
status = application.exec()
"""

MEMORY = """
if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
            (name, ctypes.c_size_t) for name in ("peak", "now", "a", "b", "c", "d", "e", "f")
        ]

    counters = Counters(cb=ctypes.sizeof(Counters))
    kernel = ctypes.windll.kernel32
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo(
        wintypes.HANDLE(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.cb
    )
    print(counters.peak / 1e6)
elif sys.platform == "darwin":
    import resource

    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
else:
    # ru_maxrss of Linux also counts what the parent held when it forked.
    with open("/proc/self/status") as status_file:
        peak = next(line for line in status_file if line.startswith("VmHWM"))
    print(int(peak.split()[1]) * 1024 / 1e6)
sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class _Run:
    seconds: float
    megabytes: float


def measure() -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, CLIENTS)
        runs: dict[str, list[_Run]] = {_OURS: [], _MINIMAL: [], _BARE: []}
        for number in range(_ROUNDS + 1):
            for program, done in runs.items():
                run = _start(program, folder)
                if number:
                    done.append(run)
        ours, minimal, bare = (_best(done) for done in runs.values())
        unlimited = float("inf")
        return [
            Result.compare(
                f"{NAME}: first usable window",
                ours=ours.seconds,
                theirs=minimal.seconds,
                unit="s",
                bar=1.3,
            ),
            Result.compare(
                f"{NAME}: peak memory",
                ours=ours.megabytes,
                theirs=minimal.megabytes,
                unit="MB",
                bar=1.3,
            ),
            Result.compare(
                f"{NAME}: beside a bare PySide6 window (no bar)",
                ours=ours.seconds,
                theirs=bare.seconds,
                unit="s",
                bar=unlimited,
            ),
        ]


def fill(folder: Path, clients: int) -> None:
    """A data folder with that many clients, imported as a practice would, less what was wrong."""
    path = folder / "clients.csv"
    write_list(path, clients)
    database = Database(folder)
    importing = ClientImport(database, History(database, now), now)
    importing.apply(importing.plan(importing.read(path)))
    database.close()
    path.unlink()


def _start(program: str, folder: Path) -> _Run:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
    began = time.time()
    process = subprocess.Popen(
        [sys.executable, "-c", program + MEMORY, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=Path(__file__).resolve().parent.parent,
    )
    output = process.communicate(timeout=120)[0].split()
    if process.returncode:
        raise RuntimeError(f"the window ended with status {process.returncode}")
    return _Run(float(output[0]) - began, float(output[1]))


def _best(runs: list[_Run]) -> _Run:
    """The least disturbed: the shortest time, and the median of the peaks."""
    peaks = sorted(run.megabytes for run in runs)
    return _Run(min(run.seconds for run in runs), peaks[len(peaks) // 2])
