import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow

from practice_desktop.services.clients import ClientDraft, ContactDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.clients.contacts_card import ContactsCard
from practice_desktop.views.dialogs.contact import ContactDialog
from practice_desktop.views.widgets.buttons import MoreActionsButton
from practice_desktop.vocabulary import Relationship
from tests.practice_desktop.views.hand import Answer, choose, press, top_dialog


@pytest.fixture
def samuel(desk: Desk) -> int:
    client_id = desk.clients.add(ClientDraft("Samuel", "Grant"))
    mia = ContactDraft("Mia", "Grant", Relationship.PARTNER, "mia@example.net", "(555) 010-2211")
    desk.clients.add_contact(client_id, mia)
    return client_id


@pytest.fixture
def card(desk: Desk, samuel: int, window: QMainWindow) -> ContactsCard:
    card = ContactsCard(desk.clients)
    window.setCentralWidget(card)
    card.show_contacts(desk.clients.profile(samuel))
    return card


def texts(card: ContactsCard) -> set[str]:
    return {label.text() for label in card.findChildren(QLabel) if label.isVisible()}


def test_a_contact_shows_who_it_is_and_how_to_reach_it(card: ContactsCard) -> None:
    assert {"Mia Grant", "Partner · mia@example.net · (555) 010-2211"} <= texts(card)


def test_adding_opens_the_dialog_for_this_client(
    card: ContactsCard, desk: Desk, samuel: int
) -> None:
    press(card, "Add contact")
    dialog = top_dialog(ContactDialog)
    QTest.keyClicks(dialog.first_name, "Ada")
    press(dialog, "Add contact")
    assert len(desk.clients.profile(samuel).contacts) == 2


def test_editing_shows_what_is_kept(card: ContactsCard) -> None:
    choose(card.findChildren(MoreActionsButton)[0], "Edit…")
    dialog = top_dialog(ContactDialog)
    assert dialog.first_name.text() == "Mia"
    dialog.reject()


def test_removing_asks_first(card: ContactsCard, desk: Desk, samuel: int) -> None:
    dots = card.findChildren(MoreActionsButton)[0]
    Answer("Cancel")
    choose(dots, "Remove")
    assert desk.clients.profile(samuel).contacts
    answer = Answer("Remove")
    choose(dots, "Remove")
    assert "Mia Grant" in answer.asked
    profile = desk.clients.profile(samuel)
    assert profile.contacts == ()
    card.show_contacts(profile)
    assert "A parent, a partner, somebody to call in an emergency." in texts(card)
