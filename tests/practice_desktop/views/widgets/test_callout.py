from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.buttons import primary_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.chip import Tone
from tests.practice_desktop.views.hand import button


def test_it_says_a_title_and_a_sentence_and_takes_a_button(qtbot: QtBot) -> None:
    callout = Callout(Tone.GOOD)
    qtbot.addWidget(callout)
    callout.set_text("Finish setting up Samuel", "Confirm an email address.")
    callout.add_button(primary_button("Start Setup"))
    callout.show()
    assert callout.title_label.text() == "Finish setting up Samuel"
    assert button(callout, "Start Setup").isVisible()
    callout.set_text("Only a title")
    assert not callout.sentence_label.isVisible()


def test_another_tone_is_another_colour(qtbot: QtBot) -> None:
    callout = Callout(Tone.GOOD)
    qtbot.addWidget(callout)
    callout.set_text("Offline")
    callout.show()
    before = callout.grab().toImage()
    callout.set_tone(Tone.WAITING)
    assert callout.grab().toImage() != before
