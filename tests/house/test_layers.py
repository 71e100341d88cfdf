"""The layers of docs/architecture.md, kept by import-linter and by looking once for real."""

import pytest

from tests.house.checkout import run_python


def test_imports_keep_to_the_layers() -> None:
    lint = (
        "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True, no_logo=True))"
    )
    checked = run_python("-c", lint)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("module", ["practice_desktop.__main__", "practice_desktop.commands"])
def test_the_command_line_loads_no_qt(module: str) -> None:
    load = (
        f"import importlib, pkgutil, sys; package = importlib.import_module({module!r}); "
        "[importlib.import_module(f'{package.__name__}.{found.name}') "
        "for found in pkgutil.iter_modules(getattr(package, '__path__', []))]; "
        "print(*[name for name in sys.modules if name.startswith('PySide6')])"
    )
    loaded = run_python("-c", load)
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []
