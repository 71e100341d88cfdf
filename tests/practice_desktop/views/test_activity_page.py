from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from practice_desktop.views.activity_page import ActivityPage


def test_it_says_honestly_that_nothing_can_have_come_yet(qtbot: QtBot) -> None:
    page = ActivityPage()
    qtbot.addWidget(page)
    page.refresh()
    assert "Nothing new" in [label.text() for label in page.findChildren(QLabel)]
