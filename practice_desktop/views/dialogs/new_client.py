"""*New client*: two names are enough."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.clients import ClientDraft, Clients
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.messages import ask
from practice_desktop.views.widgets.address_editor import AddressEditor
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.field import Field
from practice_desktop.vocabulary import ClientType, Relationship


class NewClientDialog(DialogFrame):
    """`added` carries the id of the new client."""

    added = Signal(int)

    def __init__(self, parent: QWidget, clients: Clients) -> None:
        super().__init__(
            parent, "New client", "The two names are enough; the rest can be added any time."
        )
        self._clients = clients
        self.first_name = QLineEdit()
        self.last_name = QLineEdit()
        self.kind = QComboBox()
        for kind in ClientType:
            self.kind.addItem(kind.word, kind)
        self.phone = QLineEdit()
        self.email = AddressEditor("Email")
        self.email.contact_wanted.connect(self._add_with_contact)
        self._fields = {
            "first_name": Field("First name", self.first_name),
            "last_name": Field("Last name", self.last_name),
            "client_type": Field("Client type", self.kind),
            "phone": Field("Phone", self.phone),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for number, field in enumerate(self._fields.values()):
            grid.addWidget(field, number // 2, number % 2)
        grid.addWidget(self.email, 2, 0, 1, 2)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        cancel = plain_button("Cancel")
        cancel.clicked.connect(self.reject)
        self.add_button = primary_button("Add client")
        self.add_button.clicked.connect(self._add)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.add_button)
        self.first_name.setFocus()

    def may_close(self) -> bool:
        return self._draft() == ClientDraft() or ask(
            self,
            "Leave without adding the client?",
            "What you typed here is not saved.",
            "Discard",
            dangerous=True,
        )

    def _draft(self) -> ClientDraft:
        return ClientDraft(
            first_name=self.first_name.text(),
            last_name=self.last_name.text(),
            client_type=ClientType(self.kind.currentData()),
            email=self.email.text(),
            phone=self.phone.text(),
        )

    def _add(self) -> None:
        self._clear()
        try:
            client_id = self._clients.add(self._draft())
        except Problem as problem:
            self._tell(problem)
        else:
            self.added.emit(client_id)
            self.accept()

    def _add_with_contact(self, owner_id: int, relation: Relationship) -> None:
        """Add the client without an address, with its owner as a contact."""
        self._clear()
        try:
            contact = self._clients.contact_from(owner_id)
            client_id = self._clients.add(replace(self._draft(), email=""))
            self._clients.add_contact(client_id, replace(contact, relation=relation))
        except Problem as problem:
            self._tell(problem)
        else:
            self.added.emit(client_id)
            self.accept()

    def _clear(self) -> None:
        self.show_error("")
        self.email.clear_problem()
        for field in self._fields.values():
            field.clear_error()

    def _tell(self, problem: Problem) -> None:
        if isinstance(problem, InvalidInput) and problem.field == "email":
            self.email.show_problem(problem, self.first_name.text().strip() or "the client")
        elif isinstance(problem, InvalidInput) and problem.field in self._fields:
            field = self._fields[problem.field]
            field.show_error(problem.sentence)
            field.editor.setFocus()
        else:
            self.show_error(problem.sentence)
        self.fit()
