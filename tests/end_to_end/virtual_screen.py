"""A virtual screen with a window manager and an accessibility bus, for one test."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

BUS_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = Path("/usr/bin/python3")
_NEEDED = ("Xvfb", "openbox")


def why_not() -> str:
    """Why no virtual screen can be had; empty where it can."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if not BUS_LAUNCHER.exists():
        missing.append("at-spi2-core")
    if missing:
        return f"not installed: {', '.join(missing)}"
    probe = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import pyatspi"], check=False, capture_output=True
    )
    return "python3-pyatspi is not installed" if probe.returncode else ""


@contextmanager
def virtual_screen(env: dict[str, str], size: str = "1550x1000") -> Iterator[dict[str, str]]:
    """`env` with a screen in it, on the session bus that `env` names."""
    with ExitStack() as stack:
        reading, writing = os.pipe()
        screen = _start(
            stack,
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            env,
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert screen.poll() is None
        shown = {
            **env,
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
        }
        _start(stack, ["openbox"], shown)
        _start(stack, [str(BUS_LAUNCHER), "--launch-immediately"], shown)
        yield shown


class ScreenReader:
    """Sends steps to screen_reader.py and fails the test with what was on screen."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, Path(__file__).with_name("screen_reader.py")],
            env={name: value for name, value in env.items() if not name.startswith("PYTHON")},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def press(self, label: str) -> None:
        self._say("press", label)

    def tick(self, label: str) -> None:
        self._say("tick", label)

    def type(self, label: str, text: str) -> None:
        self._say("type", label, text)

    def expect(self, label: str) -> None:
        self._say("expect", label)

    def _say(self, *step: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(step) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        if not answer["done"]:
            pytest.fail(f"{step}: {answer['why']}\non screen:\n{answer['tree']}")


def _start(
    stack: ExitStack, command: list[str], env: dict[str, str], pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=pass_fds,
    )

    def stop() -> None:
        process.terminate()
        process.wait(10)

    stack.callback(stop)
    return process
