from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.avatar import Avatar, initials


def test_initials_are_the_first_letters_of_both_names() -> None:
    assert initials("émile", "Åkesson") == "ÉÅ"
    assert initials("Prince", "") == "P"


def test_other_initials_look_different(qtbot: QtBot) -> None:
    avatar = Avatar("SG")
    qtbot.addWidget(avatar)
    before = avatar.grab().toImage()
    avatar.show_initials("MC")
    assert avatar.grab().toImage() != before
