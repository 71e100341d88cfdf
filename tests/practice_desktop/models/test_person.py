from practice_desktop.models.client import Client


def test_a_person_is_addressed_by_the_preferred_name_where_there_is_one() -> None:
    assert Client(first_name="Samuel", preferred_name="Sam").addressed_as == "Sam"
    assert Client(first_name="Samuel", preferred_name="").addressed_as == "Samuel"


def test_a_name_with_one_half_missing_has_no_stray_space() -> None:
    assert Client(first_name="Cher", last_name="").name == "Cher"
    assert Client(first_name="Samuel", last_name="Grant").name == "Samuel Grant"
