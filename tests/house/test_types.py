"""mypy --strict over everything that is ours."""

from tests.house.checkout import run_python


def test_every_type_holds_under_mypy_strict() -> None:
    checked = run_python("-m", "mypy")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_scripts_hold_too() -> None:
    checked = run_python("-m", "mypy", "script")
    assert checked.returncode == 0, checked.stdout + checked.stderr
