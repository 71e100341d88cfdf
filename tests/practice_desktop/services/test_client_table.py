import pytest

from practice_desktop.services.client_table import UnreadableFile, build_table, find_header
from practice_desktop.services.import_watch import ImportCancelled, Watch


def table_of(*rows: list[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]], list[int]]:
    table = build_table("x.csv", enumerate(rows, 1))
    return table.headers, table.rows, table.lines


def test_title_rows_above_the_header_and_blank_rows_are_passed_over() -> None:
    assert table_of(
        ["Client list of Harbor Counseling"],
        [],
        ["Printed", "23 Nov 2026"],
        ["First name", "Last name", "Email"],
        ["", " ", ""],
        [" Ann ", "Lee", ""],
    ) == (("First name", "Last name", "Email"), [("Ann", "Lee", "")], [6])


def test_short_rows_are_filled_and_long_ones_get_columns_of_their_own() -> None:
    headers, rows, _lines = table_of(["Name", "Email"], ["Ann"], ["Bo", "b@x.org", "more"])
    assert headers == ("Name", "Email", "Column 3")
    assert rows == [("Ann", "", ""), ("Bo", "b@x.org", "more")]


def test_trailing_and_inner_columns_without_header_and_values_are_gone() -> None:
    headers, rows, _lines = table_of(["Name", "", "Email", "", ""], ["Ann", "", "a@x.org", "", ""])
    assert headers == ("Name", "Email")
    assert rows == [("Ann", "a@x.org")]


def test_headers_are_tidied_and_made_to_differ() -> None:
    headers, _rows, _lines = table_of(["*Name*", "Phone:", "Phone", " E-\nmail "], ["a"] * 4)
    assert headers == ("Name", "Phone", "Phone (2)", "E- mail")


def test_a_header_that_is_repeated_further_down_is_no_client() -> None:
    _headers, rows, lines = table_of(["Name", "Email"], ["Ann", ""], ["Name", "Email"], ["Bo", ""])
    assert rows == [("Ann", ""), ("Bo", "")]
    assert lines == [2, 4]


def test_a_list_without_header_loses_no_row() -> None:
    headers, rows, _lines = table_of(["Ann", "ann@x.org"], ["Bo", "bo@x.org"])
    assert headers == ("Column 1", "Column 2")
    assert rows == [("Ann", "ann@x.org"), ("Bo", "bo@x.org")]


def test_unknown_words_without_values_are_taken_for_a_header() -> None:
    assert find_header([("Färg", "Form"), ("röd", "rund")]) == 0


@pytest.mark.parametrize("rows", [[], [["", ""]], [["Name", "Email"]]])
def test_a_file_without_a_client_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(UnreadableFile, match="no client in this file"):
        table_of(*rows)


def test_reading_stops_when_it_is_cancelled() -> None:
    with pytest.raises(ImportCancelled):
        build_table("x", [(1, ["Name"])], watch=Watch(cancelled=lambda: True))
