import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow, QWidget

from practice_desktop.views.widgets.flow_layout import FlowLayout


@pytest.fixture
def flow(window: QMainWindow) -> FlowLayout:
    """Three blocks of 100 by 20, 10 apart, lines 5 apart."""
    holder = QWidget()
    window.setCentralWidget(holder)
    flow = FlowLayout(holder, gap=10, line_gap=5)
    for _ in range(3):
        block = QWidget()
        block.setFixedSize(100, 20)
        flow.addWidget(block)
    return flow


@pytest.mark.parametrize(("width", "lines"), [(320, 1), (319, 2), (210, 2), (100, 3), (40, 3)])
def test_it_breaks_where_the_width_ends(flow: FlowLayout, width: int, lines: int) -> None:
    assert flow.heightForWidth(width) == lines * 20 + (lines - 1) * 5


def test_blocks_stand_beside_and_below_each_other(flow: FlowLayout) -> None:
    flow.setGeometry(QRect(0, 0, 210, 100))
    places = [flow.itemAt(index) for index in range(flow.count())]
    assert [(at.geometry().x(), at.geometry().y()) for at in places if at is not None] == [
        (0, 0),
        (110, 0),
        (0, 25),
    ]


def test_what_is_hidden_takes_no_room(flow: FlowLayout) -> None:
    first = flow.itemAt(0)
    assert first is not None
    hidden = first.widget()
    assert hidden is not None
    hidden.hide()
    assert flow.heightForWidth(210) == 20


def test_a_place_that_is_not_there_holds_nothing(flow: FlowLayout) -> None:
    assert flow.itemAt(3) is None
    assert flow.takeAt(-1) is None
