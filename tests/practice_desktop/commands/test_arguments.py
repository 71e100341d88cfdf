from pathlib import Path

import pytest

from practice_desktop.commands.arguments import make_parser

ISSUED = {
    "import",
    "clients",
    "invite",
    "resend",
    "delete-invitation",
    "disable",
    "enable",
    "documents",
    "outbox",
    "send",
    "mail-account",
    "practice",
    "doctor",
}


@pytest.mark.parametrize("words", [["--data-dir", "d", "clients"], ["clients", "--data-dir", "d"]])
def test_the_data_folder_is_named_before_or_after_the_command(words: list[str]) -> None:
    assert make_parser().parse_args(words).data_dir == Path("d")


def test_without_a_data_folder_none_is_named() -> None:
    assert make_parser().parse_args(["clients"]).data_dir is None


def test_an_empty_data_folder_is_not_taken_for_the_current_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(["clients", "--data-dir", ""])
    assert ended.value.code == 2
    assert "name a folder" in capsys.readouterr().err


def test_every_command_can_be_run_and_explains_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in sorted(ISSUED):
        with pytest.raises(SystemExit) as ended:
            make_parser().parse_args([command, "--help"])
        assert ended.value.code == 0
        assert "usage: practice-desktop " + command in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["frob"], ["clients", "--sear", "x"], ["invite"], ["import"], ["send", "now"]]
)
def test_wrong_usage_is_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
