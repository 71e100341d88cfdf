from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.search_field import SearchField


def test_its_name_leaves_the_keys_out(qtbot: QtBot) -> None:
    field = SearchField("Search name, email, phone  Ctrl+F")
    qtbot.addWidget(field)
    assert field.accessibleName() == "Search name, email, phone"


def test_escape_clears_it(qtbot: QtBot) -> None:
    field = SearchField("Find a form")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "gad")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
