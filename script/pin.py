"""Write requirements/*.txt anew from pyproject.toml, or prove them for every platform.

The pins hold for Windows, macOS and Linux at once and name no place to download from: hashes say
what is meant, pip's own configuration says where it comes from.
"""

import argparse
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import environment

EXTRAS = {"runtime": "checkout", "dev": "dev"}
PLATFORMS = {
    "Windows": ("Windows", "win32", "nt", ["win_amd64"]),
    "macOS": ("Darwin", "darwin", "posix", ["macosx_13_0_arm64", "macosx_13_0_universal2"]),
    "Linux": (
        "Linux",
        "linux",
        "posix",
        [*(f"manylinux_2_{glibc}_x86_64" for glibc in range(34, 16, -1)), "manylinux2014_x86_64"],
    ),
}
PYTHONS = ("3.11", "3.12", "3.13")


def write() -> None:
    """Choose the newest releases that fit; uv does it for all platforms in one go."""
    for pins, extra in EXTRAS.items():
        options = ["--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--upgrade"]
        plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
        chosen = ["--extra", extra, "--constraint", "requirements/constraints.txt"]
        output = ["--output-file", f"requirements/{pins}.txt", "pyproject.toml"]
        subprocess.run(
            ["uv", "pip", "compile", *options, *plain, *chosen, *output],
            cwd=environment.ROOT,
            check=True,
        )


def prove() -> None:
    """Download every pin as a wheel for each platform and Python; stop at the first that fails."""
    for system, python in product(PLATFORMS, PYTHONS):
        for pins in EXTRAS:
            with tempfile.TemporaryDirectory() as folder:
                count = download(pins, system, python, Path(folder))
            print(f"{pins}.txt: all {count} packages found for {system}, Python {python}")


def download(pins: str, system: str, python: str, folder: Path) -> int:
    """pip reads markers for the Python it runs on, so those of the target are settled first."""
    platform_system, sys_platform, os_name, tags = PLATFORMS[system]
    target = {
        "implementation_name": "cpython",
        "os_name": os_name,
        "platform_python_implementation": "CPython",
        "platform_system": platform_system,
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": sys_platform,
    }
    kept = [pin for pin in read_pins(pins) if applies(pin, target)]
    listing = folder / "pins.txt"
    listing.write_text("\n".join(without_marker(pin) for pin in kept), encoding="utf-8")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check"),
            *("--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *("--implementation", "cp", "--python-version", python),
            *(argument for tag in tags for argument in ("--platform", tag)),
            *("--dest", str(folder / "wheels"), "--requirement", str(listing)),
        ],
        check=True,
    )
    return len(list((folder / "wheels").iterdir()))


def read_pins(pins: str) -> list[str]:
    """Each pin as one line: name, version, marker, hashes."""
    text = environment.pins_file(pins).read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def applies(pin: str, target: dict[str, str]) -> bool:
    from packaging.requirements import Requirement

    marker = Requirement(pin.partition(" --hash")[0]).marker
    return marker is None or marker.evaluate(target)


def without_marker(pin: str) -> str:
    requirement, _, hashes = pin.partition(" --hash")
    return f"{requirement.partition(';')[0].strip()} --hash{hashes}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prove", action="store_true", help="download them for every platform")
    if parser.parse_args().prove:
        prove()
    else:
        write()


if __name__ == "__main__":
    main()
