from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from practice_desktop.services.column_mapping import Column
from practice_desktop.services.column_target import Target
from practice_desktop.views.dialogs.import_columns_page import ImportColumnsPage

COLUMNS = (
    Column("First name", Target.FIRST_NAME, ("Ada",)),
    Column("SSN", Target.NOT_IMPORTED, ("123-45-6789",), sensitive=True),
    Column("Fax", Target.DETAIL, ()),
)


def test_a_box_a_column_is_named_by_its_header_and_empty_columns_are_only_counted(
    qtbot: QtBot,
) -> None:
    page = ImportColumnsPage()
    qtbot.addWidget(page)
    page.show_columns(COLUMNS, ["Of 2 sheets, “Clients” was read."])
    assert [box.accessibleName() for box in page.boxes.values()] == ["First name", "SSN"]
    assert page.boxes[1].currentText() == "Do not import"
    assert "Of 2 sheets, “Clients” was read. One column is empty." in page.notes.text()
    assert "social security" in page.notes.text()
    assert page.columns() == COLUMNS


def test_a_chosen_target_comes_back_with_its_column(qtbot: QtBot) -> None:
    page = ImportColumnsPage()
    qtbot.addWidget(page)
    page.show_columns(COLUMNS, [])
    page.boxes[0].setCurrentText("Preferred name")
    assert page.columns()[0].target is Target.PREFERRED_NAME


def test_scrolling_over_a_box_changes_nothing(qtbot: QtBot) -> None:
    page = ImportColumnsPage()
    qtbot.addWidget(page)
    page.show_columns(COLUMNS, [])
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.boxes[0], turn)
    assert page.boxes[0].currentText() == "First name"
