import subprocess
import sys
from pathlib import Path

import pytest

from practice_desktop.errors import DataFolderProblem
from practice_desktop.wiring import open_program
from tests.practice_desktop.stand_ins import Letterbox, MemorySecrets


def test_a_folder_is_opened_twice_with_the_same_content(tmp_path: Path) -> None:
    first = open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox())
    first.desk.practice.save(name="Harbor Counseling")
    first.close()
    second = open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox())
    assert second.desk.practice.load().name == "Harbor Counseling"
    assert second.desk.forms.library()
    second.close()


def test_a_folder_that_cannot_be_used_raises_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "practice.db").write_bytes(b"x" * 4096)
    with pytest.raises(DataFolderProblem):
        open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox())


def test_opening_an_existing_folder_loads_nothing_heavy(tmp_path: Path) -> None:
    open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox()).close()
    code = (
        "import sys; from pathlib import Path; from practice_desktop.wiring import open_program;"
        f"open_program(Path({str(tmp_path)!r})).close();"
        "heavy = {'alembic', 'jinja2', 'cryptography', 'keyring', 'email_validator', 'PySide6',"
        " 'python_calamine', 'vobject', 'aiosmtpd', 'smtplib'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
