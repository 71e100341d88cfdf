"""Who of several clients gets the forms."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from practice_desktop.services.documentation import RequestOutcome
from practice_desktop.views.dialogs.outcomes_page import OutcomesPage


def test_those_left_out_come_first_with_the_reason(qtbot: QtBot) -> None:
    page = OutcomesPage()
    qtbot.addWidget(page)
    page.show_outcomes(
        [
            RequestOutcome(1, "Ada Brennan", True, ""),
            RequestOutcome(2, "Marcus Chen", False, "Archived."),
            RequestOutcome(3, "Lena Ibsen", True, "1 of 2 requested already."),
        ]
    )
    rows = [
        [page.table.model().index(row, column).data() for column in range(2)] for row in range(3)
    ]
    assert rows == [
        ["Marcus Chen", "Left out: Archived."],
        ["Ada Brennan", "Will be requested."],
        ["Lena Ibsen", "Will be requested. 1 of 2 requested already."],
    ]
    assert page.summary.text() == "2 clients will get the forms. 1 client will be left out."
    spoken = page.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Marcus Chen, Left out: Archived."


def test_afterwards_it_says_what_happened(qtbot: QtBot) -> None:
    page = OutcomesPage(done=True)
    qtbot.addWidget(page)
    page.show_outcomes([RequestOutcome(1, "Ada Brennan", True, "")])
    assert page.summary.text() == "1 client got the forms."
    assert page.table.model().index(0, 1).data() == "Requested."


def test_markup_in_a_name_is_no_markup_in_its_tooltip(qtbot: QtBot) -> None:
    page = OutcomesPage()
    qtbot.addWidget(page)
    page.show_outcomes([RequestOutcome(1, '<img src="/etc/hosts"> Grant', True, "<b>Some</b>")])
    tips = [page.table.model().index(0, c).data(Qt.ItemDataRole.ToolTipRole) for c in range(2)]
    assert not [tip for tip in tips if "<img" in tip or "<b>" in tip]
