import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.services.client_names import ClientName, read_name, split_name


@pytest.mark.parametrize(
    ("full", "name"),
    [
        ("Ann Smith", ("Ann", "Smith", "", False)),
        ("Smith, Ann", ("Ann", "Smith", "", False)),
        ("Smith, William (Bill)", ("William", "Smith", "Bill", False)),
        ('William "Bill" Smith', ("William", "Smith", "Bill", False)),
        ("Dr. Ann M. Smith Jr.", ("Ann M.", "Smith Jr.", "", False)),
        ("Smith, Ann, Jr.", ("Ann", "Smith Jr.", "", False)),
        ("Ann Smith, PhD", ("Ann", "Smith PhD", "", False)),
        ("Maria de la Cruz", ("Maria", "de la Cruz", "", False)),
        ("Ann van der Berg", ("Ann", "van der Berg", "", False)),
        ("Cher", ("Cher", "", "", False)),
        ("", ("", "", "", False)),
        ("Ann & Bob Smith", ("Ann & Bob", "Smith", "", True)),
        ("Ann Smith & Bob Jones", ("Ann & Bob", "Smith & Jones", "", True)),
        ("Ann and Bob Smith", ("Ann & Bob", "Smith", "", True)),
        ("Smith, Ann & Bob", ("Ann & Bob", "Smith", "", True)),
        ("Ann/Bob Smith", ("Ann & Bob", "Smith", "", True)),
        ("SMITH, ANN", ("Ann", "Smith", "", False)),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(full: str, name: tuple[str, str, str, bool]) -> None:
    assert split_name(full) == ClientName(*name)


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Ann", "Smith", ("Ann", "Smith", "", False)),
        ("William (Bill)", "Smith", ("William", "Smith", "Bill", False)),
        ("Ann / Bob", "Smith / Jones", ("Ann & Bob", "Smith & Jones", "", True)),
        ("Ann & Bob", "Smith", ("Ann & Bob", "Smith", "", True)),
        ("Ann", "Smith/Jones", ("Ann", "Smith/Jones", "", False)),
        ("<img src=x/>", "A & B", ("<img src=x/>", "A & B", "", False)),
        ("Andrea", "Anderson", ("Andrea", "Anderson", "", False)),
    ],
)
def test_a_name_in_two_cells_may_hold_a_nickname_or_two_people(
    first: str, last: str, name: tuple[str, str, str, bool]
) -> None:
    assert read_name(first, last) == ClientName(*name)


@pytest.mark.parametrize(
    ("first", "last", "plain"),
    [
        ("ANN", "SMITH", "Ann Smith"),
        ("MARY-ANN", "O'BRIEN", "Mary-Ann O'Brien"),
        ("SEAN", "MCDONALD", "Sean McDonald"),
        ("ÉLISE", "ÖBERG", "Élise Öberg"),
        ("HENRY", "SMITH III", "Henry Smith III"),
        ("DJ", "Ray", "DJ Ray"),
        ("ANN", "Smith", "ANN Smith"),
        ("AJ", "NG", "AJ NG"),
    ],
)
def test_capitals_are_undone_only_where_the_whole_name_is_in_them(
    first: str, last: str, plain: str
) -> None:
    name = read_name(first, last)
    assert f"{name.first} {name.last}" == plain


@given(st.text(max_size=40))
def test_no_text_breaks_it_and_no_name_appears_from_nothing(text: str) -> None:
    name = split_name(text)
    if not text.strip(" ,()\"'“”„&/.\t\n\r"):
        return
    assert isinstance(name.first + name.last, str)
