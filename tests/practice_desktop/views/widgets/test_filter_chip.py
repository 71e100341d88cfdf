"""A chip above a list."""

from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.filter_chip import FilterChip


def test_choosing_a_chip_does_not_make_it_too_narrow(qtbot: QtBot) -> None:
    chip = FilterChip("Needs attention 2")
    qtbot.addWidget(chip)
    plain = chip.sizeHint()
    chip.setChecked(True)
    chip.show()
    assert chip.sizeHint() == plain
    font = chip.font()
    font.setPixelSize(12)
    font.setBold(True)
    chip.setFont(font)
    assert chip.fontMetrics().horizontalAdvance(chip.text()) <= plain.width() - 20


def test_a_chip_is_toggled_and_named_by_its_words(qtbot: QtBot) -> None:
    chip = FilterChip("Sent 412")
    qtbot.addWidget(chip)
    assert chip.isCheckable()
    assert chip.text() == "Sent 412"
