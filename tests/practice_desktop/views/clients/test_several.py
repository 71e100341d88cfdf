from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.views.clients.several import SeveralClients
from tests.practice_desktop.views.hand import press


def test_it_says_how_many_and_offers_what_can_be_done(window: QMainWindow, qtbot: QtBot) -> None:
    several = SeveralClients()
    window.setCentralWidget(several)
    several.show_count(1200, archived=False)
    assert several.title.text() == "1,200 clients selected"
    for signal, label in (
        (several.invite_wanted, "Invite to Portal"),
        (several.forms_wanted, "Request forms…"),
        (several.archive_wanted, "Archive"),
    ):
        with qtbot.waitSignal(signal):
            press(several, label)
    assert not several.bring_back_button.isVisible()


def test_archived_clients_can_only_be_brought_back(window: QMainWindow, qtbot: QtBot) -> None:
    several = SeveralClients()
    window.setCentralWidget(several)
    several.show_count(2, archived=True)
    assert not several.invite_button.isVisible()
    with qtbot.waitSignal(several.bring_back_wanted):
        press(several, "Bring back")
