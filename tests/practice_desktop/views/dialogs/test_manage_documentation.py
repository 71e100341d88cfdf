"""Manage Documentation through its real dialog, over a real database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.models.database import Database
from practice_desktop.views.dialogs.manage_documentation import ManageDocumentationDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.vocabulary import DocumentStatus, PortalStatus
from tests.practice_desktop.office import Office
from tests.practice_desktop.services.test_file_kinds import PDF_BYTES
from tests.practice_desktop.views.hand import Answer, press

Open = Callable[[], ManageDocumentationDialog]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


@pytest.fixture
def open_dialog(office: Office, tasks: Tasks, window: QMainWindow, qtbot: QtBot) -> Open:
    def open_it() -> ManageDocumentationDialog:
        dialog = ManageDocumentationDialog(
            window, office.documentation, office.client_id, "Priya", tasks, office.forms.packets()
        )
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return open_it


def titles(office: Office) -> set[str]:
    return {row.title for row in office.documentation.documents(office.client_id)}


def test_both_pages_say_what_the_mockups_say(office: Office, open_dialog: Open) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9", "Telehealth Consent", "GAD-7")
    office.answer("PHQ-9", status=DocumentStatus.COMPLETED, completed_at=office.clock())
    office.untick("PHQ-9")
    dialog = open_dialog()
    assert dialog.windowTitle() == "Manage Documentation"
    assert dialog.count_label.text() == "2 selected"
    press(dialog, "PHQ-9")
    press(dialog, "Telehealth Consent")
    assert dialog.count_label.text() == "2 selected · 1 added · 1 removed"
    press(dialog, "Continue")
    assert dialog.subtitle_label.text() == "Check the changes, then save."
    assert dialog.also_label.text() == "Save also emails Priya: PHQ-9 was shared before."
    assert dialog.notify_button.isEnabled()
    assert not dialog.continue_button.isVisible()


def test_save_and_send_notification_requests_and_emails(
    office: Office, open_dialog: Open, qtbot: QtBot
) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    dialog = open_dialog()
    press(dialog, "PHQ-9")
    press(dialog, "Continue")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save & Send Notification")
    assert titles(office) == {"PHQ-9"}
    assert len(office.waiting()) == 1


def test_a_form_is_resent_by_untick_save_tick_save(
    office: Office, open_dialog: Open, qtbot: QtBot
) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("PHQ-9")
    for left in (set(), {"PHQ-9"}):
        dialog = open_dialog()
        press(dialog, "PHQ-9")
        press(dialog, "Continue")
        with qtbot.waitSignal(dialog.accepted):
            press(dialog, "Save")
        assert titles(office) == left
    assert len(office.waiting()) == 1
    assert office.rounds("PHQ-9") == [1, 2]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PortalStatus.QUEUED, "there will be no second email"),
        (PortalStatus.NOT_INVITED, "is not invited yet"),
        (PortalStatus.NOT_DELIVERED, "did not reach Priya"),
        (PortalStatus.DISABLED, "is disabled"),
    ],
)
def test_where_no_email_goes_the_button_is_off_and_page_two_says_why(
    office: Office, open_dialog: Open, qtbot: QtBot, status: PortalStatus, words: str
) -> None:
    office.bring_to(status)
    dialog = open_dialog()
    press(dialog, "PHQ-9")
    press(dialog, "Continue")
    assert not dialog.notify_button.isEnabled()
    assert words in dialog.review_page.no_notification.text()
    assert words in dialog.notify_button.accessibleDescription()
    assert not dialog.review_page.mail.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save")
    assert titles(office) == {"PHQ-9"}


def test_with_nothing_changed_save_closes_and_does_nothing(
    office: Office, open_dialog: Open, qtbot: QtBot
) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    before = office.sentences()
    dialog = open_dialog()
    press(dialog, "Continue")
    assert dialog.review_page.unchanged.isVisible()
    assert dialog.focusWidget() is dialog.save_button
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save")
    assert office.sentences() == before


def test_back_keeps_the_ticks(office: Office, open_dialog: Open) -> None:
    dialog = open_dialog()
    press(dialog, "PHQ-9")
    press(dialog, "Continue")
    press(dialog, "Back")
    assert dialog.picker.ticked() == {office.key("PHQ-9")}
    assert dialog.continue_button.isVisible()


def test_a_packet_ticks_several_at_once(office: Office, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.picker.choose_packet(office.forms.packets()[0])
    assert dialog.count_label.text() == "6 selected · 6 added"


def test_unsaved_ticks_are_not_left_without_a_question(
    office: Office, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    press(dialog, "PHQ-9")
    answer = Answer("Cancel")
    press(dialog, "Cancel")
    assert "is not saved" in answer.asked
    assert dialog.isVisible()
    Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert titles(office) == set()


def test_without_edits_escape_just_closes(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_what_somebody_else_saved_meanwhile_is_shown_under_the_own_ticks(
    office: Office, open_dialog: Open, qtbot: QtBot
) -> None:
    office.bring_to(PortalStatus.ACTIVE)
    office.tick("Client Intake", "GAD-7")
    dialog = open_dialog()
    press(dialog, "PHQ-9")
    press(dialog, "GAD-7")
    press(dialog, "Continue")
    office.tick("PCL-5")
    press(dialog, "Save")
    qtbot.waitUntil(lambda: "Somebody else" in dialog.error_label.text())
    assert dialog.isVisible()
    wanted = {office.key(title) for title in ("Client Intake", "PCL-5", "PHQ-9")}
    assert dialog.picker.ticked() == wanted
    press(dialog, "Continue")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save")
    assert titles(office) == {"Client Intake", "PCL-5", "PHQ-9"}


def test_an_added_file_comes_ticked_and_earlier_ticks_stay(
    office: Office, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "Practice policies.pdf"
    path.write_bytes(PDF_BYTES)
    dialog = open_dialog()
    press(dialog, "PHQ-9")
    press(dialog, "Add file…")
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.filesSelected.emit([str(path)])
    chooser.close()
    qtbot.waitUntil(lambda: dialog.count_label.text() == "2 selected · 2 added")
    added = next(
        row
        for row in dialog.picker.findChildren(CheckRow)
        if row.box.accessibleName() == "Practice policies.pdf"
    )
    qtbot.waitUntil(lambda: added.visibleRegion().boundingRect() == added.rect())
    press(dialog, "Continue")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save")
    assert titles(office) == {"PHQ-9", "Practice policies.pdf"}


def test_files_are_looked_for_in_the_documents_of_the_person(
    open_dialog: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {QStandardPaths.StandardLocation.DocumentsLocation: str(tmp_path)}
    monkeypatch.setattr(QStandardPaths, "writableLocation", places.__getitem__)
    dialog = open_dialog()
    press(dialog, "Add file…")
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert Path(chooser.directory().path()) == tmp_path
    chooser.close()


def test_a_refused_file_is_told_by_its_name_and_the_good_one_is_kept(
    office: Office, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(PDF_BYTES)
    bad.write_bytes(b"MZ")
    dialog = open_dialog()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(bad))])
    entering = QDragEnterEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dragEnterEvent(entering)
    assert entering.isAccepted()
    dialog.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: dialog.error_label.text().startswith("bad.pdf: Only PDF"))
    assert dialog.picker.ticked() == {office.key("good.pdf")}
