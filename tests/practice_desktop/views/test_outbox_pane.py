"""What can be done about one message."""

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.ports import Broken, Stage
from practice_desktop.views.messages import MessageDialog
from practice_desktop.views.outbox_pane import OutboxPane
from practice_desktop.views.tasks import Tasks
from tests.practice_desktop.outbox_office import Office
from tests.practice_desktop.scripted_mail import refusal
from tests.practice_desktop.views.hand import press, top_dialog

UNKNOWN = refusal(Stage.RECIPIENT, 550, "5.1.1 user unknown")
NO_ANSWER = Broken(Stage.AFTER_DOT, "timed out")


@pytest.fixture
def pane(office: Office, tasks: Tasks, window: QMainWindow) -> OutboxPane:
    pane = OutboxPane(office.desk.outbox, tasks)
    window.setCentralWidget(pane)
    return pane


def offered(pane: OutboxPane) -> list[str]:
    return [label for label, button in pane.buttons.items() if button.isVisible()]


def test_without_a_message_nothing_is_offered(pane: OutboxPane) -> None:
    assert offered(pane) == []
    assert not pane.preview.isVisible()


def test_each_state_offers_what_can_be_done(office: Office, pane: OutboxPane) -> None:
    office.script.at_message = [UNKNOWN, None, NO_ANSWER]
    failed, sent, uncertain = office.invite(), office.invite(), office.invite()
    office.send()
    office.clock.advance(hours=1)
    waiting, held, cancelled = office.invite(), office.invite(), office.invite()
    office.desk.outbox.hold(held)
    office.desk.outbox.cancel(cancelled)
    expected = {
        waiting: ["Send now", "Hold", "Cancel message"],
        held: ["Send now", "Cancel message"],
        failed: ["Send now", "Details", "Dismiss"],
        uncertain: ["Send again", "It arrived", "Details"],
        sent: ["Details"],
        cancelled: [],
    }
    for message, labels in expected.items():
        pane.show_row(office.row(message))
        assert offered(pane) == labels
    office.desk.outbox.dismiss(failed)
    pane.show_row(office.row(failed))
    assert offered(pane) == ["Send now", "Details"]


def test_a_click_that_came_too_late_says_so(office: Office, pane: OutboxPane, qtbot: QtBot) -> None:
    message = office.invite()
    pane.show_row(office.row(message))
    office.send()
    with qtbot.waitSignal(pane.changed):
        press(pane, "Cancel message")
    dialog = top_dialog(MessageDialog)
    assert dialog.sentence_label.text() == (
        "Your mail server has this message, so it cannot be taken back."
    )
    dialog.close_button.click()


def test_words_that_cannot_be_read_say_why_in_their_place(
    office: Office, pane: OutboxPane, qtbot: QtBot
) -> None:
    message = office.invite()
    office.change(lambda m: setattr(m, "sealed_words", b"\x01" + bytes(40)), message)
    pane.show_row(office.row(message))
    body = pane.preview.body
    qtbot.waitUntil(lambda: "cannot be opened" in body.toPlainText())
