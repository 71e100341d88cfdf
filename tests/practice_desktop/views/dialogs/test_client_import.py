import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from practice_desktop.services.client_import import ClientImport
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_plan import Verdict
from practice_desktop.views.dialogs.client_import import ClientImportDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.vocabulary import ClientFilter
from practice_desktop.wiring import Program
from tests.practice_desktop.views.hand import Answer, button, press

OpenImport = Callable[..., ClientImportDialog]

LIST = """Client ID,First name,Last name,Email,DOB,Insurance
1,Ada,Brennan,ada@example.org,12/25/1980,Aetna
2,Wen,Huang,not an address,12/26/1980,
3,Theo,Jansen,theo@example.org,12/27/1980,Cigna
"""


@pytest.fixture
def clients_file(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def open_import(desk: Desk, tasks: Tasks, window: QMainWindow, qtbot: QtBot) -> OpenImport:
    def open_dialog(
        path: Path | None = None, client_import: ClientImport | None = None
    ) -> ClientImportDialog:
        dialog = ClientImportDialog(window, client_import or desk.client_import, tasks, path)
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return open_dialog


def wait_for(dialog: ClientImportDialog, page: QWidget, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is page)


def test_a_list_goes_from_file_to_done_by_the_labels(
    open_import: OpenImport, desk: Desk, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import()
    assert dialog.focusWidget() is button(dialog, "Choose file…")
    dialog.file_page.file_chosen.emit(clients_file)
    wait_for(dialog, dialog.columns_page, qtbot)
    press(dialog, "Continue")
    wait_for(dialog, dialog.preview_page, qtbot)
    assert desk.clients.counts()[ClientFilter.ALL] == 0
    with qtbot.waitSignal(dialog.imported):
        press(dialog, "Import")
    assert dialog.done_page.summary.text() == "2 added, 0 updated, 1 left out"
    assert desk.clients.counts()[ClientFilter.NOT_INVITED] == 2
    assert desk.clients.counts()[ClientFilter.NEEDS_SETUP] == 0
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Done")


def test_enter_goes_on_from_page_to_page(
    open_import: OpenImport, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import(clients_file)
    for page in (dialog.columns_page, dialog.preview_page, dialog.done_page):
        wait_for(dialog, page, qtbot)
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_a_file_can_be_dropped_on_the_page(
    open_import: OpenImport, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(clients_file))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.file_page.dropEvent(drop)
    wait_for(dialog, dialog.columns_page, qtbot)


def test_a_file_that_cannot_be_read_is_told_on_the_first_page(
    open_import: OpenImport, tmp_path: Path, qtbot: QtBot
) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    dialog = open_import(empty)
    wait_for(dialog, dialog.file_page, qtbot)
    assert dialog.error_label.text() == "The file is empty. Nothing was imported."


def test_a_column_goes_where_the_page_says(
    open_import: OpenImport, desk: Desk, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import(clients_file)
    wait_for(dialog, dialog.columns_page, qtbot)
    insurance = next(
        box for box in dialog.columns_page.boxes.values() if box.accessibleName() == "Insurance"
    )
    assert insurance.currentText() == "Imported details"
    insurance.setCurrentText("Preferred name")
    press(dialog, "Continue")
    wait_for(dialog, dialog.preview_page, qtbot)
    press(dialog, "Import")
    wait_for(dialog, dialog.done_page, qtbot)
    ada = desk.clients.profile(desk.clients.find("ada@example.org"))
    assert ada.draft.preferred_name == "Aetna"
    assert ada.imported_details == ()


def test_without_a_column_that_tells_who_it_does_not_go_on(
    open_import: OpenImport, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "colours.csv"
    path.write_text("Colour,Shape\nred,round\n", encoding="utf-8")
    dialog = open_import(path)
    wait_for(dialog, dialog.columns_page, qtbot)
    press(dialog, "Continue")
    assert dialog.error_label.text() == "Say which column holds the clients' names."


def test_dates_that_can_be_read_two_ways_are_asked(
    open_import: OpenImport, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "dates.csv"
    path.write_text("First name,Last name,DOB,Email\nAda,Brennan,03/04/1985,a@example.org\n")
    dialog = open_import(path)
    wait_for(dialog, dialog.columns_page, qtbot)
    press(dialog, "Continue")
    wait_for(dialog, dialog.dates_page, qtbot)
    assert not button(dialog, "Continue").isEnabled()
    press(dialog, "Day first: 03/04/1985 is 3 Apr 1985")
    press(dialog, "Continue")
    wait_for(dialog, dialog.preview_page, qtbot)
    press(dialog, "Import")
    wait_for(dialog, dialog.done_page, qtbot)
    ada = desk.clients.profile(desk.clients.find("a@example.org"))
    assert str(ada.draft.date_of_birth) == "1985-04-03"


def test_the_chips_of_the_preview_filter_and_the_row_tells_its_story(
    open_import: OpenImport, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import(clients_file)
    wait_for(dialog, dialog.columns_page, qtbot)
    press(dialog, "Continue")
    wait_for(dialog, dialog.preview_page, qtbot)
    page = dialog.preview_page
    assert page.model.rowCount() == 3
    assert "Insurance: Aetna" in page.story.toPlainText()
    page.chips[Verdict.LEFT_OUT].click()
    assert page.model.rowCount() == 1
    name = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert name.startswith("3, Wen Huang, not an address, Left out, This is not an e-mail address")
    assert "This is not an e-mail address" in page.story.toPlainText()
    page.chips[Verdict.UPDATED].click()
    assert page.model.rowCount() == 0
    assert page.story.toPlainText() == ""


def test_what_was_left_out_is_saved_and_those_added_are_handed_on(
    open_import: OpenImport, desk: Desk, clients_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = open_import(clients_file)
    for page in (dialog.columns_page, dialog.preview_page):
        wait_for(dialog, page, qtbot)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    wait_for(dialog, dialog.done_page, qtbot)
    assert button(dialog, "Save what was left out…").isEnabled()
    saved = tmp_path / "left out.csv"
    dialog.save_left_out(saved)
    qtbot.waitUntil(lambda: dialog.done_page.sentence.text() == "Saved as left out.csv.")
    assert "Wen,Huang,not an address" in saved.read_text(encoding="utf-8-sig")
    with qtbot.waitSignal(dialog.invite_requested) as asked:
        press(dialog, "Invite these…")
    assert asked.args == [
        [desk.clients.find("ada@example.org"), desk.clients.find("theo@example.org")]
    ]


class StoppedClock:
    """Once armed, holds whoever asks for the time until it is let go."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        self.armed = False

    def __call__(self) -> datetime:
        if self.armed:
            self.asked.set()
            assert self.go.wait(10)
        return datetime(2026, 11, 23, tzinfo=UTC)


def test_cancel_while_saving_changes_nothing_and_shows_the_preview_again(
    open_import: OpenImport, program: Program, clients_file: Path, qtbot: QtBot
) -> None:
    clock = StoppedClock()
    importing = ClientImport(program.database, program.desk.history, clock)
    dialog = open_import(clients_file, importing)
    wait_for(dialog, dialog.columns_page, qtbot)
    press(dialog, "Continue")
    wait_for(dialog, dialog.preview_page, qtbot)
    clock.armed = True
    press(dialog, "Import")
    assert dialog.pages.currentWidget() is dialog.progress_page
    qtbot.waitUntil(clock.asked.is_set)
    press(dialog, "Cancel")
    assert dialog.isVisible()
    clock.go.set()
    wait_for(dialog, dialog.preview_page, qtbot)
    assert dialog.error_label.text() == "The import was cancelled. Nothing was changed."
    assert program.desk.clients.counts()[ClientFilter.ALL] == 0


def test_escape_leaves_by_way_of_a_question(
    open_import: OpenImport, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import(clients_file)
    wait_for(dialog, dialog.columns_page, qtbot)
    stay = Answer("Cancel")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert stay.asked == "Nothing of this file has been saved yet."
    assert dialog.isVisible()
    Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_preview_that_is_out_of_date_is_made_anew(
    open_import: OpenImport, desk: Desk, clients_file: Path, qtbot: QtBot
) -> None:
    dialog = open_import(clients_file)
    wait_for(dialog, dialog.columns_page, qtbot)
    press(dialog, "Continue")
    wait_for(dialog, dialog.preview_page, qtbot)
    desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org"))
    press(dialog, "Import")
    qtbot.waitUntil(lambda: "Look at the new preview" in dialog.error_label.text())
    assert dialog.pages.currentWidget() is dialog.preview_page
    assert dialog.preview_page.chips[Verdict.UPDATED].text() == "Updated 1"
