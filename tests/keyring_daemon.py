"""A real GNOME Keyring for one test, apart from the desktop that runs the tests.

    with keyring_session(tmp_path) as session:
        subprocess.run([...], env=session.env)

D-Bus, home and runtime folder are its own; the password store is open until `session.lock()`.
Who uses it must be another process: `keyring` decides once a process which store it talks to.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parent.parent
_NEEDED = ("dbus-daemon", "gnome-keyring-daemon")


@dataclass(frozen=True, slots=True)
class KeyringSession:
    """`env` is the whole environment of whoever shall use this password store."""

    env: dict[str, str]

    def run(self, code: str) -> str:
        """What Python `code` prints inside the session, from the checkout."""
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def lock(self) -> None:
        """Lock it, as a person does; nobody is there to answer a question for the password."""
        self.run(
            "import secretstorage, contextlib\n"
            "with contextlib.closing(secretstorage.dbus_init()) as bus:\n"
            "    secretstorage.get_default_collection(bus).lock()"
        )


@contextmanager
def keyring_session(folder: Path, *, with_daemon: bool = True) -> Iterator[KeyringSession]:
    """Start it, or skip the test with the reason; `with_daemon=False` is a computer without one."""
    if sys.platform != "linux":
        pytest.skip("GNOME Keyring runs on Linux only")
    for tool in _NEEDED:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    with ExitStack() as stack:
        # A socket's path has room for 107 bytes only: pytest's own folders are too deep.
        runtime = Path(stack.enter_context(TemporaryDirectory(prefix="pd-")))
        env = {
            **os.environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        for name in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"):
            env.pop(name, None)
        bus, address = _start(
            [
                "dbus-daemon",
                f"--config-file={_bus_config(folder, runtime)}",
                "--nofork",
                "--print-address",
            ],
            env,
        )
        stack.callback(_stop, bus)
        env["DBUS_SESSION_BUS_ADDRESS"] = address
        if with_daemon:
            daemon, _ = _start(
                ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
                env,
                says="a throwaway password",
            )
            stack.callback(_stop, daemon)
        yield KeyringSession(env)


def _bus_config(folder: Path, runtime: Path) -> Path:
    """A bus that starts no service by itself: neither a second daemon nor a window that asks."""
    config = folder / "bus.conf"
    config.write_text(
        f"<busconfig><type>session</type><listen>unix:path={runtime / 'bus'}</listen>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
        '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>',
        encoding="utf-8",
    )
    return config


def _start(
    command: list[str], env: dict[str, str], *, says: str = ""
) -> tuple[subprocess.Popen[str], str]:
    """Start a daemon, tell it something, and wait for the line that says it is ready."""
    process = subprocess.Popen(
        command,
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(says)
    process.stdin.close()
    return process, process.stdout.readline().strip()


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(10)
    if process.stdout is not None:
        process.stdout.close()
