from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from practice_desktop.services.outbox_rows import OutboxSummary
from practice_desktop.views.rail import PAGES, Rail
from tests.practice_desktop.views.hand import press


def shown(window: QMainWindow) -> Rail:
    rail = Rail()
    window.setCentralWidget(rail)
    return rail


def test_every_page_has_its_place(window: QMainWindow, qtbot: QtBot) -> None:
    rail = shown(window)
    assert [name for name, _picture in PAGES] == [
        "Clients",
        "Activity",
        "Outbox",
        "Forms",
        "Settings",
    ]
    with qtbot.waitSignal(rail.page_wanted) as wanted:
        press(rail, "Outbox")
    assert wanted.args == ["Outbox"]


def test_the_last_line_says_how_the_mail_stands(window: QMainWindow) -> None:
    rail = shown(window)
    rail.show_outbox(OutboxSummary("Offline · 3 waiting", "waiting", 3, 0))
    assert rail.status_label.text() == "Offline · 3 waiting"
    assert rail.status_label.accessibleName() == "Offline · 3 waiting"
    assert rail.buttons["Outbox"].accessibleDescription() == "3"
    rail.show_outbox(OutboxSummary("Everything sent", "good", 0, 0))
    assert rail.buttons["Outbox"].accessibleDescription() == ""


def test_working_as_offers_the_names_and_another(window: QMainWindow, qtbot: QtBot) -> None:
    rail = shown(window)
    rail.show_staff(("Dana", "Robin & Co"), "Dana")
    assert rail.staff_button.accessibleName() == "Working as Dana"
    found: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        actions = [action for action in menu.actions() if not action.isSeparator()]
        found.extend(action.text() for action in actions)
        actions[1].trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    with qtbot.waitSignal(rail.staff_chosen) as chosen:
        QTest.mouseClick(rail.staff_button, Qt.MouseButton.LeftButton)
    assert found == ["Dana", "Robin && Co", "Add a name…"]
    assert chosen.args == ["Robin & Co"]


def test_a_long_name_of_the_practice_ends_in_dots(window: QMainWindow, qtbot: QtBot) -> None:
    rail = shown(window)
    rail.setFixedWidth(184)
    rail.show_practice("Harbor Counseling and Psychotherapy Associates of Portland")
    qtbot.waitUntil(lambda: rail.practice_label.width() <= 184)
    assert rail.practice_label.toolTip().startswith("Harbor Counseling")
    rail.show_staff((), "Maximiliana Wilhelmina Rodríguez-Öberg")
    assert rail.staff_button.width() <= 184
    assert rail.staff_button.text().endswith("…")
