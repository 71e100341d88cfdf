from pathlib import Path

from sqlalchemy import select

from practice_desktop.models.client import ImportedDetail
from practice_desktop.models.history import HistoryEntry
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_watch import Phase, Watch
from practice_desktop.wiring import Program


def take(desk: Desk, folder: Path, text: str, watch: Watch | None = None) -> tuple[int, ...]:
    path = folder / "clients.csv"
    path.write_text(text)
    importing = desk.client_import
    return importing.apply(importing.plan(importing.read(path)), watch or Watch()).added_ids


def test_new_details_follow_those_on_file_and_changed_ones_keep_their_place(
    program: Program, desk: Desk, tmp_path: Path
) -> None:
    take(desk, tmp_path, "Client ID,Name,Insurance,Note\n7,Ann Lee,Aetna,old\n")
    take(desk, tmp_path, "Client ID,Colour,Insurance\n7,red,Cigna\n")
    with program.database.read() as session:
        details = session.scalars(select(ImportedDetail).order_by(ImportedDetail.position))
        assert [(d.name, d.position, d.value) for d in details] == [
            ("Insurance", 0, "Cigna"),
            ("Note", 1, "old"),
            ("Colour", 2, "red"),
        ]


def test_every_client_that_was_written_has_one_line_of_history(
    program: Program, desk: Desk, tmp_path: Path
) -> None:
    take(desk, tmp_path, "Name,Phone\nAnn Lee,1\nBo Fox,2\n")
    with program.database.read() as session:
        lines = session.execute(
            select(HistoryEntry.client_id, HistoryEntry.action, HistoryEntry.sentence).where(
                HistoryEntry.client_id.is_not(None)
            )
        ).all()
    assert [tuple(line) for line in lines] == [
        (1, "imported", "Imported from clients.csv"),
        (2, "imported", "Imported from clients.csv"),
    ]


def test_saving_tells_how_far_it_has_come(desk: Desk, tmp_path: Path) -> None:
    told: list[tuple[Phase, int, int]] = []
    rows = "".join(f"First{i} Last{i}\n" for i in range(2500))
    take(desk, tmp_path, "Name\n" + rows, Watch(lambda *step: told.append(step)))
    assert told == [(Phase.SAVING, done, 2500) for done in (0, 1000, 2000, 2500)]
