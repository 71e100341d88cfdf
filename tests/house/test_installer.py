"""The bundle that is given to a practice, built and started where no Python helps it."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.house.checkout import run_python


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.platform == "linux" and not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        pytest.skip("PyInstaller needs a Python with a shared library")
    folder = tmp_path_factory.mktemp("bundle")
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "build")]
    built = run_python("-m", "PyInstaller", "--noconfirm", *places, "build_installer.spec")
    assert built.returncode == 0, built.stderr
    return folder / "dist" / "PracticeDesktop"


def test_the_bundle_tells_the_demo_story_without_a_display(bundle: Path, tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH")
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    told = subprocess.run(
        [str(bundle / "practice-desktop"), "--demo"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "Traceback" not in told.stdout + told.stderr
    assert told.stdout.strip()


def test_the_bundle_holds_the_window_and_the_command_line(bundle: Path) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    programs = {path.name for path in bundle.iterdir() if path.is_file()}
    assert programs == {f"PracticeDesktop{suffix}", f"practice-desktop{suffix}"}
