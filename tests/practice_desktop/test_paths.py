import stat
import sys
from pathlib import Path

import pytest

from practice_desktop import paths
from practice_desktop.errors import DataFolderProblem


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Harbor Counseling", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Mobile Documents", "iCloud"),
        ("Google Drive", "Google Drive"),
    ],
)
def test_a_folder_in_a_sync_service_is_refused_by_name(
    tmp_path: Path, folder: str, service: str
) -> None:
    with pytest.raises(DataFolderProblem, match=service):
        paths.prepare_data_dir(tmp_path / folder / "practice")
    assert not (tmp_path / folder).exists()


def test_a_folder_below_the_variable_of_onedrive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path))
    with pytest.raises(DataFolderProblem, match="OneDrive"):
        paths.prepare_data_dir(tmp_path / "practice")


def test_a_folder_whose_name_only_resembles_one_is_taken(tmp_path: Path) -> None:
    folder = paths.prepare_data_dir(tmp_path / "Dropboxes")
    assert folder.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = paths.prepare_data_dir(tmp_path / "data" / "practice")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the drive instead")
def test_a_network_drive_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [("/", "ext4"), (str(tmp_path), "nfs4")]
    monkeypatch.setattr(paths, "_mounts", lambda: mounts)
    with pytest.raises(DataFolderProblem, match="network drive"):
        paths.prepare_data_dir(tmp_path / "practice")


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderProblem, match="cannot be made"):
        paths.prepare_data_dir(tmp_path / "file" / "practice")


def test_the_resources_are_found_and_complete() -> None:
    folder = paths.resources()
    assert (folder / "mail").is_dir()
    assert (folder / "forms" / "library.json").is_file()


def test_the_default_folder_is_this_users(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.default_data_dir().is_absolute()
