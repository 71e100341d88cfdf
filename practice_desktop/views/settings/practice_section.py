"""Settings > Practice: name, phone, and the rules for new invitations."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput, Problem, StaleEdit
from practice_desktop.services.practice import MAX_LINK_DAYS, Practice, PracticeRow
from practice_desktop.views.messages import Unsaved, ask_unsaved
from practice_desktop.views.settings.save_bar import SaveBar
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import Feature

_EDITED = ("name", "phone", "link_days", "offered", "defaults", "hold_new_messages")


class PracticeSection(QWidget):
    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._row: PracticeRow = practice.load()
        self.name = QLineEdit()
        self.phone = QLineEdit()
        self.link_days = QSpinBox()
        self.link_days.setRange(1, MAX_LINK_DAYS)
        self.link_days.setMaximumWidth(120)
        self._fields = {
            "name": Field("Practice name", self.name, "What invitations are signed with."),
            "phone": Field("Phone", self.phone, "For clients who have a question."),
            "link_days": Field(
                "Days an invitation link works",
                self.link_days,
                "Counted from when the e-mail leaves; resending starts anew.",
            ),
        }
        self.offered = {feature: CheckRow(feature.word, feature.description) for feature in Feature}
        self.defaults = {feature: CheckRow(feature.word) for feature in Feature}
        self.hold = CheckRow(
            "Hold new messages for review",
            "Nothing leaves by itself: each message waits in the Outbox for Send now.",
        )
        self.bar = SaveBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._practice_card())
        column.addWidget(self._invitation_card())
        column.addWidget(self.bar)
        column.addStretch(1)
        for edit in (self.name, self.phone):
            edit.textChanged.connect(self._settle)
        self.link_days.valueChanged.connect(self._settle)
        for row in (*self.offered.values(), *self.defaults.values(), self.hold):
            row.toggled.connect(self._settle)
        self.bar.save_wanted.connect(self.save)
        self.bar.undo_wanted.connect(self._show)
        self._show()

    def error(self, name: str) -> str:
        """What stands beside a field, named as the service's parameter."""
        return self._fields[name].error

    def refresh(self) -> None:
        """Re-read, unless something typed here is not saved yet."""
        if not self.edited:
            self._row = self._practice.load()
            self._show()

    def _practice_card(self) -> Card:
        card = Card("Practice")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._fields["name"], 0, 0)
        grid.addWidget(self._fields["phone"], 0, 1)
        grid.addWidget(self._fields["link_days"], 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        card.body.addWidget(self.hold)
        return card

    def _invitation_card(self) -> Card:
        card = Card("Portal features")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.addWidget(plain_label("The practice offers", "section"), 0, 0)
        grid.addWidget(plain_label("Ticked in a new invitation", "section"), 0, 1)
        for line, feature in enumerate(Feature, start=1):
            grid.addWidget(self.offered[feature], line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.defaults[feature], line, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        return card

    def _typed(self) -> PracticeRow:
        """What stands on screen, over what was loaded."""
        return replace(
            self._row,
            name=self.name.text().strip(),
            phone=self.phone.text().strip(),
            link_days=self.link_days.value(),
            offered=tuple(f for f, row in self.offered.items() if row.box.isChecked()),
            defaults=tuple(f for f, row in self.defaults.items() if row.box.isChecked()),
            hold_new_messages=self.hold.box.isChecked(),
        )

    @property
    def edited(self) -> bool:
        return bool(_edits(self._row, self._typed()))

    def _show(self) -> None:
        self._fill(self._row)

    def _fill(self, row: PracticeRow) -> None:
        self.name.setText(row.name)
        self.phone.setText(row.phone)
        self.link_days.setValue(row.link_days)
        for feature in Feature:
            self.offered[feature].box.setChecked(feature in row.offered)
            self.defaults[feature].box.setChecked(feature in row.defaults)
        self.hold.box.setChecked(row.hold_new_messages)
        self._settle()

    def _settle(self) -> None:
        for field in self._fields.values():
            field.clear_error()
        for feature, row in self.defaults.items():
            offered = self.offered[feature].box.isChecked()
            row.set_unavailable("" if offered else "The practice does not offer it.")
            if offered:
                row.set_note("")
        self.bar.show_edited(self.edited)

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved edits; False where the person stays."""
        if not self.edited:
            return True
        answer = ask_unsaved(
            self, "Save the practice?", "What you changed under Practice is not saved."
        )
        if answer is Unsaved.DISCARD:
            self._show()
        return self.save() if answer is Unsaved.SAVE else answer is Unsaved.DISCARD

    def save(self) -> bool:
        """Save; False, with the reason in place, where it cannot be."""
        typed = self._typed()
        try:
            self._row = self._practice.save(
                version=typed.version,
                name=typed.name,
                phone=typed.phone,
                link_days=typed.link_days,
                offered=typed.offered,
                defaults=typed.defaults,
                hold_new_messages=typed.hold_new_messages,
            )
        except InvalidInput as problem:
            self._show_invalid(problem)
        except StaleEdit as problem:
            self._meet(typed)
            self.bar.say(problem.sentence, wrong=True)
        except Problem as problem:
            self.bar.say(problem.sentence, wrong=True)
        else:
            self._show()
            self.bar.say("Saved.")
            return True
        return False

    def _meet(self, typed: PracticeRow) -> None:
        """Show what somebody else saved, under the person's own edits."""
        edits = _edits(self._row, typed)
        self._row = self._practice.load()
        self._fill(replace(self._row, **edits))

    def _show_invalid(self, problem: InvalidInput) -> None:
        field = self._fields.get(problem.field)
        if field is None:
            self.bar.say(problem.sentence, wrong=True)
            return
        field.show_error(problem.sentence)
        field.editor.setFocus()


def _edits(row: PracticeRow, typed: PracticeRow) -> dict[str, Any]:
    """The fields in which the two differ, as typed; the order of features says nothing."""
    pairs = ((field, getattr(row, field), getattr(typed, field)) for field in _EDITED)
    return {
        field: after
        for field, before, after in pairs
        if (set(before) != set(after) if isinstance(after, tuple) else before != after)
    }
