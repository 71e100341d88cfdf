from pathlib import Path

from practice_desktop.services.desk import Desk
from practice_desktop.services.import_plan import Reason


def test_it_counts_and_tells_all_that_a_row_says(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(
        "Name,Email,Insurance\nAnn Lee,a@x.org; b@x.org,Aetna\nBo Fox,bad,\n,c@x.org,\n"
    )
    plan = desk.client_import.plan(desk.client_import.read(path))
    assert (plan.added, plan.updated, plan.unchanged, plan.left_out) == (1, 0, 0, 2)
    assert plan.reasons == {Reason.INVALID_ADDRESS: 1, Reason.NO_NAME: 1}
    assert plan.values(0) == [
        ("First name", "Ann"),
        ("Last name", "Lee"),
        ("Email", "a@x.org"),
        ("Email (more)", "b@x.org"),
        ("Insurance", "Aetna"),
    ]
    assert [reason.word for reason in plan.reasons] == ["Invalid address", "No name"]
