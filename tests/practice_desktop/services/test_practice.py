import pytest

from practice_desktop.errors import InvalidInput, StaleEdit
from practice_desktop.services.desk import Desk
from practice_desktop.services.practice import check_portal_address, is_loopback
from practice_desktop.vocabulary import Feature
from practice_desktop.wiring import Program


def test_a_new_practice_has_the_usual_defaults(program: Program) -> None:
    practice = program.desk.practice.load()
    assert practice.link_days == 14
    assert practice.offered == tuple(Feature)
    assert Feature.CLIENT_UPLOADS not in practice.defaults


def test_only_what_is_given_changes(desk: Desk) -> None:
    before = desk.practice.load()
    after = desk.practice.save(phone=" (207)  555-0141 ")
    assert after.phone == "(207) 555-0141"
    assert after.name == before.name
    assert after.version == before.version + 1


def test_a_stale_edit_is_refused(desk: Desk) -> None:
    version = desk.practice.load().version
    desk.practice.save(name="Harbor Therapy", version=version)
    with pytest.raises(StaleEdit):
        desk.practice.save(name="Harbour", version=version)
    assert desk.practice.load().name == "Harbor Therapy"


@pytest.mark.parametrize(
    "address",
    [
        "portal.example.org",
        "ftp://portal.example.org",
        "http://portal.example.org",
        "https://",
        "https://portal.example.org/?a=b",
        "https://portal.example.org/#x",
        "https://user@portal.example.org",
        "https://portal.exam ple.org",
        "https://portal.example.org:port",
    ],
)
def test_an_address_that_would_not_lead_to_a_portal_is_refused(desk: Desk, address: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        desk.practice.save(portal_address=address)
    assert refusal.value.field == "portal_address"


def test_plain_http_is_taken_on_this_computer_only() -> None:
    assert check_portal_address("http://127.0.0.1:8123/") == "http://127.0.0.1:8123"
    assert check_portal_address("http://localhost:8123") == "http://localhost:8123"
    assert check_portal_address("http://[::1]:8123") == "http://[::1]:8123"
    assert check_portal_address(" https://portal.example.org/p/ ") == "https://portal.example.org/p"
    assert check_portal_address(" ") == ""


def test_loopback_is_known_by_name_and_number() -> None:
    assert is_loopback("LOCALHOST")
    assert is_loopback("127.8.8.8")
    assert not is_loopback("localhost.example.org")
    assert not is_loopback("10.0.0.1")


@pytest.mark.parametrize("days", [0, 61])
def test_the_life_of_a_link_has_bounds(desk: Desk, days: int) -> None:
    with pytest.raises(InvalidInput):
        desk.practice.save(link_days=days)


def test_a_feature_that_the_practice_switched_off_is_shown_off_with_the_reason(desk: Desk) -> None:
    desk.practice.save(offered=(Feature.CLIENT_UPLOADS,), defaults=(Feature.CLIENT_UPLOADS,))
    choices = {choice.feature: choice for choice in desk.practice.feature_choices()}
    assert choices[Feature.CLIENT_UPLOADS].ticked
    assert not choices[Feature.SECURE_MESSAGES].available
    assert "Settings" in choices[Feature.SECURE_MESSAGES].reason
    assert not choices[Feature.SECURE_MESSAGES].ticked


def test_the_names_under_working_as_are_kept_in_order(desk: Desk) -> None:
    for name in ("Kim", "dana ", "Ana"):
        desk.practice.add_staff(name)
    assert desk.practice.staff() == ("Ana", "dana", "Kim")
    desk.practice.remove_staff("Kim")
    assert desk.practice.staff() == ("Ana", "dana")
    for name in (" ", "DANA"):
        with pytest.raises(InvalidInput):
            desk.practice.add_staff(name)
