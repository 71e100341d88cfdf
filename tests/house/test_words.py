"""What is committed must mean the same on any machine."""

import re
import subprocess

import pytest

from tests.house.checkout import ROOT

OF_ONE_MACHINE = re.compile(r"(?<![\w.}/])/(work|root|tmp)/\w")
DOWNLOAD = re.compile(r"https?://\S+(\.whl|\.tar\.gz|\.tgz|\.deb|/simple/?)\b")


def committed_text() -> dict[str, str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    texts = {}
    for name in filter(None, listing.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in content:
            texts[name] = content.decode("utf-8", errors="replace")
    return texts


@pytest.mark.parametrize("unwanted", [OF_ONE_MACHINE, DOWNLOAD], ids=["path", "download"])
def test_no_committed_file_names_a_place_of_one_machine(unwanted: re.Pattern[str]) -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in committed_text().items()
        if (match := unwanted.search(text))
    ]
    assert not found, "\n".join(found)
