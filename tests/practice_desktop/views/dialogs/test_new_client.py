import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.new_client import NewClientDialog
from practice_desktop.vocabulary import ClientType, PortalStatus, Relationship
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def dialog(window: QMainWindow, desk: Desk) -> NewClientDialog:
    dialog = NewClientDialog(window, desk.clients)
    dialog.open()
    return dialog


def test_two_names_are_enough(dialog: NewClientDialog, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.first_name, "Samuel")
    QTest.keyClicks(dialog.last_name, "Grant")
    with qtbot.waitSignal(dialog.added) as added:
        QTest.keyClick(dialog.last_name, Qt.Key.Key_Return)
    assert added.args is not None
    profile = desk.clients.profile(added.args[0])
    assert profile.name == "Samuel Grant"
    assert profile.needs_setup
    assert profile.status is PortalStatus.NOT_INVITED


def test_a_minor_with_a_phone_number(dialog: NewClientDialog, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.first_name, "Kim")
    QTest.keyClicks(dialog.last_name, "Li")
    dialog.kind.setCurrentText("Minor")
    QTest.keyClicks(dialog.phone, "555 0100")
    press(dialog, "Add client")
    draft = desk.clients.profile(desk.clients.ids()[0]).draft
    assert (draft.client_type, draft.phone) == (ClientType.MINOR, "555 0100")


def test_a_missing_name_is_told_beside_its_field(
    dialog: NewClientDialog, desk: Desk, qtbot: QtBot
) -> None:
    QTest.keyClicks(dialog.first_name, "Samuel")
    press(dialog, "Add client")
    assert dialog.last_name.accessibleDescription()
    assert dialog.isVisible()
    assert desk.clients.ids() == []


def test_a_taken_address_can_become_a_contact_of_the_new_client(
    dialog: NewClientDialog, desk: Desk, qtbot: QtBot
) -> None:
    desk.clients.add(ClientDraft("Ada", "Grant", email="ada@example.org"))
    QTest.keyClicks(dialog.first_name, "Mia")
    QTest.keyClicks(dialog.last_name, "Grant")
    dialog.email.set_text("ada@example.org")
    press(dialog, "Add client")
    assert "Ada Grant" in dialog.email.field.error
    dialog.email.relation.setCurrentText("Parent")
    with qtbot.waitSignal(dialog.added) as added:
        press(dialog, "Add Ada as a contact")
    assert added.args is not None
    profile = desk.clients.profile(added.args[0])
    assert (profile.name, profile.draft.email) == ("Mia Grant", "")
    (contact,) = profile.contacts
    assert contact.name == "Ada Grant"
    assert contact.draft.relation is Relationship.PARENT


def test_leaving_with_something_typed_asks_first(dialog: NewClientDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.first_name, "Samuel")
    Answer("Cancel")
    dialog.reject()
    assert dialog.isVisible()
    Answer("Discard")
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()
