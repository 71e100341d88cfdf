import pytest

from practice_desktop.services.client_table import ClientTable
from practice_desktop.services.column_mapping import Column, suggest_columns
from practice_desktop.services.column_target import Target


def suggested(headers: str, *rows: str) -> dict[str, Column]:
    cells = [tuple(row.split("|")) for row in rows]
    table = ClientTable("x.csv", tuple(headers.split("|")), cells, list(range(len(cells))))
    return {column.header: column for column in suggest_columns(table)}


def targets(headers: str, *rows: str) -> dict[str, Target]:
    return {header: column.target for header, column in suggested(headers, *rows).items()}


def test_unknown_columns_are_kept_and_sensitive_ones_are_not() -> None:
    found = suggested("Name|SSN|Insurance", "Ann|123-45-6789|Aetna")
    assert found["Insurance"].target is Target.DETAIL
    assert found["SSN"].target is Target.NOT_IMPORTED
    assert found["SSN"].sensitive


def test_social_security_numbers_are_known_by_their_shape_too() -> None:
    assert targets("Name|Code", "Ann|123-45-6789", "Bo|987-65-4321")["Code"] is Target.NOT_IMPORTED
    assert targets("Name|Code", "Ann|123-45-6789", "Bo|none")["Code"] is Target.DETAIL


def test_samples_are_the_first_different_values() -> None:
    found = suggested("Name|State", "A|SC", "B|", "C|SC", "D|GA", "E|NC", "F|FL")
    assert found["State"].samples == ("SC", "GA", "NC")


def test_a_field_that_takes_one_column_takes_the_fullest() -> None:
    found = targets("ID|Client ID|Name", "|7|Ann", "|8|Bo", "3|9|Cy")
    assert found == {
        "ID": Target.DETAIL,
        "Client ID": Target.EXTERNAL_ID,
        "Name": Target.FULL_NAME,
    }


def test_all_addresses_to_reach_somebody_are_offered_best_first() -> None:
    found = suggested("Name|Business Phone|Mobile Phone|Home Phone", "Ann|1|2|3")
    assert all(
        found[header].target is Target.PHONE
        for header in ("Business Phone", "Mobile Phone", "Home Phone")
    )
    assert found["Mobile Phone"].rank < found["Home Phone"].rank < found["Business Phone"].rank


def test_the_fullest_of_several_postal_addresses_is_the_clients() -> None:
    found = targets(
        "Name|Business Street|Business City|Home Street|Home City",
        "Ann||Boston|1 Main|Salem",
        "Bo||||Salem",
    )
    assert found["Home Street"] is Target.STREET
    assert found["Home City"] is Target.CITY
    assert found["Business City"] is Target.DETAIL


def test_at_home_comes_before_at_work_where_both_are_as_full() -> None:
    found = targets("Name|Business City|Home City", "Ann|Boston|Salem")
    assert found["Home City"] is Target.CITY
    assert found["Business City"] is Target.DETAIL


@pytest.mark.parametrize(
    ("values", "target"),
    [(("Couple", "child"), Target.CLIENT_TYPE), (("Couple", "VIP"), Target.DETAIL)],
)
def test_a_type_is_one_only_where_its_words_are_known(
    values: tuple[str, str], target: Target
) -> None:
    assert targets("Name|Type", f"A|{values[0]}", f"B|{values[1]}")["Type"] is target
