from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from practice_desktop.errors import InvalidInput
from practice_desktop.views.widgets.date_field import DateField


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[DateField]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    field = DateField("Date of birth", "date_of_birth")
    qtbot.addWidget(field)
    field.show()
    yield field
    QLocale.setDefault(before)


def test_it_says_how_it_read_what_was_typed(field: DateField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.line, "3/14/1989")
    assert field.note.text().startswith("14 Mar 1989 · ")
    assert field.value() == date(1989, 3, 14)


def test_leaving_it_writes_the_date_in_full(field: DateField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.line, "3/14/1989")
    field.line.editingFinished.emit()
    assert field.line.text() == "14 Mar 1989"
    assert not field.note.isVisible()


def test_what_is_no_date_is_told_on_leaving_and_refused(field: DateField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.line, "31/31/1989")
    assert field.error == ""
    field.line.editingFinished.emit()
    assert field.error == "This is not a date. Type it like 3/14/1989."
    with pytest.raises(InvalidInput) as problem:
        field.value()
    assert problem.value.field == "date_of_birth"


def test_nothing_typed_is_no_date(field: DateField) -> None:
    field.show_date(date(1989, 3, 14))
    field.line.clear()
    assert field.value() is None
