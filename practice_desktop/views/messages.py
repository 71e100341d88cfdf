"""The few windows that speak: a problem, a question, and the one for what nobody expected."""

import traceback
from enum import Enum, auto

from PySide6.QtWidgets import QWidget

from practice_desktop.errors import Problem
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.widgets.buttons import (
    danger_button,
    link_button,
    plain_button,
    primary_button,
)
from practice_desktop.views.widgets.label import plain_label

_WIDTH = 440


class MessageDialog(DialogFrame):
    """A sentence, technical words behind *Details*, and a button to close it."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, details: str = ""
    ) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self.setAccessibleDescription(sentence)
        self.sentence_label = plain_label(sentence, wrap=True)
        self.body.addWidget(self.sentence_label)
        self.details_label = plain_label(details, "secondary", wrap=True)
        self.details_label.hide()
        self.body.addWidget(self.details_label)
        self.details_button = link_button("Details")
        self.details_button.setCheckable(True)
        self.details_button.setVisible(bool(details))
        self.details_button.toggled.connect(self._show_details)
        self.footer.addWidget(self.details_button)
        self.footer.addStretch(1)
        self.close_button = primary_button("OK")
        self.close_button.clicked.connect(self.accept)
        self.footer.addWidget(self.close_button)
        self.close_button.setFocus()

    def _show_details(self, shown: bool) -> None:
        self.details_label.setVisible(shown)
        self.fit()


class QuestionDialog(DialogFrame):
    """Something that asks first. *Cancel* has the focus where saying yes takes something away."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, yes: str, *, dangerous: bool
    ) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self.setAccessibleDescription(sentence)
        self.sentence_label = plain_label(sentence, wrap=True)
        self.body.addWidget(self.sentence_label)
        self.footer.addStretch(1)
        self.cancel_button = plain_button("Cancel")
        self.cancel_button.clicked.connect(self.reject)
        self.yes_button = danger_button(yes, filled=True) if dangerous else primary_button(yes)
        self.yes_button.clicked.connect(self.accept)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.yes_button)
        (self.cancel_button if dangerous else self.yes_button).setFocus()


class Unsaved(Enum):
    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


class UnsavedDialog(DialogFrame):
    """Something typed is not saved: *Save*, *Discard changes*, or *Cancel* and stay."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self.answer = Unsaved.STAY
        self.setAccessibleDescription(sentence)
        self.body.addWidget(plain_label(sentence, wrap=True))
        self.discard_button = danger_button("Discard changes")
        self.cancel_button = plain_button("Cancel")
        self.save_button = primary_button("Save")
        self.discard_button.clicked.connect(lambda: self._leave(Unsaved.DISCARD))
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(lambda: self._leave(Unsaved.SAVE))
        self.footer.addWidget(self.discard_button)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.save_button)
        self.save_button.setFocus()

    def _leave(self, answer: Unsaved) -> None:
        self.answer = answer
        self.accept()


def show_problem(parent: QWidget | None, problem: Problem) -> MessageDialog:
    """Show what happened, what was kept and what to do. Returns at once."""
    dialog = MessageDialog(parent, "That did not work", problem.sentence, problem.details)
    dialog.open()
    return dialog


def show_unexpected(parent: QWidget | None, error: BaseException) -> MessageDialog:
    """Show a bug as one. Returns at once; only code locations stand behind *Details*."""
    dialog = MessageDialog(
        parent,
        "Something unexpected happened",
        "The program met an error that it does not know. What was saved before is kept, and "
        "what you typed is still there. Try again; if it happens again, restart the program "
        "and pass on the details.",
        "\n".join(code_locations(error)),
    )
    dialog.open()
    return dialog


def ask(
    parent: QWidget | None, title: str, sentence: str, yes: str, *, dangerous: bool = False
) -> bool:
    """Ask and wait; True where the person chose `yes`."""
    dialog = QuestionDialog(parent, title, sentence, yes, dangerous=dangerous)
    return dialog.exec() == QuestionDialog.DialogCode.Accepted


def ask_unsaved(parent: QWidget | None, title: str, sentence: str) -> Unsaved:
    """Ask what becomes of unsaved edits, and wait."""
    dialog = UnsavedDialog(parent, title, sentence)
    dialog.exec()
    return dialog.answer


def code_locations(error: BaseException) -> list[str]:
    """What a report may hold of an error: its kind and where, never a value or a message."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return [type(error).__name__, *places[-12:]]


def _module(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    for package in ("practice_desktop", "portal_contract"):
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return "/".join(parts[-2:])
