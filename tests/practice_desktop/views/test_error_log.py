from pathlib import Path

from practice_desktop.views.error_log import ErrorLog


def failure() -> BaseException:
    try:
        int("Samuel Grant")
    except ValueError as error:
        return error
    raise AssertionError


def test_it_writes_the_kind_and_the_place_and_no_word_of_a_client(tmp_path: Path) -> None:
    log = ErrorLog(tmp_path)
    log.write(failure())
    text = log.path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "failure" in text
    assert "Samuel" not in text


def test_a_log_that_grew_too_large_is_put_aside(tmp_path: Path) -> None:
    log = ErrorLog(tmp_path)
    log.path.parent.mkdir()
    log.path.write_text("x" * 1_000_001)
    log.write(failure())
    assert log.path.stat().st_size < 10_000
    assert log.path.with_suffix(".old.log").stat().st_size > 1_000_000


def test_a_log_that_cannot_be_written_is_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    ErrorLog(tmp_path).write(failure())
