import pytest

from practice_desktop.commands.selection import (
    choose,
    choose_features,
    choose_forms,
    find_clients,
    split_titles,
)
from practice_desktop.errors import InvalidInput, NotFound
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.vocabulary import Feature


def test_clients_are_found_by_id_or_address_and_each_once(desk: Desk) -> None:
    ada = desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org"))
    theo = desk.clients.add(ClientDraft("Theo", "Jansen"))
    assert find_clients(desk, ["ADA@example.org", str(theo), str(ada)]) == [ada, theo]
    with pytest.raises(NotFound):
        find_clients(desk, [str(ada), "999"])


def test_a_name_is_found_in_any_case_and_a_slip_gets_a_hint() -> None:
    known = {"PHQ-9": 1, "GAD-7": 2}
    assert choose("form", " phq-9 ", known) == 1
    with pytest.raises(InvalidInput, match=r"Did you mean GAD-7\?"):
        choose("form", "gad7", known)
    with pytest.raises(InvalidInput, match=r"Nothing was changed\.$"):
        choose("form", "something else", known)


def test_a_packet_and_forms_give_each_form_once(desk: Desk) -> None:
    ids = {form.title: form.id for form in desk.forms.library()}
    [packet] = [packet for packet in desk.forms.packets() if packet.name == "New adult"]
    assert choose_forms(desk, None, []) == ()
    assert choose_forms(desk, "new adult", ["PHQ-9", "PHQ-2"]) == (*packet.form_ids, ids["PHQ-2"])


def test_features_are_the_practices_defaults_unless_named(desk: Desk) -> None:
    assert choose_features(desk, []) == desk.practice.load().defaults
    named = choose_features(desk, ["client_uploads", "secure Messages", "Client uploads"])
    assert named == (Feature.CLIENT_UPLOADS, Feature.SECURE_MESSAGES)


def test_a_feature_that_the_practice_does_not_offer_is_refused_with_the_reason(desk: Desk) -> None:
    desk.practice.save(offered=(Feature.SECURE_MESSAGES,), defaults=(Feature.SECURE_MESSAGES,))
    with pytest.raises(InvalidInput, match="switched this off"):
        choose_features(desk, ["client_uploads"])


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", []),
        (" , ", []),
        ("PHQ-9", ["PHQ-9"]),
        ("PHQ-9, GAD-7", ["PHQ-9", "GAD-7"]),
        ("phq-9,rules, fees and you,GAD-7", ["phq-9", "rules, fees and you", "GAD-7"]),
        ("rules,fees", ["rules", "fees"]),
    ],
)
def test_titles_stand_between_commas_and_may_hold_them(text: str, titles: list[str]) -> None:
    assert split_titles(text, ["PHQ-9", "GAD-7", "Rules, fees and you"]) == titles
