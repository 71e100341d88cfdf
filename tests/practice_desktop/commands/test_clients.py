import pytest

from tests.practice_desktop.commands.conftest import Line, Records


@pytest.mark.usefixtures("office")
def test_clients_are_listed_with_what_a_program_needs(records: Records) -> None:
    listed = records("clients")
    assert [row["first_name"] for row in listed] == ["Ada", "Marcus", "Jonas"]
    assert listed[0]["created_at"].endswith("+00:00")
    assert listed[0] | {"id": 0, "created_at": ""} == {
        "id": 0,
        "first_name": "Ada",
        "last_name": "Brennan",
        "email": "ada@example.org",
        "portal_status": "Not invited",
        "preferred_name": "",
        "pronouns": "",
        "date_of_birth": None,
        "client_type": "individual",
        "phone": "(555) 010-1234",
        "address": "",
        "time_zone": "",
        "may_email": True,
        "discreet_email": False,
        "external_id": "",
        "needs_setup": False,
        "archived": False,
        "created_at": "",
    }


@pytest.mark.usefixtures("office")
def test_a_search_finds_by_any_of_name_address_and_phone(line: Line, records: Records) -> None:
    for text, found in (("ekstrom", ["Jonas"]), ("5550101234", ["Ada"]), ("nobody", [])):
        assert [row["first_name"] for row in records("clients", "--search", text)] == found
    assert line("clients", "--search", "nobody")[1] == "No client was found.\n"


def test_an_empty_practice_is_a_sentence_or_an_empty_list(line: Line, records: Records) -> None:
    assert line("clients") == (0, "There are no clients yet.\n", "")
    assert records("clients") == []
