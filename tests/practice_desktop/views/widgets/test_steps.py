from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.steps import Steps


def test_it_says_where_one_is(qtbot: QtBot) -> None:
    steps = Steps(["Email", "Portal", "Features and forms"])
    qtbot.addWidget(steps)
    steps.resize(steps.sizeHint())
    before = steps.grab().toImage()
    assert steps.accessibleName() == "Step 1 of 3: Email"
    steps.show_step(2)
    assert steps.accessibleName() == "Step 3 of 3: Features and forms"
    assert steps.grab().toImage() != before
