from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.line import horizontal_line, vertical_line


def test_lines_are_one_pixel_thick(qtbot: QtBot) -> None:
    across, down = horizontal_line(), vertical_line()
    for line in (across, down):
        qtbot.addWidget(line)
    assert across.maximumHeight() == 1
    assert down.maximumWidth() == 1
