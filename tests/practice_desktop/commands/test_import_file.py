from pathlib import Path

from tests.practice_desktop.commands.conftest import Line, Records

CSV = (
    "First name,Last name,Email\n"
    "Ada,Brennan,ada@example.org\n"
    ",,nobody@example.org\n"
    "Jonas,Ekström,not an address\n"
    "Ada,Again,ada@example.org\n"
)


def test_an_import_counts_and_gives_every_reason(
    line: Line, records: Records, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(CSV, encoding="utf-8")
    status, out, _err = line("import", file)
    assert status == 0
    assert out.splitlines()[0] == "added: 1"
    assert "left out: 3" in out.splitlines()
    for number in (3, 4, 5):
        assert f"line {number}" in out
    assert [row["first_name"] for row in records("clients")] == ["Ada"]


def test_a_second_import_updates_and_erases_nothing(
    line: Line, records: Records, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("First name,Last name,Email,Phone\nAda,Brennan,ada@example.org,555 0101234\n")
    line("import", file)
    file.write_text("First name,Last name,Email,Phone,Pronouns\nAda,Brennan,ada@example.org,,she\n")
    status, out, _err = line("import", file)
    assert status == 0
    assert "updated: 1" in out
    [ada] = records("clients")
    assert (ada["phone"], ada["pronouns"]) == ("555 0101234", "she")


def test_a_dry_run_says_the_same_and_writes_nothing(
    line: Line, records: Records, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(CSV, encoding="utf-8")
    status, out, _err = line("import", file, "--dry-run")
    assert status == 0
    assert "added: 1" in out
    assert "left out: 3" in out
    assert records("clients") == []


def test_a_file_that_cannot_be_read_is_a_sentence_and_status_2(line: Line, tmp_path: Path) -> None:
    image = tmp_path / "list.csv"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    for file in (tmp_path / "missing.csv", image):
        status, out, err = line("import", file)
        assert status == 2
        assert out == ""
        assert err.strip().count("\n") <= 1
        assert "Traceback" not in err
