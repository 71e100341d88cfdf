"""Whether the disk is encrypted: each operating system has its way to ask without an administrator.

Windows: the Shell's System.Volume.BitLockerProtection (manage-bde needs an administrator).
macOS: fdesetup, and diskutil for other volumes. Linux: dm-crypt in the kernel's device tree.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_SECONDS = 20
# On, and locked; off, being decrypted, and suspended (the key then lies in clear on the disk).
_BITLOCKER = {"1": True, "6": True, "2": False, "4": False, "5": False}
# A virtual machine sees its own disk; whether the real one is encrypted, its host knows.
_VIRTUAL = re.compile(r"/(virtio\d+|vbd-\d+|vmbus|xen)")


def run_command(arguments: Sequence[str]) -> str:
    """What a command prints, empty where it is missing, fails or takes too long."""
    try:
        result = subprocess.run(
            arguments,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return result.stdout if result.returncode == 0 else ""


class SystemDiskEncryption:
    """Fulfils ports.DiskEncryption; the parameters let tests stand in for a computer."""

    def __init__(
        self,
        platform: str = sys.platform,
        run: Callable[[Sequence[str]], str] = run_command,
        sysfs: Path = Path("/sys"),
        mount_table: Path = Path("/proc/self/mountinfo"),
    ) -> None:
        self._platform = platform
        self._run = run
        self._sysfs = sysfs
        self._mount_table = mount_table

    def protects(self, folder: Path) -> bool | None:
        match self._platform:
            case "win32":
                return self._bitlocker(folder)
            case "darwin":
                return self._filevault(folder)
            case "linux":
                return self._dm_crypt(folder)
            case _:
                return None

    def _bitlocker(self, folder: Path) -> bool | None:
        drive = folder.absolute().drive
        if not re.fullmatch(r"[A-Za-z]:", drive):
            return None
        script = (
            f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
            ".ExtendedProperty('System.Volume.BitLockerProtection')"
        )
        powershell = ("powershell", "-NoProfile", "-NonInteractive", "-Command", script)
        return _BITLOCKER.get(self._run(powershell).strip())

    def _filevault(self, folder: Path) -> bool | None:
        path = folder.resolve()
        if path.is_relative_to("/Volumes"):
            said = self._run(("/usr/sbin/diskutil", "info", str(Path(*path.parts[:3]))))
            found = re.search(r"^\s*(?:Encrypted|FileVault):\s+(Yes|No)", said, re.MULTILINE)
            return found[1] == "Yes" if found else None
        said = self._run(("/usr/bin/fdesetup", "status"))
        found = re.search(r"FileVault is (On|Off)", said)
        return found[1] == "On" if found else None

    def _dm_crypt(self, folder: Path) -> bool | None:
        if sys.platform == "win32":
            return None
        number = os.stat(folder).st_dev
        if os.major(number) == 0 and (number := self._source_of(number)) == 0:
            return None
        return self._is_crypt(self._sysfs / f"dev/block/{os.major(number)}:{os.minor(number)}")

    def _source_of(self, number: int) -> int:
        """The block device behind a file system without one of its own number (btrfs); or 0."""
        if sys.platform == "win32":
            return 0
        wanted = f"{os.major(number)}:{os.minor(number)}"
        try:
            for line in self._mount_table.read_text(errors="replace").splitlines():
                fields, _, rest = line.partition(" - ")
                source = rest.split(" ")[1]
                if fields.split(" ")[2] == wanted and source.startswith("/dev/"):
                    return os.stat(source).st_rdev
        except (OSError, IndexError):
            pass
        return 0

    def _is_crypt(self, device: Path) -> bool | None:
        """A device is encrypted where it, or each device below it, is dm-crypt."""
        if not device.exists():
            return None
        uuid = device / "dm/uuid"
        if uuid.is_file() and uuid.read_text(errors="replace").startswith("CRYPT-"):
            return True
        below = device / "slaves"
        answers = [self._is_crypt(each) for each in below.iterdir()] if below.is_dir() else []
        if not answers:
            place = str(device.resolve())
            unknown = _VIRTUAL.search(place) or "/devices/virtual/" in place
            return None if unknown else False
        if all(answers):
            return True
        return False if False in answers else None
