import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.views.settings.save_bar import SaveBar


@pytest.fixture
def bar(qtbot: QtBot) -> SaveBar:
    bar = SaveBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_both_buttons_are_on_only_while_something_is_edited(bar: SaveBar) -> None:
    assert not bar.save.isEnabled()
    assert not bar.undo.isEnabled()
    bar.show_edited(True)
    assert bar.save.isEnabled()
    assert bar.undo.isEnabled()


def test_what_it_said_goes_with_the_next_edit(bar: SaveBar) -> None:
    bar.say("Saved.")
    assert bar.message.isVisible()
    bar.show_edited(True)
    assert not bar.message.isVisible()
