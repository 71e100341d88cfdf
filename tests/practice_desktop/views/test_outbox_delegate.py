"""How the cells of the outbox are painted."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from practice_desktop.views.outbox_delegate import ROW_HEIGHT, OutboxDelegate
from practice_desktop.views.outbox_model import STATE, SUBJECT, OutboxModel
from practice_desktop.views.theme import LIGHT
from tests.practice_desktop.outbox_office import Office


@pytest.fixture
def table(office: Office, qtbot: QtBot) -> QTableView:
    office.invite()
    model = OutboxModel(office.desk.outbox)
    model.show()
    view = QTableView()
    qtbot.addWidget(view)
    model.setParent(view)
    view.setModel(model)
    view.setItemDelegate(OutboxDelegate(view))
    view.setShowGrid(False)
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.resize(600, 200)
    view.show()
    return view


def colours(view: QTableView, column: int) -> set[str]:
    index = view.model().index(0, column)
    image: QImage = view.viewport().grab(view.visualRect(index)).toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_the_state_is_painted_as_a_chip_in_its_colours(table: QTableView) -> None:
    assert QColor(LIGHT.blue_soft).name() in colours(table, STATE)
    assert QColor(LIGHT.blue_soft).name() not in colours(table, SUBJECT)


def test_a_selected_row_is_seen(table: QTableView) -> None:
    assert QColor(LIGHT.rail_selected).name() not in colours(table, SUBJECT)
    table.selectRow(0)
    assert QColor(LIGHT.rail_selected).name() in colours(table, SUBJECT)


def test_a_long_subject_is_wrapped_not_cut(table: QTableView) -> None:
    def inked() -> list[int]:
        index = table.model().index(0, SUBJECT)
        image = table.viewport().grab(table.visualRect(index)).toImage()
        ground = QColor(LIGHT.surface).name()
        return [
            y
            for y in range(image.height() - 2)
            if any(image.pixelColor(x, y).name() != ground for x in range(12, image.width()))
        ]

    table.setColumnWidth(SUBJECT, 400)
    one_line = inked()
    table.setColumnWidth(SUBJECT, 180)
    two_lines = inked()
    assert two_lines[-1] - two_lines[0] > 1.6 * (one_line[-1] - one_line[0])
