"""*Add a name…* of the rail's *Working as*."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.practice import Practice
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.field import Field


class StaffNameDialog(DialogFrame):
    """`added` carries the name as it was kept."""

    added = Signal(str)

    def __init__(self, parent: QWidget, practice: Practice) -> None:
        super().__init__(
            parent,
            "Add a name",
            "History writes down who made each change on this computer.",
            width=420,
        )
        self._practice = practice
        self.name = QLineEdit()
        self.field = Field("Name", self.name)
        self.body.addWidget(self.field)
        cancel = plain_button("Cancel")
        cancel.clicked.connect(self.reject)
        self.add_button = primary_button("Add")
        self.add_button.clicked.connect(self._add)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.add_button)
        self.name.setFocus()

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        try:
            self._practice.add_staff(name)
        except InvalidInput as problem:
            self.field.show_error(problem.sentence)
            self.name.setFocus()
            self.fit()
        except Problem as problem:
            self.show_error(problem.sentence)
        else:
            self.added.emit(name)
            self.accept()
