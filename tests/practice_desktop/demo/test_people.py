from itertools import islice

from practice_desktop.demo.people import NUMBER, made_up_people
from practice_desktop.services.addresses import check_address
from practice_desktop.vocabulary import ClientType


def test_they_are_the_same_people_every_time() -> None:
    assert list(made_up_people(20)) == list(islice(made_up_people(40), 20))


def test_everybody_has_a_name_and_an_address_of_their_own() -> None:
    people = list(made_up_people(NUMBER))
    assert len({(p.first_name, p.last_name) for p in people}) == NUMBER
    assert len({p.email for p in people}) == NUMBER
    assert all(check_address(p.email) == p.email for p in people)


def test_every_type_of_client_is_among_them_and_only_the_young_are_minors() -> None:
    people = list(made_up_people(NUMBER))
    assert {p.client_type for p in people} == set(ClientType)
    born = {
        p.date_of_birth.year
        for p in people
        if p.client_type is ClientType.MINOR and p.date_of_birth
    }
    assert min(born) >= 2010
