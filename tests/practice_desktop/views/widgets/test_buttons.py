from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from practice_desktop.views.theme import tokens
from practice_desktop.views.widgets.buttons import (
    ActionMenu,
    MoreActionsButton,
    danger_button,
    link_button,
    plain_button,
    primary_button,
)


def test_a_button_is_named_as_its_label_even_with_an_ampersand(qtbot: QtBot) -> None:
    for make in (primary_button, plain_button, link_button, danger_button):
        button = make("Save & Send Notification")
        qtbot.addWidget(button)
        assert button.accessibleName() == "Save & Send Notification"
        assert button.text() == "Save && Send Notification"


def test_three_dots_are_called_more_actions_and_open_a_menu(qtbot: QtBot) -> None:
    button = MoreActionsButton()
    qtbot.addWidget(button)
    called: list[str] = []
    button.set_actions(
        [
            ("Resend Invitation", False, "It has not left yet.", lambda: called.append("r"), False),
            ("Delete", True, "", lambda: called.append("d"), True),
        ]
    )
    assert button.accessibleName() == "More actions"
    resend, separator, delete = button.menu().actions()
    assert separator.isSeparator()
    assert not resend.isEnabled()
    assert resend.toolTip() == "It has not left yet."
    delete.trigger()
    assert called == ["d"]


def test_without_actions_there_are_no_dots(qtbot: QtBot) -> None:
    button = MoreActionsButton()
    qtbot.addWidget(button)
    button.set_actions([])
    assert button.isHidden()


def test_what_takes_something_away_is_painted_red(qtbot: QtBot) -> None:
    menu = ActionMenu()
    qtbot.addWidget(menu)
    menu.fill([("Delete", True, "", lambda: None, True)])
    menu.popup(QPoint(0, 0))
    picture = menu.grab().toImage()
    red = QColor(tokens().red).rgb()
    pixels = (picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert red in pixels
    menu.close()
