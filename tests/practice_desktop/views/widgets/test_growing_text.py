from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.growing_text import GrowingText


def test_it_grows_with_its_lines_up_to_four(qtbot: QtBot) -> None:
    text = GrowingText()
    qtbot.addWidget(text)
    text.resize(300, 40)
    text.show()
    heights = []
    for lines in (1, 2, 4, 9):
        text.setPlainText("\n".join(["18 Quay Street"] * lines))
        heights.append(text.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_tab_goes_to_the_next_field(qtbot: QtBot) -> None:
    both = QWidget()
    qtbot.addWidget(both)
    text, line = GrowingText(), QLineEdit()
    column = QVBoxLayout(both)
    column.addWidget(text)
    column.addWidget(line)
    both.show()
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert both.focusWidget() is line
    assert text.toPlainText() == ""
