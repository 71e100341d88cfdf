from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.import_dates import DateOrder, DateQuestion
from practice_desktop.views.dialogs.import_dates_page import ImportDatesPage

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("likely", [None, *DateOrder])
def test_only_what_other_columns_suggest_is_ticked(qtbot: QtBot, likely: DateOrder | None) -> None:
    page = ImportDatesPage()
    qtbot.addWidget(page)
    page.show_question(DateQuestion("DOB", ("03/04/1985",), likely), TODAY)
    assert page.order() is likely


def test_both_readings_are_spelled_out_and_a_tick_tells(qtbot: QtBot) -> None:
    page = ImportDatesPage()
    qtbot.addWidget(page)
    page.show()
    page.show_question(DateQuestion("DOB", ("03/04/1985", "1/2/90")), TODAY)
    assert page.samples.text() == "The file says 03/04/1985, 1/2/90."
    month_first = page.buttons[DateOrder.MONTH_FIRST]
    assert month_first.text() == "Month first: 03/04/1985 is 4 Mar 1985"
    with qtbot.waitSignal(page.answered):
        month_first.click()
    assert page.order() is DateOrder.MONTH_FIRST
