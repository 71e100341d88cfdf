from pathlib import Path

from PySide6.QtCore import Qt

from practice_desktop.services.desk import Desk
from practice_desktop.services.import_plan import Verdict
from practice_desktop.views.dialogs.import_rows_model import HEADERS, ImportRowsModel

LIST = "First name,Last name,Email\nAda,Brennan,ada@example.org\n,,x@example.org\nWen,Huang,\n"


def test_it_shows_the_rows_of_one_verdict_with_their_place_in_the_plan(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(LIST)
    plan = desk.client_import.plan(desk.client_import.read(path))
    model = ImportRowsModel()
    assert model.rowCount() == 0
    model.show(plan, None)
    words = [[model.index(row, column).data() for column in range(5)] for row in range(3)]
    assert words == [
        ["2", "Ada Brennan", "ada@example.org", "Added", ""],
        ["3", "", "x@example.org", "Left out", "No name."],
        ["4", "Wen Huang", "", "Added", ""],
    ]
    model.show(plan, Verdict.ADDED)
    assert [model.position(row) for row in range(model.rowCount())] == [0, 2]
    headers = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert tuple(headers) == HEADERS
