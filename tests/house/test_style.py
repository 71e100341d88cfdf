"""ruff's rules and ruff's layout, so that nobody reviews commas."""

import pytest

from tests.house.checkout import run_python


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=["rules", "layout"])
def test_ruff_finds_nothing_to_mend(check: list[str]) -> None:
    checked = run_python("-m", "ruff", *check, ".")
    assert checked.returncode == 0, checked.stdout + checked.stderr
