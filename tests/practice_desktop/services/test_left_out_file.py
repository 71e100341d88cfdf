import csv
from pathlib import Path

import pytest

from practice_desktop.errors import Problem
from practice_desktop.services.column_target import REASON_HEADER
from practice_desktop.services.desk import Desk
from practice_desktop.services.left_out_file import harmless, write_left_out


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ann", "1+1", "'quoted'"])
def test_any_other_cell_stays(cell: str) -> None:
    assert harmless(cell) == cell


LIST = 'Name,Email,"=Note"\nAnn Lee,,x\nBo,bad,"=1+1"\nCy Fox,worse,-5\n'


def test_only_what_was_left_out_is_written_with_the_reason_first(
    desk: Desk, tmp_path: Path
) -> None:
    source, target = tmp_path / "clients.csv", tmp_path / "left out.csv"
    source.write_text(LIST)
    write_left_out(desk.client_import.plan(desk.client_import.read(source)), target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [REASON_HEADER, "Name", "Email", "'=Note"]
    assert [row[1:] for row in rows] == [["Bo", "bad", "'=1+1"], ["Cy Fox", "worse", "'-5"]]
    assert rows[0][0] == "No last name."
    assert rows[1][0].startswith("This is not an e-mail address")


def test_the_saved_file_can_be_mended_and_imported_again(desk: Desk, tmp_path: Path) -> None:
    source, target = tmp_path / "clients.csv", tmp_path / "left out.csv"
    source.write_text(LIST)
    importing = desk.client_import
    write_left_out(importing.plan(importing.read(source)), target)
    mended = target.read_text(encoding="utf-8-sig").replace("worse", "cy@example.org")
    target.write_text(mended, encoding="utf-8-sig")
    outcome = importing.apply(importing.plan(importing.read(target)))
    assert len(outcome.added_ids) == 1
    details = dict(desk.clients.profile(outcome.added_ids[0]).imported_details)
    assert REASON_HEADER not in details
    assert details["=Note"] == "-5"


def test_a_folder_that_is_not_there_is_a_problem_and_the_import_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    source = tmp_path / "clients.csv"
    source.write_text(LIST)
    plan = desk.client_import.plan(desk.client_import.read(source))
    with pytest.raises(Problem, match="could not be saved there"):
        write_left_out(plan, tmp_path / "no folder" / "x.csv")
