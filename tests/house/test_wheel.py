"""What is installed must hold all that a checkout has to run."""

import zipfile
from pathlib import Path

from tests.house.checkout import PACKAGES, ROOT, run_python


def test_the_wheel_holds_every_module_migration_and_resource(tmp_path: Path) -> None:
    built = run_python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"practice_desktop/{name}" if folder == "resources" else name
        for folder in (*PACKAGES, "resources")
        for path in ROOT.joinpath(folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        for name in [path.relative_to(ROOT).as_posix()]
    }
    assert not sorted(wanted - packed)


def test_the_project_is_installed_as_a_link_to_this_checkout() -> None:
    where = run_python("-I", "-c", "import practice_desktop; print(practice_desktop.__file__)")
    assert Path(where.stdout.strip()) == ROOT / "practice_desktop" / "__init__.py", where.stderr
