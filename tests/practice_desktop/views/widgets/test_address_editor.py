import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.errors import AddressTaken, InvalidInput
from practice_desktop.views.widgets.address_editor import AddressEditor
from practice_desktop.vocabulary import Relationship
from tests.practice_desktop.views.hand import press


@pytest.fixture
def editor(qtbot: QtBot) -> AddressEditor:
    editor = AddressEditor("Email")
    qtbot.addWidget(editor)
    editor.show()
    return editor


def test_a_slip_is_noticed_but_never_mended_by_itself(editor: AddressEditor) -> None:
    editor.set_text("sam@gmial.com")
    assert editor.suggestion.isVisible()
    assert editor.text() == "sam@gmial.com"
    press(editor, "Did you mean sam@gmail.com?")
    assert editor.text() == "sam@gmail.com"
    assert not editor.suggestion.isVisible()


def test_what_is_wrong_stands_beside_the_field_until_it_is_changed(editor: AddressEditor) -> None:
    editor.set_text("sam@")
    editor.show_problem(InvalidInput("email", "This is not an address."), "Sam")
    assert editor.field.error == "This is not an address."
    assert not editor.add_contact.isVisible()
    editor.set_text("sam@example.net")
    assert editor.field.error == ""


def test_a_taken_address_offers_its_owner_as_a_contact(editor: AddressEditor, qtbot: QtBot) -> None:
    taken = AddressTaken("email", "It is Ada's.", owner_id=7, owner_first_name="Ada")
    editor.show_problem(taken, "Sam")
    editor.relation.setCurrentText("Partner")
    with qtbot.waitSignal(editor.contact_wanted) as wanted:
        press(editor, "Add Ada as a contact")
    assert wanted.args == [7, Relationship.PARTNER]
