from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from practice_desktop.services.documentation import DocumentKey, DocumentRow
from practice_desktop.views.widgets.chip import Chip
from practice_desktop.views.widgets.document_row import DocumentLine
from practice_desktop.vocabulary import DocumentStatus

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def line(qtbot: QtBot, *, failed: bool = False, note: str = "") -> DocumentLine:
    row = DocumentRow(
        7,
        DocumentKey(form_id=3),
        "Informed Consent",
        "Consent · signature",
        DocumentStatus.REQUESTED,
        failed,
        note,
        datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
        True,
    )
    shown = DocumentLine(row, [("Remove", True, "", lambda: None, True)], NOW)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_it_is_read_out_whole(qtbot: QtBot) -> None:
    assert line(qtbot).accessibleName() == (
        "Informed Consent, Consent · signature, Requested, 21 Nov 2026"
    )


def test_what_the_service_notes_stands_in_the_place_of_the_day(qtbot: QtBot) -> None:
    shown = line(qtbot, note="6 of 11 questions")
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "6 of 11 questions" in texts
    assert "21 Nov 2026" not in texts


@pytest.mark.parametrize("failed", [True, False])
def test_a_failed_notification_stands_beside_the_status(qtbot: QtBot, failed: bool) -> None:
    shown = line(qtbot, failed=failed)
    chips = [chip.text() for chip in shown.findChildren(Chip)]
    assert chips == (["Requested", "email failed"] if failed else ["Requested"])


def test_its_three_dots_say_whose_they_are(qtbot: QtBot) -> None:
    shown = line(qtbot)
    assert shown.more.accessibleName() == "More actions"
    assert shown.more.accessibleDescription() == "Informed Consent"


def test_the_menu_key_opens_its_own_three_dots(qtbot: QtBot) -> None:
    shown = line(qtbot)
    menu = shown.more.menu()
    menu.aboutToShow.connect(menu.close, Qt.ConnectionType.QueuedConnection)
    with qtbot.waitSignal(menu.aboutToShow):
        QApplication.sendEvent(
            shown.more,
            QContextMenuEvent(
                QContextMenuEvent.Reason.Keyboard,
                QPoint(2, 2),
                shown.more.mapToGlobal(QPoint(2, 2)),
            ),
        )
