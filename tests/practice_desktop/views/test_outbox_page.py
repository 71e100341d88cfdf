"""The Outbox page, driven as a person does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.ports import Broken, Stage
from practice_desktop.services.clients import ClientDraft
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.messages import MessageDialog
from practice_desktop.views.outbox_model import CLIENT, STATE
from practice_desktop.views.outbox_page import OutboxPage
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import OutboxFilter
from tests.practice_desktop.outbox_office import Office
from tests.practice_desktop.scripted_mail import refusal
from tests.practice_desktop.views.hand import Answer, press, top_dialog

UNKNOWN = refusal(Stage.RECIPIENT, 550, "5.1.1 user unknown")
NO_ANSWER = Broken(Stage.AFTER_DOT, "timed out")
Open = Callable[[], OutboxPage]


@pytest.fixture
def bridge(office: Office) -> Iterator[Bridge]:
    bridge = Bridge(office.program.database.data_version)
    office.program.database.on_commit = bridge.note_commit
    yield bridge
    office.program.database.on_commit = None


@pytest.fixture
def show_page(
    office: Office, tasks: Tasks, bridge: Bridge, window: QMainWindow, qtbot: QtBot
) -> Open:
    def show() -> OutboxPage:
        desk = office.desk
        page = OutboxPage(desk.outbox, desk.sender, desk.practice, tasks, bridge)
        window.setCentralWidget(page)
        qtbot.waitUntil(page.isVisible)
        return page

    return show


def cell(page: OutboxPage, row: int, column: int) -> str:
    return str(page.model.index(row, column).data())


def test_the_page_shows_what_is_to_send_with_counts(office: Office, show_page: Open) -> None:
    office.invite(office.add_client("Jonas Ekström"))
    office.invite(office.add_client("Ada Brennan"))
    page = show_page()
    assert [chip.text() for chip in page.chips.values()] == [
        "To send 2",
        "Needs attention 0",
        "Sent 0",
        "Cancelled 0",
    ]
    assert [cell(page, row, CLIENT) for row in range(2)] == ["Jonas Ekström", "Ada Brennan"]
    assert page.table.currentIndex().row() == 0


def test_offline_is_said_on_top_and_try_now_goes_online(office: Office, show_page: Open) -> None:
    office.invite()
    office.desk.sender.set_online(False)
    page = show_page()
    assert page.callout.sentence_label.text() == (
        "You are offline. Messages stay here and go out by themselves when the connection is back."
    )
    assert not page.send_all_button.isEnabled()
    assert page.send_all_button.toolTip().startswith("You are offline")
    press(page, "Try now")
    assert office.desk.outbox.online
    assert not page.callout.isVisible()
    assert page.send_all_button.isEnabled()


def test_the_bar_of_a_stopped_account_leads_to_settings(
    office: Office, show_page: Open, qtbot: QtBot
) -> None:
    office.invite()
    office.script.at_open = [refusal(Stage.SIGN_IN, 535, "5.7.8 no")]
    office.send()
    page = show_page()
    assert page.callout.property("tone") == "bad"
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        press(page, "Open Settings")
    assert wanted.args == ["Email"]


def test_an_empty_outbox_says_what_belongs_here(show_page: Open) -> None:
    page = show_page()
    assert page.empty.isVisible()
    assert page.empty.title_label.text() == "Nothing to send"
    assert page.send_all_button.toolTip() == "There is nothing to send."
    assert not page.send_all_button.isEnabled()


def test_send_now_hold_and_cancel_act_on_the_chosen_message(
    office: Office, show_page: Open, qtbot: QtBot
) -> None:
    jonas = office.add_client()
    office.invite(jonas)
    office.send()
    office.desk.portal_access.resend(jonas)
    resend = office.newest()
    page = show_page()
    press(page, "Hold")
    assert cell(page, 0, STATE) == "Held"
    press(page, "Send now")
    assert cell(page, 0, STATE) == "Waiting"
    press(page, "Cancel message")
    assert office.row(resend).state == "cancelled"
    assert page.empty.isVisible()


def test_cancelling_a_first_invitation_asks_first(office: Office, show_page: Open) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    page = show_page()
    no = Answer("Cancel")
    press(page, "Cancel message")
    assert no.asked == office.desk.portal_access.delete_question(jonas)
    assert office.row(message).state == "waiting"
    Answer("Delete")
    press(page, "Cancel message")
    assert office.status(jonas) == "Not invited"


def test_an_uncertain_message_is_decided_by_a_person(office: Office, show_page: Open) -> None:
    office.script.at_message = [NO_ANSWER, NO_ANSWER]
    first = office.invite()
    office.send()
    office.clock.advance(hours=1)
    second = office.invite()
    office.send()
    page = show_page()
    page.chips[OutboxFilter.ATTENTION].click()
    assert [page.model.row(row).id for row in range(2)] == [second, first]
    assert "Ask the client whether it arrived" in page.pane.advice_label.text()
    press(page, "It arrived")
    assert office.row(second).state == "sent"
    press(page, "Send again")
    assert office.row(first).state == "waiting"
    assert page.empty.title_label.text() == "Nothing needs attention"


def test_a_failure_shows_the_servers_words_behind_details(office: Office, show_page: Open) -> None:
    office.script.at_message = [UNKNOWN]
    office.invite()
    office.send()
    page = show_page()
    page.chips[OutboxFilter.ATTENTION].click()
    assert page.pane.advice_label.text() == (
        "The address does not exist. Check it with the client, then choose Change email address…"
    )
    press(page, "Details")
    dialog = top_dialog(MessageDialog)
    assert dialog.sentence_label.text() == "550 5.1.1 user unknown"
    dialog.close_button.click()
    press(page, "Dismiss")
    assert page.empty.isVisible()


def test_new_messages_are_held_while_the_button_is_down(office: Office, show_page: Open) -> None:
    page = show_page()
    press(page, "Hold new messages for review")
    message = office.invite()
    assert office.row(message).state == "held"
    press(page, "Hold new messages for review")
    assert not office.desk.practice.load().hold_new_messages


def test_send_all_releases_what_is_held(office: Office, show_page: Open) -> None:
    office.desk.practice.save(hold_new_messages=True)
    ids = [office.invite(), office.invite()]
    page = show_page()
    press(page, "Send all")
    assert office.states(ids) == ["waiting", "waiting"]
    assert cell(page, 0, STATE) == "Waiting"


def test_the_preview_follows_the_arrow_keys(office: Office, show_page: Open, qtbot: QtBot) -> None:
    office.invite(office.add_client("Jonas Ekström"))
    office.invite(office.add_client("Ada Brennan"))
    page = show_page()
    body = page.pane.preview.body
    qtbot.waitUntil(lambda: "Hello Jonas" in body.toPlainText())
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Hello Ada" in body.toPlainText())
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert page.table.currentIndex().row() == 1


def test_an_image_path_in_a_name_is_shown_and_not_opened(
    office: Office, show_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    name = f'<img src="{tmp_path}/red.png">'
    client = office.desk.clients.add(ClientDraft(name, "Ekström", email="i@example.se"))
    office.invite(client)
    page = show_page()
    assert cell(page, 0, CLIENT) == f"{name} Ekström"
    body = page.pane.preview.body
    qtbot.waitUntil(lambda: "Hello" in body.toPlainText())
    assert "<img" in body.toPlainText()


def test_searching_finds_and_says_when_there_is_nothing(office: Office, show_page: Open) -> None:
    office.invite(office.add_client("Jonas Ekström"))
    office.invite(office.add_client("Ada Brennan"))
    page = show_page()
    QTest.keyClicks(page.search, "brenn")
    assert [cell(page, row, CLIENT) for row in range(page.model.rowCount())] == ["Ada Brennan"]
    QTest.keyClicks(page.search, "zzz")
    assert page.empty.title_label.text() == "No message has these words"
    page.search.clear()
    assert page.model.rowCount() == 2


def test_a_click_on_a_header_sorts(office: Office, show_page: Open, qtbot: QtBot) -> None:
    office.invite(office.add_client("Wen Huang"))
    office.invite(office.add_client("Ada Brennan"))
    page = show_page()
    header = page.table.horizontalHeader()
    spot = header.viewport().rect().topLeft()
    spot.setX(header.sectionViewportPosition(CLIENT) + 20)
    spot.setY(10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    ordered = [cell(page, row, CLIENT) for row in range(2)]
    assert ordered in (["Ada Brennan", "Wen Huang"], ["Wen Huang", "Ada Brennan"])
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [cell(page, row, CLIENT) for row in range(2)] == ordered[::-1]


def test_a_commit_of_the_sender_is_seen_without_a_click(
    office: Office, show_page: Open, qtbot: QtBot
) -> None:
    office.invite()
    page = show_page()
    office.send()
    qtbot.waitUntil(lambda: page.chips[OutboxFilter.SENT].text() == "Sent 1")
    assert page.model.rowCount() == 0


def test_the_page_fits_a_small_window_with_large_numbers(
    office: Office, show_page: Open, window: QMainWindow
) -> None:
    page = show_page()
    for chip in page.chips.values():
        chip.setText(f"{chip.text()} 123,456")
    assert page.minimumSizeHint().width() <= 1024 - 184
