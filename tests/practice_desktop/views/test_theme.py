import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from practice_desktop.views.theme import DARK, LIGHT, apply_theme, restyle, reveal, tokens


@pytest.mark.parametrize(("dark", "expected"), [(True, DARK), (False, LIGHT)])
def test_the_tokens_are_those_of_the_scheme_in_use(
    qapp: QApplication, dark: bool, expected: object
) -> None:
    apply_theme(qapp, dark=dark)
    try:
        assert tokens() is expected
    finally:
        apply_theme(qapp, dark=False)


def test_the_programs_look_follows_the_system_while_it_runs(qapp: QApplication) -> None:
    apply_theme(qapp)
    hints = QGuiApplication.styleHints()
    try:
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert tokens() is DARK
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert tokens() is LIGHT
    finally:
        hints.colorSchemeChanged.disconnect()
        apply_theme(qapp, dark=False)


def test_every_word_of_the_sheet_is_filled_in(qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()


def test_restyling_shows_at_once(qtbot: QtBot) -> None:
    label = QLabel("Sentence")
    qtbot.addWidget(label)
    label.show()
    restyle(label, role="error")
    assert label.palette().windowText().color().name() == LIGHT.red


def test_revealing_a_widget_that_stands_nowhere_opens_no_window(qtbot: QtBot) -> None:
    label = QLabel("Sentence")
    qtbot.addWidget(label)
    reveal(label, False)
    reveal(label, True)
    assert not label.isVisible()
