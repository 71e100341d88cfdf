"""Where things are: the data folder, and the resources in a checkout, a wheel and a bundle."""

import os
import sys
from functools import cache
from pathlib import Path

from practice_desktop.errors import DataFolderProblem

_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
}
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "9p", "afs"}
)
_WINDOWS_DRIVE_REMOTE = 4


@cache
def resources() -> Path:
    """The folder of icons, styles, mail and form files."""
    here = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [here / "resources", here.parent / "resources"]
    if bundle:
        candidates.insert(0, Path(bundle) / "resources")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise DataFolderProblem(
        "The program's own files are incomplete. Your data is untouched. "
        "Install the program again.",
        details=f"no resources folder beside {here.name}",
    )


def default_data_dir() -> Path:
    """This user's data folder on this computer, outside any synchronised place."""
    from platformdirs import user_data_path

    return user_data_path("Practice Desktop", appauthor=False, roaming=False)


def prepare_data_dir(folder: Path) -> Path:
    """Make the data folder, readable by its owner alone, and refuse one that would lose data.

    SQLite's locks fail on network drives, and a sync service copies the database in mid-write
    (sqlite.org/howtocorrupt.html, 2.1 and 2.2): both are refused with the reason.
    """
    folder = folder.expanduser().absolute()
    if service := sync_service(folder):
        raise DataFolderProblem(
            f"The data folder lies in {service}, which copies files while they are being written "
            "and can damage the database. Nothing was changed. "
            "Choose a folder that is not synchronised."
        )
    if on_network_drive(folder):
        raise DataFolderProblem(
            "The data folder lies on a network drive, where the database cannot be kept safe. "
            "Nothing was changed. Choose a folder on this computer."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderProblem(
            "The data folder cannot be made. Nothing was changed. "
            "Choose a folder that you may write to.",
            details=error.strerror or str(error.errno),
        ) from error
    return folder


def sync_service(folder: Path) -> str | None:
    """The name of the sync service that `folder` lies in, if it does."""
    resolved = folder.resolve()
    for part in resolved.parts:
        for mark, service in _SYNCED.items():
            if part.casefold() == mark or part.casefold().startswith((f"{mark} -", f"{mark}-")):
                return service
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(variable)
        if root and resolved.is_relative_to(Path(root).resolve()):
            return "OneDrive"
    return None


def on_network_drive(folder: Path) -> bool:
    """Whether `folder` lies on a drive that another computer serves, as far as can be told."""
    resolved = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        anchor = resolved.anchor
        return (
            anchor.startswith("\\\\")
            or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _WINDOWS_DRIVE_REMOTE
        )
    return _file_system(resolved) in _NETWORK_FILE_SYSTEMS


def _file_system(folder: Path) -> str:
    """The type of the file system that holds `folder`, from the mount table."""
    best, kind = "", ""
    for point, fs in _mounts():
        inside = point == "/" or str(folder) == point or str(folder).startswith(point + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fs
    return kind


def _mounts() -> list[tuple[str, str]]:
    if sys.platform == "darwin":
        import re
        import subprocess

        listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return re.findall(r" on (/.*?) \((\w+)", listing.stdout)
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    rows = [line.split(" ") for line in lines.splitlines()]
    return [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
