from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.clients.details_tab import DetailsTab
from practice_desktop.vocabulary import Feature, Relationship
from tests.practice_desktop.views.hand import Answer, press

SAMUEL = ClientDraft("Samuel", "Grant", "Sam", email="s.grant@example.net", phone="555 0100")


@pytest.fixture
def samuel(desk: Desk) -> int:
    return desk.clients.add(SAMUEL)


@pytest.fixture
def tab(desk: Desk, samuel: int, window: QMainWindow) -> DetailsTab:
    tab = DetailsTab(desk.clients)
    window.setCentralWidget(tab)
    tab.show_profile(desk.clients.profile(samuel))
    window.activateWindow()
    return tab


def test_save_and_undo_appear_when_something_changed(tab: DetailsTab) -> None:
    assert not tab.save_button.isVisible()
    QTest.keyClicks(tab.form.pronouns, "he")
    assert tab.save_button.isVisible()
    QTest.keyClick(tab.form.pronouns, Qt.Key.Key_Backspace)
    QTest.keyClick(tab.form.pronouns, Qt.Key.Key_Backspace)
    assert not tab.save_button.isVisible()


def test_saving_keeps_what_was_typed(
    tab: DetailsTab, desk: Desk, samuel: int, qtbot: QtBot
) -> None:
    QTest.keyClicks(tab.form.pronouns, "he/him")
    with qtbot.waitSignal(tab.saved):
        press(tab, "Save")
    assert desk.clients.profile(samuel).draft.pronouns == "he/him"
    assert not tab.dirty
    assert not tab.save_button.isVisible()


def test_control_s_saves(tab: DetailsTab, desk: Desk, samuel: int, qtbot: QtBot) -> None:
    QTest.keyClicks(tab.form.pronouns, "he/him")
    qtbot.waitUntil(tab.isActiveWindow)
    with qtbot.waitSignal(tab.saved):
        QTest.keyClick(tab.form.pronouns, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.clients.profile(samuel).draft.pronouns == "he/him"


def test_undo_puts_back_what_is_on_file(tab: DetailsTab) -> None:
    tab.form.first_name.setText("Somebody")
    press(tab, "Undo")
    assert tab.form.first_name.text() == "Samuel"
    assert not tab.dirty


def test_what_cannot_be_taken_is_told_beside_the_field_and_stays(
    tab: DetailsTab, desk: Desk, samuel: int
) -> None:
    tab.form.first_name.setText("")
    tab.form.pronouns.setText("he/him")
    press(tab, "Save")
    assert tab.form.first_name.accessibleDescription()
    assert tab.form.pronouns.text() == "he/him"
    assert desk.clients.profile(samuel).draft == SAMUEL


def test_an_edit_that_came_second_overwrites_nothing_and_can_be_merged(
    tab: DetailsTab, desk: Desk, samuel: int
) -> None:
    profile = desk.clients.profile(samuel)
    tab.form.pronouns.setText("he/him")
    desk.clients.save(samuel, profile.version, replace(SAMUEL, phone="555 0199"))
    press(tab, "Save")
    assert tab.stale.isVisible()
    assert desk.clients.profile(samuel).draft.pronouns == ""
    press(tab, "Reload")
    assert tab.form.phone.text() == "555 0199"
    assert tab.form.pronouns.text() == "he/him"
    press(tab, "Save")
    draft = desk.clients.profile(samuel).draft
    assert (draft.phone, draft.pronouns) == ("555 0199", "he/him")
    assert not tab.stale.isVisible()


def test_a_change_elsewhere_is_shown_at_once_where_nothing_is_typed(
    tab: DetailsTab, desk: Desk, samuel: int
) -> None:
    profile = desk.clients.profile(samuel)
    fresh = desk.clients.save(samuel, profile.version, replace(SAMUEL, phone="555 0199"))
    tab.show_profile(fresh)
    assert tab.form.phone.text() == "555 0199"
    assert not tab.stale.isVisible()


def test_a_change_elsewhere_is_told_while_something_is_typed(
    tab: DetailsTab, desk: Desk, samuel: int
) -> None:
    tab.form.pronouns.setText("he/him")
    profile = desk.clients.profile(samuel)
    fresh = desk.clients.save(samuel, profile.version, replace(SAMUEL, phone="555 0199"))
    tab.show_profile(fresh)
    assert tab.stale.isVisible()
    assert tab.form.pronouns.text() == "he/him"
    assert tab.form.phone.text() == "555 0100"


@pytest.mark.parametrize(
    ("label", "left", "pronouns"),
    [("Save", True, "he/him"), ("Discard changes", True, ""), ("Cancel", False, "")],
)
def test_leaving_unsaved_edits_asks_first(
    tab: DetailsTab, desk: Desk, samuel: int, label: str, left: bool, pronouns: str
) -> None:
    tab.form.pronouns.setText("he/him")
    answer = Answer(label)
    assert tab.may_leave() is left
    assert "Samuel" in answer.asked
    assert desk.clients.profile(samuel).draft.pronouns == pronouns
    assert tab.form.pronouns.text() == ("" if label == "Discard changes" else "he/him")


def test_leaving_with_nothing_typed_asks_nothing(tab: DetailsTab) -> None:
    assert tab.may_leave()


def test_start_setup_stands_there_until_setup_is_done(
    tab: DetailsTab, desk: Desk, samuel: int, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(tab.setup_wanted):
        press(tab, "Start Setup")
    desk.clients.finish_setup(samuel)
    tab.show_profile(desk.clients.profile(samuel))
    assert not tab.setup.isVisible()


def test_the_address_of_an_invited_client_is_locked(
    tab: DetailsTab, desk: Desk, samuel: int, qtbot: QtBot
) -> None:
    desk.portal_access.invite(samuel, InvitationRequest((Feature.SECURE_MESSAGES,)))
    tab.show_profile(desk.clients.profile(samuel))
    assert tab.form.locked_email.isVisible()
    with qtbot.waitSignal(tab.change_address_wanted):
        press(tab, "Change email address…")
    tab.form.phone.setText("555 0199")
    press(tab, "Save")
    assert desk.clients.profile(samuel).draft.phone == "555 0199"


def test_a_taken_address_offers_its_owner_as_a_contact(
    tab: DetailsTab, desk: Desk, samuel: int
) -> None:
    desk.clients.add(ClientDraft("Mia", "Grant", email="mia@example.net"))
    tab.form.email.set_text("mia@example.net")
    press(tab, "Save")
    assert "Mia Grant" in tab.form.email.field.error
    tab.form.email.relation.setCurrentText("Partner")
    press(tab, "Add Mia as a contact")
    (contact,) = desk.clients.profile(samuel).contacts
    assert contact.draft.relation is Relationship.PARTNER
    assert tab.form.email.text() == "s.grant@example.net"
    assert not tab.dirty
