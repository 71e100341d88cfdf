import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.client_table import UnreadableFile
from practice_desktop.services.delimited_text import DELIMITERS, find_delimiter, read_delimited


def rows(text: str) -> list[list[str]]:
    return [cells for _line, cells in read_delimited(text)]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_found(delimiter: str, end: str) -> None:
    text = end.join(
        delimiter.join(cells) for cells in (("Name", "Email"), ("Ann", "a@x.org"), ("Bo", ""))
    )
    assert rows(text) == [["Name", "Email"], ["Ann", "a@x.org"], ["Bo", ""]]


def test_the_delimiter_under_which_headers_are_known_wins_over_commas_in_values() -> None:
    text = "Name;Email\n" + "Smith, Ann;a@x.org\n" * 20
    assert find_delimiter(text) == ";"


def test_unknown_headers_leave_it_to_rows_of_equal_length() -> None:
    assert find_delimiter("aa|bb|cc\n1,5|2|3\n4|5|6,7\n") == "|"


@pytest.mark.parametrize("first", ["sep=|", '"sep=|"', "SEP=|"])
def test_a_delimiter_can_be_declared_and_lines_count_on(first: str) -> None:
    assert list(read_delimited(f"{first}\nName|Email\nAnn, B|a@x.org\n")) == [
        (2, ["Name", "Email"]),
        (3, ["Ann, B", "a@x.org"]),
    ]


def test_line_breaks_and_doubled_quotes_inside_quotes_belong_to_the_cell() -> None:
    text = 'Name,Note\nAnn,"one\ntwo ""three"""\nBo,x\n'
    assert list(read_delimited(text)) == [
        (1, ["Name", "Note"]),
        (2, ["Ann", 'one\ntwo "three"']),
        (4, ["Bo", "x"]),
    ]


def test_a_cell_longer_than_the_modules_limit_is_read() -> None:
    note = "x" * 200_000
    assert rows(f"Name,Note\nAnn,{note}\n")[1] == ["Ann", note]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line() -> None:
    text = 'Name,Note\nAnn,fine\nBo,"open\nCy,x\nDi,y\n'
    with pytest.raises(UnreadableFile, match="begins on line 3 is never closed"):
        list(read_delimited(text))


def test_a_quotation_mark_inside_a_cell_closes_nothing() -> None:
    assert rows("Name,Height\nAnn,5'4\" tall\n")[1] == ["Ann", "5'4\" tall"]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=8)


@given(
    st.sampled_from(DELIMITERS),
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
)
def test_what_a_spreadsheet_wrote_comes_back(
    delimiter: str, table: list[tuple[str, str, str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    header = ["First name", "Last name", "Email"]
    writer.writerows([header, *table])
    assert rows(out.getvalue()) == [header, *map(list, table)]
