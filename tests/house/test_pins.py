"""The pins: complete, hashed, without an address, and without the one Qt that aborts."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.checkout import read, run_python

FILES = ("runtime", "dev")


def pins(name: str) -> dict[str, str]:
    """Each pin's whole text, hashes included, by the canonical name of its package."""
    lines = read("requirements", f"{name}.txt").replace("\\\n", " ").splitlines()
    return {
        canonicalize_name(Requirement(line.partition(" --hash")[0]).name): line for line in lines
    }


def wanted(*extras: str) -> list[Requirement]:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    optional = project["optional-dependencies"]
    lines = project["dependencies"] + [line for extra in extras for line in optional[extra]]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", FILES)
def test_every_pin_is_one_version_with_its_hashes(name: str) -> None:
    one_version = re.compile(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}")
    assert not [pin for pin in pins(name).values() if not one_version.match(pin)]


@pytest.mark.parametrize("name", FILES)
def test_no_pin_names_a_place_to_download_from(name: str) -> None:
    text = read("requirements", f"{name}.txt")
    assert not [
        word for word in ("://", "--index", "--extra-index", "--find-links") if word in text
    ]


@pytest.mark.parametrize(("name", "extra"), [("runtime", "checkout"), ("dev", "dev")])
def test_what_the_project_asks_for_is_pinned_within_its_bounds(name: str, extra: str) -> None:
    pinned = pins(name)
    for requirement in wanted(extra):
        pin = Requirement(pinned[canonicalize_name(requirement.name)].partition(" --hash")[0])
        (version,) = (specifier.version for specifier in pin.specifier)
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


def test_the_pins_of_the_tests_hold_those_of_the_program() -> None:
    assert pins("runtime").items() <= pins("dev").items()


def test_qt_is_the_release_that_runs_on_every_supported_python() -> None:
    assert pins("runtime")["pyside6-essentials"].startswith("pyside6-essentials==6.11.3 ")
    assert pins("runtime")["shiboken6"].startswith("shiboken6==6.11.3 ")
    (essentials,) = (found for found in wanted() if found.name == "PySide6_Essentials")
    assert not essentials.specifier.contains("6.12.0")


def test_what_is_installed_fits_together() -> None:
    checked = run_python("-m", "pip", "check", "--disable-pip-version-check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
