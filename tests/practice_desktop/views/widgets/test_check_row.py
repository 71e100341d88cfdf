from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.check_row import CheckRow


def test_space_toggles_and_the_name_is_the_title_alone(qtbot: QtBot) -> None:
    row = CheckRow("Secure messages", "Write to the practice")
    qtbot.addWidget(row)
    row.show()
    assert row.box.accessibleName() == "Secure messages"
    with qtbot.waitSignal(row.toggled):
        QTest.keyClick(row.box, Qt.Key.Key_Space)
    assert row.box.isChecked()


def test_a_click_on_the_note_toggles_too(qtbot: QtBot) -> None:
    row = CheckRow("Secure messages", "Write to the practice")
    qtbot.addWidget(row)
    row.show()
    QTest.mouseClick(row.note, Qt.MouseButton.LeftButton)
    assert row.box.isChecked()


def test_one_that_cannot_be_had_is_off_and_says_why(qtbot: QtBot) -> None:
    row = CheckRow("Client uploads", "Send documents")
    qtbot.addWidget(row)
    row.show()
    row.set_unavailable("The portal does not serve this yet.")
    assert not row.box.isEnabled()
    assert row.note.text() == "The portal does not serve this yet."
    QTest.mouseClick(row.note, Qt.MouseButton.LeftButton)
    assert not row.box.isChecked()
