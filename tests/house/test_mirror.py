"""A test stands where its module stands, so that either is found from the other."""

from pathlib import Path

from tests.house.checkout import PACKAGES, ROOT, has_code, is_docstring_only, modules

MIGRATIONS = Path("practice_desktop/models/migrations")


def mirrored_test(module: Path) -> Path:
    return Path("tests", *module.parent.parts, f"test_{module.stem.strip('_')}.py")


def modules_to_test() -> list[Path]:
    return [
        module
        for module in modules()
        if module.name != "__init__.py" and not module.is_relative_to(MIGRATIONS)
    ]


def test_every_module_with_code_has_its_mirrored_test() -> None:
    missing = [
        f"{module} has no {mirrored_test(module)}"
        for module in modules_to_test()
        if has_code(module) and not (ROOT / mirrored_test(module)).is_file()
    ]
    assert not missing, "\n".join(missing)


def test_every_mirrored_test_has_its_module() -> None:
    expected = {mirrored_test(module) for module in modules_to_test()}
    found = {
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / "tests" / package).rglob("test_*.py")
    }
    assert not sorted(map(str, found - expected)), "tests without a module"


def test_every_package_init_holds_a_docstring_and_nothing_else() -> None:
    inits = [module for module in modules() if module.name == "__init__.py"]
    assert not [str(init) for init in inits if not is_docstring_only(init)]
