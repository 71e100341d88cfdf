from pathlib import Path

import pytest

from practice_desktop.views.window_state import (
    FILE_NAME,
    WindowState,
    read_window_state,
    write_window_state,
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    state = WindowState(1300, 900, True, "Outbox", "Dana")
    write_window_state(tmp_path, state)
    assert read_window_state(tmp_path) == state


@pytest.mark.parametrize("text", ["", "{", "[]", '{"width": "wide"}', '{"width": true}'])
def test_a_file_that_makes_no_sense_costs_only_the_remembering(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    assert read_window_state(tmp_path) == WindowState()


def test_a_size_below_the_least_is_not_used_but_the_page_is(tmp_path: Path) -> None:
    write_window_state(tmp_path, WindowState(200, 100, page="Forms"))
    state = read_window_state(tmp_path)
    assert (state.width, state.page) == (WindowState().width, "Forms")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    write_window_state(tmp_path / "gone", WindowState())
    assert read_window_state(tmp_path / "gone") == WindowState()
