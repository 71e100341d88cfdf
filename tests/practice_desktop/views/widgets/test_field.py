from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.field import Field


def test_the_editor_is_named_by_its_label(qtbot: QtBot) -> None:
    field = Field("First name", QLineEdit())
    qtbot.addWidget(field)
    assert field.editor.accessibleName() == "First name"
    assert field.label.buddy() is field.editor


def test_an_error_stands_below_and_is_described_to_a_screen_reader(qtbot: QtBot) -> None:
    field = Field("First name", QLineEdit(), "As on the card")
    qtbot.addWidget(field)
    field.show()
    assert field.note.text() == "As on the card"
    field.show_error("A name is needed.")
    assert field.error == field.note.text() == "A name is needed."
    assert field.editor.accessibleDescription() == "A name is needed."
    assert field.editor.property("invalid") is True
    field.clear_error()
    assert field.error == ""
    assert field.note.text() == "As on the card"


def test_a_new_hint_does_not_hide_an_error(qtbot: QtBot) -> None:
    field = Field("First name", QLineEdit())
    qtbot.addWidget(field)
    field.show_error("A name is needed.")
    field.set_hint("As on the card")
    assert field.error == "A name is needed."
