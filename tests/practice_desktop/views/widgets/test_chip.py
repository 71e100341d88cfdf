from dataclasses import fields

import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.views.theme import DARK, LIGHT, Tokens
from practice_desktop.views.widgets.chip import (
    Chip,
    Tone,
    document_tone,
    message_tone,
    status_tone,
    tone_colours,
)
from practice_desktop.vocabulary import DocumentStatus, MessageState, PortalStatus


def test_its_accessible_name_is_exactly_its_word(qtbot: QtBot) -> None:
    chip = Chip("Invited", Tone.WAITING)
    qtbot.addWidget(chip)
    assert chip.accessibleName() == chip.text() == "Invited"
    chip.show_word("Active", Tone.GOOD, "Accepted <today>")
    assert chip.accessibleName() == "Active"
    assert chip.toolTip() == "<qt>Accepted &lt;today&gt;</qt>"


def test_without_a_word_there_is_no_chip(qtbot: QtBot) -> None:
    chip = Chip()
    qtbot.addWidget(chip)
    assert not chip.isVisible()


def test_filling_a_chip_that_stands_nowhere_yet_opens_no_window(qtbot: QtBot) -> None:
    chip = Chip()
    qtbot.addWidget(chip)
    chip.show_word("Queued", Tone.BUSY)
    assert not chip.isVisible()


def test_every_status_has_a_tone() -> None:
    assert {status_tone(status) for status in PortalStatus} == set(Tone)
    assert {message_tone(state) for state in MessageState} == set(Tone)
    assert {document_tone(status) for status in DocumentStatus} == set(Tone) - {Tone.BAD}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_the_word_is_readable_on_its_ground(colours: Tokens, tone: Tone) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5."""
    ink, ground = (_luminance(colour) for colour in tone_colours(tone, colours))
    assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5


def test_light_and_dark_have_the_same_tokens() -> None:
    assert [field.name for field in fields(LIGHT)] == [field.name for field in fields(DARK)]


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
