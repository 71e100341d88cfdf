from pytestqt.qtbot import QtBot

from practice_desktop.services.import_watch import Phase
from practice_desktop.views.dialogs.import_progress_page import ImportProgressPage


def test_it_says_what_is_done_and_how_far_it_has_come(qtbot: QtBot) -> None:
    page = ImportProgressPage()
    qtbot.addWidget(page)
    page.show_progress(Phase.READING, 2000, 0)
    assert (page.sentence.text(), page.count.text()) == ("Reading the file…", "2,000 rows")
    assert page.bar.maximum() == 0
    page.show_progress(Phase.SAVING, 500, 1500)
    assert page.count.text() == "500 of 1,500 rows"
    assert (page.bar.value(), page.bar.maximum()) == (500, 1500)
