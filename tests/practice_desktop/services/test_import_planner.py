from pathlib import Path

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_plan import Reason, Verdict
from practice_desktop.services.import_planner import clients_state
from practice_desktop.services.import_watch import Phase, Watch
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.wiring import Program


def test_the_state_changes_with_every_client_and_every_invitation(
    program: Program, desk: Desk
) -> None:
    def state() -> tuple[int, ...]:
        with program.database.read() as session:
            return clients_state(session)

    seen = [state()]
    client_id = desk.clients.add(ClientDraft("Ann", "Lee", email="ann@x.org"))
    seen.append(state())
    profile = desk.clients.profile(client_id)
    desk.clients.save(client_id, profile.version, ClientDraft("Ann", "Fox", email="ann@x.org"))
    seen.append(state())
    desk.portal_access.invite(client_id, InvitationRequest(()))
    seen.append(state())
    assert len(set(seen)) == 4


def test_it_tells_how_far_it_has_come(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("First name,Last name\n" + "".join(f"A{i},B\n" for i in range(1200)))
    told: list[tuple[Phase, int, int]] = []
    importing = desk.client_import
    importing.plan(importing.read(path), watch=Watch(lambda *step: told.append(step)))
    assert [done for phase, done, _total in told if phase is Phase.CHECKING] == [0, 500, 1000]
    assert {total for _phase, _done, total in told} == {1200}


def test_a_name_that_is_far_too_long_is_no_client(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(f"First name,Last name\nAnn,{'x' * 501}\n")
    plan = desk.client_import.plan(desk.client_import.read(path))
    assert plan.reasons == {Reason.NOT_A_CLIENT: 1}


def test_without_a_name_column_rows_still_find_their_clients(desk: Desk, tmp_path: Path) -> None:
    ann = desk.clients.add(ClientDraft("Ann", "Lee", email="ann@x.org"))
    path = tmp_path / "phones.csv"
    path.write_text("Email,Phone\nann@x.org,555 0199\nbo@x.org,555 0100\n")
    plan = desk.client_import.plan(desk.client_import.read(path))
    assert [(row.verdict, row.name, row.client_id) for row in plan.rows] == [
        (Verdict.UPDATED, "Ann Lee", ann),
        (Verdict.LEFT_OUT, "", None),
    ]
