from datetime import date

from practice_desktop.services.client_directory import ClientDirectory
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import ClientType, PortalStatus
from practice_desktop.wiring import Program
from tests.practice_desktop.stand_ins import Clock

ADA = ClientDraft(
    "Ada",
    "Brennan",
    preferred_name="Addie",
    pronouns="she/her",
    date_of_birth=date(1990, 5, 2),
    client_type=ClientType.COUPLE,
    email="ada@example.org",
    phone="(555) 010-1234",
    address="1 Quay Street",
    time_zone="America/New_York",
    discreet_email=True,
)


def test_an_entry_holds_what_the_profile_shows(program: Program, desk: Desk, clock: Clock) -> None:
    ada = desk.clients.add(ADA)
    [entry] = ClientDirectory(program.database, clock).entries()
    shown = {name: getattr(entry, name) for name in ClientDraft.__slots__}
    assert ClientDraft(**shown) == ADA
    assert (entry.id, entry.external_id, entry.created_at) == (ada, "", clock())
    assert (entry.needs_setup, entry.archived) == (True, False)
    assert entry.status is PortalStatus.NOT_INVITED


def test_everybody_is_there_with_the_chip_and_archived_ones_come_last(
    program: Program, desk: Desk, clock: Clock
) -> None:
    theo, ada, mia = (
        desk.clients.add(ClientDraft(first, last, email=f"{first}@example.org"))
        for first, last in (("Theo", "Jansen"), ("Ada", "Brennan"), ("Mia", "Abbott"))
    )
    desk.portal_access.invite(theo, InvitationRequest(()))
    desk.clients.archive([mia])
    entries = list(ClientDirectory(program.database, clock).entries())
    assert [entry.id for entry in entries] == [ada, theo, mia]
    assert [entry.status for entry in entries[:2]] == [
        PortalStatus.NOT_INVITED,
        PortalStatus.QUEUED,
    ]
    assert (entries[2].archived, entries[2].needs_setup) == (True, False)


def test_a_search_narrows_it(program: Program, desk: Desk, clock: Clock) -> None:
    for draft in (ADA, ClientDraft("Theo", "Jansen"), ClientDraft("Adam", "Young")):
        desk.clients.add(draft)
    directory = ClientDirectory(program.database, clock)
    assert [entry.first_name for entry in directory.entries("ada")] == ["Ada", "Adam"]
    assert [entry.first_name for entry in directory.entries("jansen theo")] == ["Theo"]
    assert list(directory.entries("nobody")) == []
