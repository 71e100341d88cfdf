"""Settings > Staff: the names offered under *Working as*."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.practice import Practice
from practice_desktop.views.messages import ask, show_problem
from practice_desktop.views.widgets.buttons import danger_button, plain_button
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.label import plain_label

_BESIDE = 22
"""What puts a button beside an editor that stands under its label."""


class StaffSection(QWidget):
    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self.names = QListWidget()
        self.names.setAccessibleName("Names")
        self.names.itemSelectionChanged.connect(self._settle)
        self.name = QLineEdit()
        self.name.returnPressed.connect(self._add)
        self.name.textChanged.connect(self._settle)
        self.field = Field("Name", self.name)
        self.add = plain_button("Add")
        self.add.clicked.connect(self._add)
        self.remove = danger_button("Remove")
        self.remove.clicked.connect(self._remove)
        card = Card("Working as")
        card.body.addWidget(
            plain_label(
                "Whoever sits at the desk chooses a name at the bottom left; History writes it "
                "beside what was done. It is no sign-in and protects nothing.",
                "secondary",
                wrap=True,
            )
        )
        entry = QHBoxLayout()
        entry.setSpacing(10)
        entry.addWidget(self.field, 1)
        beside = QVBoxLayout()
        beside.addSpacing(_BESIDE)
        beside.addWidget(self.add)
        beside.addStretch(1)
        entry.addLayout(beside)
        card.body.addLayout(entry)
        self.nobody = plain_label(
            "Nobody is in the list yet. Add whoever works at this desk.", "muted", wrap=True
        )
        card.body.addWidget(self.nobody)
        card.body.addWidget(self.names)
        card.body.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.refresh()
        self._settle()

    def refresh(self) -> None:
        names = list(self._practice.staff())
        shown = [self.names.item(row).text() for row in range(self.names.count())]
        if names != shown:
            self.names.clear()
            self.names.addItems(names)
        self.nobody.setVisible(not names)
        self.names.setVisible(bool(names))
        self.remove.setVisible(bool(names))

    def _settle(self) -> None:
        self.field.clear_error()
        self.add.setEnabled(bool(self.name.text().strip()))
        self.remove.setEnabled(bool(self.names.selectedItems()))

    def _add(self) -> None:
        try:
            self._practice.add_staff(self.name.text())
        except InvalidInput as problem:
            self.field.show_error(problem.sentence)
            self.name.setFocus()
            return
        except Problem as problem:
            show_problem(self, problem)
            return
        self.name.clear()
        self.refresh()
        self.name.setFocus()

    def _remove(self) -> None:
        name = self.names.selectedItems()[0].text()
        if ask(
            self,
            f"Remove {name}?",
            f"{name} is no longer offered under Working as. History keeps the name.",
            "Remove",
            dangerous=True,
        ):
            try:
                self._practice.remove_staff(name)
            except Problem as problem:
                show_problem(self, problem)
            self.refresh()
