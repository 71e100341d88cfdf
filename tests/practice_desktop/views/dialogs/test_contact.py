import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft, ContactDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.contact import ContactDialog
from practice_desktop.vocabulary import Relationship
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def samuel(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Samuel", "Grant"))


def test_a_contact_is_added(window: QMainWindow, desk: Desk, samuel: int, qtbot: QtBot) -> None:
    dialog = ContactDialog(window, desk.clients, samuel)
    dialog.open()
    QTest.keyClicks(dialog.first_name, "Mia")
    dialog.relation.setCurrentText("Emergency contact")
    QTest.keyClicks(dialog.phone, "(555) 010-2211")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Add contact")
    (contact,) = desk.clients.profile(samuel).contacts
    assert contact.draft == ContactDraft(
        "Mia", relation=Relationship.EMERGENCY, phone="(555) 010-2211"
    )


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    window: QMainWindow, desk: Desk, samuel: int, qtbot: QtBot
) -> None:
    dialog = ContactDialog(window, desk.clients, samuel)
    dialog.open()
    QTest.keyClicks(dialog.first_name, "Mia")
    QTest.keyClicks(dialog.email, "mia at home")
    press(dialog, "Add contact")
    assert dialog.email.accessibleDescription()
    assert dialog.first_name.text() == "Mia"
    assert desk.clients.profile(samuel).contacts == ()


def test_somebody_elses_edit_is_not_overwritten(
    window: QMainWindow, desk: Desk, samuel: int, qtbot: QtBot
) -> None:
    desk.clients.add_contact(samuel, ContactDraft("Mia"))
    (contact,) = desk.clients.profile(samuel).contacts
    dialog = ContactDialog(window, desk.clients, samuel, contact)
    dialog.open()
    desk.clients.save_contact(contact.id, contact.version, ContactDraft("Maria"))
    QTest.keyClicks(dialog.last_name, "Grant")
    press(dialog, "Save")
    assert dialog.error_label.isVisible()
    assert dialog.last_name.text() == "Grant"
    assert desk.clients.profile(samuel).contacts[0].name == "Maria"


def test_leaving_with_something_typed_asks_first(
    window: QMainWindow, desk: Desk, samuel: int, qtbot: QtBot
) -> None:
    dialog = ContactDialog(window, desk.clients, samuel)
    dialog.open()
    QTest.keyClicks(dialog.first_name, "Mia")
    Answer("Cancel")
    dialog.reject()
    assert dialog.isVisible()
    Answer("Discard changes")
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()
