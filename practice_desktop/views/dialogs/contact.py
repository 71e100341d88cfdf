"""*Add contact* and *Edit…*: one person around a client."""

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.clients import Clients, ContactDraft, ContactRow
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.messages import ask
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.field import Field
from practice_desktop.vocabulary import Relationship


class ContactDialog(DialogFrame):
    """Accepted when the contact was saved."""

    def __init__(
        self,
        parent: QWidget,
        clients: Clients,
        client_id: int,
        contact: ContactRow | None = None,
    ) -> None:
        super().__init__(parent, "Edit contact" if contact else "Add contact")
        self._clients = clients
        self._client_id = client_id
        self._contact = contact
        self._before = contact.draft if contact else ContactDraft()
        draft = self._before
        self.first_name = QLineEdit(draft.first_name)
        self.last_name = QLineEdit(draft.last_name)
        self.relation = QComboBox()
        for relation in Relationship:
            self.relation.addItem(relation.word, relation)
        self.relation.setCurrentIndex(self.relation.findData(draft.relation))
        self.email = QLineEdit(draft.email)
        self.phone = QLineEdit(draft.phone)
        self._fields = {
            "first_name": Field("First name", self.first_name),
            "last_name": Field("Last name", self.last_name),
            "relation": Field("Relationship", self.relation),
            "email": Field("Email", self.email),
            "phone": Field("Phone", self.phone),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        places = ((0, 0), (0, 1), (1, 0), (2, 0), (2, 1))
        for field, (row, column) in zip(self._fields.values(), places, strict=True):
            grid.addWidget(field, row, column)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        cancel = plain_button("Cancel")
        cancel.clicked.connect(self.reject)
        self.save_button = primary_button("Save" if contact else "Add contact")
        self.save_button.clicked.connect(self._save)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
        self.first_name.setFocus()

    def may_close(self) -> bool:
        return self._draft() == self._before or ask(
            self,
            "Leave without saving?",
            "What you typed here is not saved. What was saved before is kept.",
            "Discard changes",
            dangerous=True,
        )

    def _draft(self) -> ContactDraft:
        return ContactDraft(
            self.first_name.text(),
            self.last_name.text(),
            Relationship(self.relation.currentData()),
            self.email.text(),
            self.phone.text(),
        )

    def _save(self) -> None:
        self.show_error("")
        for field in self._fields.values():
            field.clear_error()
        try:
            if self._contact is None:
                self._clients.add_contact(self._client_id, self._draft())
            else:
                self._clients.save_contact(self._contact.id, self._contact.version, self._draft())
        except InvalidInput as problem:
            if problem.field in self._fields:
                field = self._fields[problem.field]
                field.show_error(problem.sentence)
                field.editor.setFocus()
                self.fit()
            else:
                self.show_error(problem.sentence)
        except Problem as problem:
            self.show_error(problem.sentence)
        else:
            self.accept()
