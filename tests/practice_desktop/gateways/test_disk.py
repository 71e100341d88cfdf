import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from practice_desktop.gateways.disk import SystemDiskEncryption, run_command


def saying(*words: str) -> SystemDiskEncryption:
    """A computer of `words[0]` whose commands print `words[1]`."""
    return SystemDiskEncryption(words[0], lambda _arguments: words[1])


@pytest.mark.parametrize(
    ("said", "encrypted"),
    [("FileVault is On.\n", True), ("FileVault is Off.\n", False), ("", None)],
)
def test_macos_is_asked_about_filevault(tmp_path: Path, said: str, encrypted: bool | None) -> None:
    assert saying("darwin", said).protects(tmp_path) is encrypted


@pytest.mark.parametrize(
    ("said", "encrypted"),
    [("   Encrypted:   Yes\n", True), ("   FileVault:   No\n", False), ("nothing", None)],
)
def test_another_volume_of_macos_is_asked_by_its_name(said: str, encrypted: bool | None) -> None:
    asked: list[Sequence[str]] = []

    def run(arguments: Sequence[str]) -> str:
        asked.append(arguments)
        return said

    disk = SystemDiskEncryption("darwin", run)
    assert disk.protects(Path("/Volumes/Backup/practice")) is encrypted
    assert asked == [("/usr/sbin/diskutil", "info", "/Volumes/Backup")]


class Drive(type(Path())):  # type: ignore[misc]
    """A path that has a drive letter where the tests run."""

    drive = "C:"


@pytest.mark.parametrize(
    ("said", "encrypted"),
    [("1\r\n", True), ("2\r\n", False), ("5\r\n", False), ("3\r\n", None), ("", None)],
)
def test_windows_is_asked_about_bitlocker(said: str, encrypted: bool | None) -> None:
    assert saying("win32", said).protects(Drive("data").absolute()) is encrypted


def test_a_folder_without_a_drive_letter_cannot_be_told_on_windows() -> None:
    assert saying("win32", "1").protects(Path("/data")) is None


def test_an_unknown_system_cannot_tell(tmp_path: Path) -> None:
    assert saying("plan9", "FileVault is On.").protects(tmp_path) is None


class Kernel:
    """A made-up device tree, as the kernel shows it under /sys."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.sysfs = root / "sys"
        self.folder = folder
        (self.sysfs / "dev/block").mkdir(parents=True)
        if sys.platform == "win32":
            pytest.skip("no device numbers on Windows")
        number = os.stat(folder).st_dev
        if os.major(number) == 0:
            pytest.skip("the tests' own folder lies on no block device")
        self.number = f"{os.major(number)}:{os.minor(number)}"

    def add(self, place: str, *, on: Sequence[str] = (), crypt: bool = False) -> None:
        device = self.sysfs / "devices" / place
        (device / "slaves").mkdir(parents=True)
        for below in on:
            (device / "slaves" / Path(below).name).symlink_to(self.sysfs / "devices" / below)
        if crypt:
            (device / "dm").mkdir()
            (device / "dm/uuid").write_text("CRYPT-LUKS2-0123-home\n")

    def encrypted(self, place: str) -> bool | None:
        link = self.sysfs / "dev/block" / self.number
        link.symlink_to(self.sysfs / "devices" / place)
        return SystemDiskEncryption("linux", sysfs=self.sysfs).protects(self.folder)


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path, tmp_path)


ON_LINUX = pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="Linux alone")


@ON_LINUX
def test_a_plain_disk_is_not_encrypted(kernel: Kernel) -> None:
    kernel.add("pci0000:00/ata1/sda1")
    assert kernel.encrypted("pci0000:00/ata1/sda1") is False


@ON_LINUX
def test_a_volume_on_an_encrypted_device_is_encrypted(kernel: Kernel) -> None:
    kernel.add("pci0000:00/ata1/sda1")
    kernel.add("virtual/block/dm-0", on=["pci0000:00/ata1/sda1"], crypt=True)
    kernel.add("virtual/block/dm-1", on=["virtual/block/dm-0"])
    assert kernel.encrypted("virtual/block/dm-1") is True


@ON_LINUX
def test_a_volume_of_which_half_is_plain_is_not_encrypted(kernel: Kernel) -> None:
    kernel.add("pci0000:00/ata1/sda1")
    kernel.add("pci0000:00/ata1/sdb1")
    kernel.add("virtual/block/dm-0", on=["pci0000:00/ata1/sda1"], crypt=True)
    kernel.add("virtual/block/dm-1", on=["virtual/block/dm-0", "pci0000:00/ata1/sdb1"])
    assert kernel.encrypted("virtual/block/dm-1") is False


@ON_LINUX
@pytest.mark.parametrize("place", ["pci0000:00/virtio1/block/vda", "virtual/block/loop3"])
def test_what_lies_behind_a_virtual_disk_cannot_be_told(kernel: Kernel, place: str) -> None:
    kernel.add(place)
    assert kernel.encrypted(place) is None


@ON_LINUX
def test_a_disk_that_the_kernel_does_not_show_cannot_be_told(kernel: Kernel) -> None:
    assert kernel.encrypted("nowhere") is None


@ON_LINUX
def test_a_file_system_in_memory_cannot_be_told() -> None:
    if not Path("/dev/shm").is_dir():
        pytest.skip("no file system in memory here")
    assert SystemDiskEncryption("linux").protects(Path("/dev/shm")) is None


def test_a_missing_command_says_nothing() -> None:
    assert run_command(["no-such-command-anywhere"]) == ""


def test_this_computer_gives_an_answer(tmp_path: Path) -> None:
    assert SystemDiskEncryption().protects(tmp_path) in {True, False, None}
