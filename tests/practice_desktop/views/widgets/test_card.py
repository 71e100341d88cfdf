from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.buttons import MoreActionsButton
from practice_desktop.views.widgets.card import Card


def test_a_card_without_a_title_has_no_header(qtbot: QtBot) -> None:
    card, bare = Card("Contact"), Card()
    for each in (card, bare):
        qtbot.addWidget(each)
        each.show()
    assert card.title_label.isVisible()
    assert not bare.title_label.isVisible()


def test_the_menu_key_opens_the_cards_three_dots(qtbot: QtBot) -> None:
    card = Card("Portal access")
    qtbot.addWidget(card)
    more = MoreActionsButton(outlined=True)
    more.set_actions([("Resend Invitation", True, "", lambda: None, False)])
    card.header.addWidget(more)
    card.body.addWidget(QLineEdit())
    card.show()
    seen: list[bool] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        seen.append(isinstance(menu, QMenu))
        if menu is not None:
            menu.close()

    QTimer.singleShot(0, look)
    key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(card, QContextMenuEvent(key, QPoint(), QPoint()))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [True]


def test_the_right_mouse_button_is_left_to_others(qtbot: QtBot) -> None:
    card = Card("Portal access")
    qtbot.addWidget(card)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(), QPoint())
    card.contextMenuEvent(event)
    assert not event.isAccepted()
