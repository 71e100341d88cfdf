from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.time_zone_box import TimeZoneBox


def test_any_part_of_a_name_finds_it(qtbot: QtBot) -> None:
    box = TimeZoneBox()
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    qtbot.waitUntil(lambda: box.count() > 100)
    completer = box.completer()
    assert completer is not None
    completer.setCompletionPrefix("new york")
    found = [
        completer.completionModel().index(row, 0).data()
        for row in range(completer.completionCount())
    ]
    assert "America/New_York" in found


def test_what_is_on_file_stays_when_the_names_are_read(qtbot: QtBot) -> None:
    box = TimeZoneBox()
    qtbot.addWidget(box)
    box.show_zone("America/New_York")
    heard: list[str] = []
    box.currentTextChanged.connect(heard.append)
    box.show()
    box.setFocus()
    qtbot.waitUntil(lambda: box.count() > 100)
    assert box.zone() == "America/New_York"
    assert heard == []


def test_typed_words_become_a_zone(qtbot: QtBot) -> None:
    box = TimeZoneBox()
    qtbot.addWidget(box)
    box.show()
    line = box.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "America/New York")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert box.zone() == "America/New_York"
