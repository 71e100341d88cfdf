from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.label import ElidedLabel, plain_label, plain_tip


def test_markup_in_a_name_is_shown_letter_by_letter_and_opens_no_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    name = f'<img src="{(tmp_path / "picture.png").as_posix()}"> Grant'
    label = plain_label(name)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == name


def test_markup_in_a_tooltip_is_shown_letter_by_letter() -> None:
    shown = QTextDocument()
    shown.setHtml(plain_tip("<b>Ada</b> & co"))
    assert shown.toPlainText() == "<b>Ada</b> & co"
    assert plain_tip("Ada Brennan") == "Ada Brennan"


def test_a_long_text_ends_in_dots_and_stands_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("A name that is far too long for the room it has")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(800, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 80
