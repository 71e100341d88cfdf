import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.client_import import ImportOutcome
from practice_desktop.views.dialogs.import_done_page import ImportDonePage


@pytest.mark.parametrize(
    ("outcome", "summary", "sentence"),
    [
        (
            ImportOutcome((1, 2), (), 0, 0),
            "2 added, 0 updated, 0 left out",
            "The new clients are Not invited, and nothing was sent.",
        ),
        (
            ImportOutcome((), tuple(range(1200)), 3, 1),
            "0 added, 1,200 updated, 1 left out",
            "3 had nothing new. Save what was left out to mend it and import it again.",
        ),
    ],
)
def test_it_says_what_was_done(
    qtbot: QtBot, outcome: ImportOutcome, summary: str, sentence: str
) -> None:
    page = ImportDonePage()
    qtbot.addWidget(page)
    page.show_outcome(outcome)
    assert (page.summary.text(), page.sentence.text()) == (summary, sentence)
