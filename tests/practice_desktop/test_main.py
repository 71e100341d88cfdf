import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from practice_desktop import __main__ as program
from practice_desktop.__main__ import main
from practice_desktop.errors import (
    DataFolderProblem,
    InvalidInput,
    NotAllowed,
    NotFound,
    Problem,
)
from practice_desktop.services.client_table import UnreadableFile

ROOT = Path(__file__).resolve().parents[2]

WITHOUT_QT = """
import sys
from practice_desktop.__main__ import main
status = main(sys.argv[1:])
loaded = [name for name in sys.modules if name.partition(".")[0] in {"PySide6", "shiboken6"}]
sys.exit(f"Qt was loaded: {loaded}" if loaded else status)
"""


def run(*words: object, script: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    start = ["-c", script] if script else ["-m", "practice_desktop"]
    env = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=ROOT,
        env=env | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


@pytest.mark.parametrize(
    "words",
    [
        ["clients", "--json"],
        ["outbox", "--json"],
        ["practice", "--json"],
        ["mail-account", "--json"],
        ["send"],
        ["doctor", "--json"],
    ],
)
def test_a_command_loads_no_qt(tmp_path: Path, words: list[str]) -> None:
    done = run(*words, "--data-dir", tmp_path / "data", script=WITHOUT_QT)
    assert done.returncode == (1 if words[0] == "doctor" else 0), done.stderr


def test_a_process_of_its_own_prints_a_list_of_objects(tmp_path: Path) -> None:
    done = run("clients", "--json", "--data-dir", tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == []


def test_the_demo_tells_its_story_without_a_display_and_without_qt() -> None:
    done = run("--demo", script=WITHOUT_QT)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "There is no display here, so the demo runs without windows."
    assert lines[1].startswith("Harbor Counseling, (207) 555-0140: ")
    assert "NOT AS IT SHOULD BE" not in done.stdout
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
def test_a_window_without_a_display_is_a_sentence(tmp_path: Path) -> None:
    done = run()
    assert done.returncode == 1
    assert done.stderr.startswith("There is no display here")


def test_a_data_folder_that_would_lose_data_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clients", "--data-dir", str(tmp_path / "Dropbox" / "practice")]) == 2
    assert "Dropbox" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert main(["clients", "--data-dir", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--demo", "clients"],
        ["--offline", "send"],
        ["--demo", "--data-dir", "x"],
        ["--headless"],
    ],
)
def test_options_of_the_window_do_not_mix_with_commands(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (InvalidInput("name", "What was typed."), 2),
        (NotFound("Not there."), 2),
        (DataFolderProblem("The folder."), 2),
        (UnreadableFile("The file."), 2),
        (NotAllowed("Not now."), 1),
        (Problem("It did not work.", details="because of x"), 1),
    ],
)
def test_a_problem_is_its_sentence_and_its_status(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: Problem,
    status: int,
) -> None:
    def fail(_arguments: object) -> int:
        raise problem

    monkeypatch.setattr(program, "_run", fail)
    assert main(["clients"]) == status
    said = capsys.readouterr()
    assert said.out == ""
    details = f"Details: {problem.details}\n" if problem.details else ""
    assert said.err == f"{problem.sentence}\n{details}"


def test_what_nobody_expected_is_told_without_words_that_may_name_a_client(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "Ada Brennan"

    def fail(_arguments: object) -> int:
        raise ValueError(name)

    monkeypatch.setattr(program, "_run", fail)
    assert main(["clients"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Something went wrong")
    assert said.endswith("ValueError\n")
    assert "Ada" not in said


ON_A_FULL_DISK = """
import resource, sys
from practice_desktop.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
sys.exit(main(["practice", "--phone", "5" * 600_000, "--data-dir", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to lower")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert main(["practice", "--data-dir", str(tmp_path)]) == 0
    words = [sys.executable, "-c", ON_A_FULL_DISK, str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The disk is full or cannot be written.")
    assert "Traceback" not in done.stderr
    assert "File" not in done.stderr


def test_ctrl_c_ends_it_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "_run", interrupted)
    assert main(["send"]) == 130
    assert capsys.readouterr().err.startswith("Stopped.")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path, unbuffered: str) -> None:
    script = (
        "import subprocess, sys\n"
        "made = subprocess.Popen([sys.executable, '-m', 'practice_desktop', *sys.argv[1:]],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "made.stdout.close()\n"
        "print(made.stderr.read().decode(), made.wait())\n"
    )
    words = ("practice", "--json", "--data-dir", tmp_path / "data")
    done = run(*words, script=script, PYTHONUNBUFFERED=unbuffered)
    assert done.stdout.split() == ["0"]
