import pytest

from practice_desktop.ports import Envelope, Refused, ServerReply, Stage
from practice_desktop.services import client_list
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import ClientFilter, ClientOrder, PortalStatus
from tests.practice_desktop.stand_ins import Clock, Letterbox

NOTHING = InvitationRequest(features=())


def _add(desk: Desk, first: str, last: str, **fields: object) -> int:
    email = fields.pop("email", f"{first}.{last}@example.org".lower())
    return desk.clients.add(ClientDraft(first, last, email=str(email), **fields))  # type: ignore[arg-type]


def _names(desk: Desk, search: str) -> list[str]:
    return [row.name for row in desk.clients.page(search=search)]


@pytest.fixture
def found(desk: Desk) -> Desk:
    _add(desk, "Jonas", "Ekström", email="jonas@example.se", phone="(555) 010-4432")
    _add(desk, "Ada", "Brennan", preferred_name="Addie")
    _add(desk, "Wen", "Huang")
    return desk


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("ekstrom", ["Jonas Ekström"]),
        ("EKSTRÖM jon", ["Jonas Ekström"]),
        ("jon eks", ["Jonas Ekström"]),
        ("addie", ["Ada Brennan"]),
        ("example.se", ["Jonas Ekström"]),
        ("010-4432", ["Jonas Ekström"]),
        ("5550104432", ["Jonas Ekström"]),
        ("ada huang", []),
        ("*", []),
        ('"', []),
        ("", ["Ada Brennan", "Jonas Ekström", "Wen Huang"]),
        ("a", ["Ada Brennan"]),
    ],
)
def test_a_search_finds_words_by_their_beginning_in_any_order(
    found: Desk, search: str, names: list[str]
) -> None:
    assert _names(found, search) == names


def test_a_search_that_many_match_gives_what_the_index_gives(
    found: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_index = {term: _names(found, term) for term in ("e", "a", "jon ek", "010", "x")}
    monkeypatch.setattr(client_list, "_MANY", -1)
    assert {term: _names(found, term) for term in by_index} == by_index


def test_the_list_can_be_sorted_and_read_in_pages(found: Desk) -> None:
    by_first = [row.name for row in found.clients.page(order=ClientOrder.FIRST_NAME)]
    newest = [row.name for row in found.clients.page(order=ClientOrder.NEWEST)]
    assert by_first == ["Ada Brennan", "Jonas Ekström", "Wen Huang"]
    assert newest == ["Wen Huang", "Ada Brennan", "Jonas Ekström"]
    assert [row.name for row in found.clients.page(offset=1, limit=1)] == ["Jonas Ekström"]


@pytest.fixture
def mixed(desk: Desk, clock: Clock, letterbox: Letterbox) -> Desk:
    """One client of every status, and one archived."""

    def refuse(envelope: Envelope) -> None:
        if "refused" in envelope.recipient:
            raise Refused(Stage.RECIPIENT, ServerReply(550, "5.1.1 No such user"))

    letterbox.answer = refuse
    ids = {
        name: _add(desk, name, "Client")
        for name in ("plain", "expired", "active", "disabled", "invited", "refused", "queued")
    }
    desk.clients.archive([_add(desk, "gone", "Client")])
    desk.clients.finish_setup(ids["plain"])
    desk.portal_access.invite(ids["expired"], NOTHING)
    desk.sender.send_due()
    clock.advance(days=15)
    for name in ("active", "disabled", "invited", "refused"):
        desk.portal_access.invite(ids[name], NOTHING)
    desk.sender.send_due()
    for name in ("active", "disabled"):
        desk.portal_access.accept(ids[name], clock())
    desk.portal_access.disable(ids["disabled"])
    desk.portal_access.invite(ids["queued"], NOTHING)
    return desk


def test_every_chip_count_is_what_its_filter_shows(mixed: Desk) -> None:
    counts = mixed.clients.counts()
    for shown in ClientFilter:
        rows = mixed.clients.page(shown=shown)
        assert counts[shown] == len(rows), shown
        assert [row.id for row in rows] == mixed.clients.ids(shown=shown)


def test_each_client_has_the_status_that_its_story_gives(mixed: Desk) -> None:
    by_name = {row.first_name: row.status for row in mixed.clients.page()}
    assert by_name == {
        "plain": PortalStatus.NOT_INVITED,
        "expired": PortalStatus.EXPIRED,
        "active": PortalStatus.ACTIVE,
        "disabled": PortalStatus.DISABLED,
        "invited": PortalStatus.INVITED,
        "refused": PortalStatus.NOT_DELIVERED,
        "queued": PortalStatus.QUEUED,
    }


def test_the_filters_show_whom_they_name(mixed: Desk) -> None:
    def shown(filter_: ClientFilter) -> list[str]:
        return sorted(row.first_name for row in mixed.clients.page(shown=filter_))

    assert shown(ClientFilter.NOT_INVITED) == ["plain"]
    assert shown(ClientFilter.INVITED) == ["invited"]
    assert shown(ClientFilter.ATTENTION) == ["refused"]
    assert shown(ClientFilter.ARCHIVED) == ["gone"]
    assert shown(ClientFilter.NEEDS_SETUP) == []


def test_a_client_with_an_open_request_is_waited_for(desk: Desk) -> None:
    form = desk.forms.library()[0]
    client_id = _add(desk, "Ada", "Brennan")
    desk.portal_access.invite(client_id, InvitationRequest(features=(), form_ids=(form.id,)))
    waiting = desk.clients.page(shown=ClientFilter.WAITING)
    assert [row.id for row in waiting] == [client_id]
    assert desk.clients.counts()[ClientFilter.WAITING] == 1


@pytest.mark.parametrize("search", ["", "client", "re", "active client", "nobody", "*"])
def test_a_search_within_a_filter_gives_the_same_on_screen_and_for_select_all(
    mixed: Desk, search: str
) -> None:
    for shown in ClientFilter:
        rows = mixed.clients.page(search=search, shown=shown)
        assert [row.id for row in rows] == mixed.clients.ids(search=search, shown=shown)
        assert all(search.split(" ")[0] in f"{row.name} {row.email}".lower() for row in rows)
