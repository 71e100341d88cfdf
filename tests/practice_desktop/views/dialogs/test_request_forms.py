"""Request forms… of several clients, through its real dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.models.database import Database
from practice_desktop.views.dialogs.request_forms import RequestFormsDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import PortalStatus
from tests.practice_desktop.office import Office
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


def open_dialog(
    office: Office, clients: list[int], tasks: Tasks, window: QMainWindow, qtbot: QtBot
) -> RequestFormsDialog:
    dialog = RequestFormsDialog(
        window, office.documentation, clients, tasks, office.forms.packets()
    )
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def review(dialog: RequestFormsDialog, qtbot: QtBot) -> None:
    press(dialog, "Continue")
    qtbot.waitUntil(dialog.notify_button.isVisible)


def test_everybody_gets_the_forms_and_those_who_can_an_email(
    office: Office, tasks: Tasks, window: QMainWindow, qtbot: QtBot
) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    other = office.add_client("Marcus", "Chen")
    dialog = open_dialog(office, [office.client_id, other], tasks, window, qtbot)
    assert not dialog.continue_button.isEnabled()
    press(dialog, "PHQ-9")
    review(dialog, qtbot)
    assert dialog.review_page.summary.text() == "2 clients will get the forms."
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save & Send Notification")
    for client_id in (office.client_id, other):
        assert [d.title for d in office.documentation.documents(client_id)] == ["PHQ-9"]
    assert [message.client_id for message in office.waiting()] == [office.client_id]


def test_who_is_left_out_is_named_before_and_after(
    office: Office, tasks: Tasks, window: QMainWindow, qtbot: QtBot
) -> None:
    office.tick("PHQ-9")
    other = office.add_client("Marcus", "Chen")
    dialog = open_dialog(office, [office.client_id, other], tasks, window, qtbot)
    press(dialog, "PHQ-9")
    review(dialog, qtbot)
    assert dialog.review_page.summary.text() == (
        "1 client will get the forms. 1 client will be left out."
    )
    cell = dialog.review_page.table.item(0, 1)
    assert cell is not None
    assert cell.text() == "Left out: Everything chosen is requested already."
    press(dialog, "Save")
    qtbot.waitUntil(dialog.close_button.isVisible)
    assert dialog.result_page.summary.text() == ("1 client got the forms. 1 client was left out.")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_where_nobody_is_left_nothing_can_be_saved(
    office: Office, tasks: Tasks, window: QMainWindow, qtbot: QtBot
) -> None:
    office.tick("PHQ-9")
    dialog = open_dialog(office, [office.client_id], tasks, window, qtbot)
    press(dialog, "PHQ-9")
    review(dialog, qtbot)
    assert not dialog.save_button.isEnabled()
    assert not dialog.notify_button.isEnabled()
    answer = Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert "nothing is requested" in answer.asked
