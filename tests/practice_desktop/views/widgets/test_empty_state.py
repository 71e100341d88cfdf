from pytestqt.qtbot import QtBot

from practice_desktop.views.widgets.empty_state import EmptyState


def test_it_says_what_belongs_here_and_what_to_do_first(qtbot: QtBot) -> None:
    state = EmptyState("No clients yet", "Import a list.", "New client")
    qtbot.addWidget(state)
    state.show()
    assert state.button.isVisible()
    state.set_text("Nobody found", "No client has these words.")
    assert state.title_label.text() == "Nobody found"


def test_without_a_word_there_is_no_button(qtbot: QtBot) -> None:
    state = EmptyState("Nothing new", "What clients do appears here.")
    qtbot.addWidget(state)
    state.show()
    assert not state.button.isVisible()
