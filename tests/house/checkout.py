"""Where the checkout is, what it holds, and how to run a tool over it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("practice_desktop", "portal_contract")


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def modules() -> Iterator[Path]:
    """Every module of the packages, as a path from the root of the checkout."""
    for package in PACKAGES:
        for path in sorted(ROOT.joinpath(package).rglob("*.py")):
            yield path.relative_to(ROOT)


def is_docstring_only(module: Path) -> bool:
    body = ast.parse(read(str(module))).body
    return len(body) == 1 and is_bare_value(body[0])


def has_code(module: Path) -> bool:
    """Whether anything in it runs: names, types and Protocols alone have nothing to test."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        and not (isinstance(node, ast.FunctionDef) and all(map(is_bare_value, node.body)))
        for node in ast.walk(ast.parse(read(str(module))))
    )


def is_bare_value(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
