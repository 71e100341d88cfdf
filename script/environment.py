"""The project's own `.venv`, and the system libraries that Qt and the tests load.

The scripts beside this module need nothing but Python: what they run is installed here, from
hashed pins, and installed again only when the pins, the project or Python itself changed.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Practice Desktop needs Python 3.11 or newer; this is Python {}.{}.".format(
            *sys.version_info[:2]
        )
    )

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import shlex
import shutil
import subprocess
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

LIBRARIES_TO_RUN = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
PROGRAMS_TO_TEST = (
    "at-spi2-core",
    "binutils",
    "dbus",
    "dovecot-core",
    "fonts-inter",
    "fonts-noto-core",
    "gnome-keyring",
    "libsasl2-modules",
    "openbox",
    "postfix",
    "python3-pyatspi",
    "xauth",
    "xdotool",
    "xvfb",
)
APT_GET = ("apt-get", "-o", "DPkg::Lock::Timeout=580")
POSTFIX_WITHOUT_CONFIGURATION = "postfix postfix/main_mailer_type select No configuration\n"
SERVICE_POLICY = Path("/usr/sbin/policy-rc.d")


def prepare(pins: str, packages: Sequence[str]) -> None:
    """Make the system and `.venv` ready for `pins`, "runtime" or "dev" (which holds runtime)."""
    # A start without cached bytecode is a third slower, and the benchmarks would measure that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    ask_system_for(packages)
    wanted = fingerprint(pins)
    found = read_stamp()
    if wanted.items() <= found.items():
        return
    STAMP.unlink(missing_ok=True)
    if {"python", "place"} & {key for key in wanted if wanted[key] != found.get(key)}:
        make_venv()
    install(pins)
    STAMP.write_text(json.dumps(wanted, indent=2), encoding="utf-8")


def hand_over(*arguments: str) -> NoReturn:
    """Become the `.venv`'s Python, so that signals and the exit status pass straight through."""
    command = [str(PYTHON), *arguments]
    sys.stdout.flush()
    if os.name == "nt":
        # exec on Windows returns to the prompt while the program still runs.
        try:
            sys.exit(subprocess.call(command))
        except KeyboardInterrupt:
            sys.exit(130)
    os.execv(command[0], command)


def fingerprint(pins: str) -> dict[str, str]:
    """What the installed `.venv` must have been made from to serve `pins`."""
    held = ("runtime", "dev") if pins == "dev" else ("runtime",)
    return {
        "python": f"{platform.python_version()} {platform.machine()} {sys.base_prefix}",
        "place": str(ROOT),
        "project": digest(ROOT / "pyproject.toml"),
        **{name: digest(pins_file(name)) for name in held},
    }


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pins_file(pins: str) -> Path:
    return ROOT / "requirements" / f"{pins}.txt"


def read_stamp() -> dict[str, str]:
    """What is installed; nothing where an installation is missing, broken or half done."""
    if not PYTHON.exists() or not STAMP.exists():
        return {}
    try:
        found: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return found


def make_venv() -> None:
    print("Making .venv …", flush=True)
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Could not make {VENV}: {error}")


def install(pins: str) -> None:
    """Install the pinned packages, then the project itself as a link to this checkout."""
    print("Installing the pinned packages …", flush=True)
    pip("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(pins_file(pins)))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def pip(*arguments: str) -> None:
    options = ["-qq", "--disable-pip-version-check", "--compile", "--no-input"]
    command = [str(PYTHON), "-m", "pip", "install", *options, *arguments]
    if subprocess.call(command) != 0:
        sys.exit("Installing stopped, see above. What was there is kept; run this again to go on.")


def ask_system_for(packages: Sequence[str]) -> None:
    """Install the Debian packages that are missing, or say how; elsewhere Qt brings its own."""
    if not shutil.which("dpkg-query"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        packages = [*packages, f"python3.{sys.version_info.minor}-venv"]
    missing = sorted(set(packages) - installed_packages())
    if not missing:
        return
    command = [*APT_GET, "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        print(f"Some system packages are missing. To install them: sudo {shlex.join(command)}")
        return
    print(f"Installing system packages: {' '.join(missing)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with services_kept_from_starting():
        quietly([*APT_GET, "update"], environment)
        if "postfix" in missing:
            quietly(["debconf-set-selections"], environment, POSTFIX_WITHOUT_CONFIGURATION)
        if not quietly(command, environment):
            print("Not all of them could be installed; going on without.")


def installed_packages() -> set[str]:
    """The names of what is installed, with those it stands in for (libglib2.0-0t64 and such)."""
    listing = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Status}|${Package}, ${Provides}\n"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return {
        name.split()[0]
        for status, _, names in (line.partition("|") for line in listing.splitlines())
        if status == "installed"
        for name in names.split(",")
        if name.strip()
    }


def quietly(command: Sequence[str], environment: Mapping[str, str], answers: str = "") -> bool:
    """Run a command whose words matter only if it fails."""
    done = subprocess.run(
        command,
        env=environment,
        input=answers,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout, end="")
    return done.returncode == 0


@contextlib.contextmanager
def services_kept_from_starting() -> Iterator[None]:
    """Install mail servers for the tests without one listening on this machine's own ports."""
    if SERVICE_POLICY.exists():
        yield
        return
    SERVICE_POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    SERVICE_POLICY.chmod(0o755)
    try:
        yield
    finally:
        SERVICE_POLICY.unlink()
