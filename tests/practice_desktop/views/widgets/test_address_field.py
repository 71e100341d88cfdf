import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from practice_desktop.errors import AddressTaken
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.widgets.address_field import AddressField
from practice_desktop.vocabulary import Relationship
from tests.practice_desktop.views.hand import press


@pytest.fixture
def mia(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Mia", "Grant"))


@pytest.fixture
def field(desk: Desk, mia: int, qtbot: QtBot) -> AddressField:
    """Mia's, after her father's address was tried for her."""
    draft = ClientDraft("Samuel", "Grant", email="sam@example.net", phone="(207) 555-0144")
    desk.clients.add(draft)
    field = AddressField(desk.clients, mia)
    qtbot.addWidget(field)
    field.show()
    field.set_text("sam@example.net")
    with pytest.raises(AddressTaken) as taken:
        desk.clients.confirm_address(mia, field.text(), may_email=True, discreet_email=False)
    field.tell(taken.value)
    return field


def test_its_name_is_its_label(field: AddressField) -> None:
    assert field.editor.accessibleName() == "Email address"


def test_a_taken_address_names_its_owner(field: AddressField) -> None:
    assert "Samuel Grant" in field.field.error


def test_the_owner_is_added_as_a_contact_of_this_client_instead(
    field: AddressField, desk: Desk, mia: int
) -> None:
    field.relation.setCurrentText("Parent")
    press(field, "Add Samuel as a contact")
    (contact,) = desk.clients.profile(mia).contacts
    assert contact.name == "Samuel Grant"
    assert contact.draft.relation is Relationship.PARENT
    assert contact.draft.email == "sam@example.net"
    assert contact.draft.phone == "(207) 555-0144"
    assert desk.clients.profile(mia).draft.email == ""
    said = [label.text() for label in field.news.findChildren(QLabel)]
    assert "Samuel is now a contact of Mia" in said
    assert field.text() == ""


def test_typing_another_address_takes_the_offer_away(field: AddressField) -> None:
    field.set_text("mia@example.net")
    assert field.field.error == ""
    assert not field.add_contact.isVisible()
