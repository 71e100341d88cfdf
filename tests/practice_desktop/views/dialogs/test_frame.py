import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.label import plain_label


class Sample(DialogFrame):
    def __init__(self, parent: QMainWindow) -> None:
        super().__init__(parent, "Set up Samuel", "In three steps")
        self.line = QLineEdit()
        self.body.addWidget(self.line)
        self.cancel = plain_button("Cancel")
        self.cancel.clicked.connect(self.reject)
        self.go = primary_button("Continue")
        self.go.clicked.connect(self.accept)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go)
        self.closable = True

    def may_close(self) -> bool:
        return self.closable


@pytest.fixture
def sample(window: QMainWindow, qtbot: QtBot) -> Sample:
    sample = Sample(window)
    sample.open()
    qtbot.waitUntil(sample.isVisible)
    return sample


def test_it_stands_centred_over_the_window_and_inside_it(
    sample: Sample, window: QMainWindow
) -> None:
    inside = window.geometry()
    assert inside.contains(sample.geometry())
    assert abs(sample.geometry().center().x() - inside.center().x()) <= 1
    assert sample.windowModality() is Qt.WindowModality.WindowModal


def test_the_window_behind_is_dimmed_until_it_closes(sample: Sample, window: QMainWindow) -> None:
    dimmed = window.grab().toImage().pixelColor(10, 10).lightness()
    sample.accept()
    assert window.grab().toImage().pixelColor(10, 10).lightness() > dimmed


def test_escape_closes_unless_something_would_be_lost(sample: Sample, qtbot: QtBot) -> None:
    sample.closable = False
    QTest.keyClick(sample, Qt.Key.Key_Escape)
    assert sample.isVisible()
    sample.closable = True
    with qtbot.waitSignal(sample.rejected):
        QTest.keyClick(sample, Qt.Key.Key_Escape)


def test_enter_presses_the_primary_button(sample: Sample, qtbot: QtBot) -> None:
    sample.line.setFocus()
    with qtbot.waitSignal(sample.accepted):
        QTest.keyClick(sample.line, Qt.Key.Key_Return)


def test_enter_on_a_focused_button_presses_that_one(sample: Sample, qtbot: QtBot) -> None:
    sample.cancel.setFocus()
    with qtbot.waitSignal(sample.rejected):
        QTest.keyClick(sample.cancel, Qt.Key.Key_Return)


def test_a_primary_button_that_is_off_is_not_pressed(sample: Sample, qtbot: QtBot) -> None:
    sample.go.setEnabled(False)
    QTest.keyClick(sample.line, Qt.Key.Key_Return)
    assert sample.isVisible()


def test_an_error_stands_above_the_buttons_and_makes_room(sample: Sample) -> None:
    before = sample.height()
    sample.show_error("The address does not exist. Nothing was changed. Correct the address.")
    assert sample.error_label.isVisible()
    assert sample.height() > before


def test_what_is_too_tall_scrolls_inside_the_window(window: QMainWindow, qtbot: QtBot) -> None:
    tall = Sample(window)
    for number in range(80):
        tall.body.addWidget(plain_label(f"Line {number}"))
    tall.open()
    qtbot.waitUntil(tall.isVisible)
    assert tall.height() <= window.height()
    assert tall.go.mapTo(tall, tall.go.rect().bottomRight()).y() < tall.height()


def test_a_size_set_before_it_opens_is_the_least_it_takes(
    window: QMainWindow, qtbot: QtBot
) -> None:
    wide = Sample(window)
    wide.resize(800, 600)
    wide.open()
    qtbot.waitUntil(wide.isVisible)
    assert wide.size() == QSize(800, 600)
