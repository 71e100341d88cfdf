"""The scripts' own module: when it installs again, and what it asks the system for."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.checkout import ROOT, run_python


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The scripts' module over an empty checkout, with commands noted and not carried out."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "script/environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    (tmp_path / "requirements").mkdir()
    for name in ("requirements/runtime.txt", "requirements/dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    done: list[str] = []
    python = tmp_path / ".venv" / "python"

    def make_venv() -> None:
        done.append("venv")
        python.parent.mkdir(exist_ok=True)
        python.touch()

    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PYTHON", python)
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installed.json")
    monkeypatch.setattr(module, "make_venv", make_venv)
    monkeypatch.setattr(module, "install", done.append)
    monkeypatch.setattr(module, "done", done, raising=False)
    return module


def test_the_first_run_makes_everything_and_the_second_nothing(environment: ModuleType) -> None:
    environment.prepare("runtime", ())
    environment.prepare("runtime", ())
    assert environment.done == ["venv", "runtime"]


def test_a_venv_made_for_the_tests_serves_the_program_too(environment: ModuleType) -> None:
    environment.prepare("dev", ())
    environment.prepare("runtime", ())
    assert environment.done == ["venv", "dev"]


def test_changed_pins_are_installed_into_the_same_venv(environment: ModuleType) -> None:
    environment.prepare("runtime", ())
    (environment.ROOT / "requirements/runtime.txt").write_text("newer", encoding="utf-8")
    environment.prepare("runtime", ())
    assert environment.done == ["venv", "runtime", "runtime"]


def test_another_python_gets_a_new_venv(environment: ModuleType) -> None:
    environment.prepare("runtime", ())
    stamp = json.loads(environment.STAMP.read_text(encoding="utf-8"))
    environment.STAMP.write_text(json.dumps({**stamp, "python": "3.10.0"}), encoding="utf-8")
    environment.prepare("runtime", ())
    assert environment.done == ["venv", "runtime", "venv", "runtime"]


def test_an_installation_that_broke_off_is_made_again(environment: ModuleType) -> None:
    environment.prepare("runtime", ())
    environment.STAMP.write_text("{", encoding="utf-8")
    environment.prepare("runtime", ())
    assert environment.done == ["venv", "runtime", "venv", "runtime"]


def test_children_may_write_bytecode(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment.prepare("runtime", ())
    assert "PYTHONDONTWRITEBYTECODE" not in environment.os.environ


def test_an_older_python_is_told_in_one_sentence() -> None:
    pretend = (
        "import sys; sys.version_info = (3, 10, 2); sys.path.insert(0, 'script'); "
        "import environment"
    )
    told = run_python("-c", pretend)
    assert told.returncode == 1
    assert told.stderr == "Practice Desktop needs Python 3.11 or newer; this is Python 3.10.\n"


def test_without_root_the_missing_packages_are_named_in_a_command(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.shutil, "which", lambda program: program)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(environment, "installed_packages", lambda: {"libegl1"})
    environment.ask_system_for(["libegl1", "libgl1", "libxcb-cursor0"])
    told = capsys.readouterr().out
    assert told.startswith("Some system packages are missing. To install them: sudo apt-get ")
    assert told.endswith("--no-install-recommends libgl1 libxcb-cursor0\n")


def test_mail_servers_are_kept_from_starting_only_while_they_are_installed(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(environment, "SERVICE_POLICY", policy)
    with environment.services_kept_from_starting():
        assert policy.read_text(encoding="utf-8").endswith("exit 101\n")
    assert not policy.exists()


def test_a_policy_of_the_machine_s_own_is_left_alone(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text("its own", encoding="utf-8")
    monkeypatch.setattr(environment, "SERVICE_POLICY", policy)
    with environment.services_kept_from_starting():
        pass
    assert policy.read_text(encoding="utf-8") == "its own"
