"""The people around a client: shown, added, edited, removed."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.clients import ClientProfile, Clients, ContactRow
from practice_desktop.views.messages import ask, show_problem
from practice_desktop.views.widgets.avatar import Avatar, initials
from practice_desktop.views.widgets.buttons import MoreActionsButton, link_button
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.label import ElidedLabel, plain_label


class ContactsCard(Card):
    def __init__(self, clients: Clients, parent: QWidget | None = None) -> None:
        super().__init__("Contacts", parent)
        self._clients = clients
        self._client_id = 0
        self._shown: tuple[ContactRow, ...] | None = None
        self.add_button = link_button("Add contact")
        self.add_button.clicked.connect(self._add)
        self.header.addStretch(1)
        self.header.addWidget(self.add_button)
        self._rows: list[QWidget] = []
        self._nobody = plain_label(
            "A parent, a partner, somebody to call in an emergency.", "muted", wrap=True
        )
        self.body.addWidget(self._nobody)

    def show_contacts(self, profile: ClientProfile) -> None:
        if (profile.id, profile.contacts) == (self._client_id, self._shown):
            return
        self._client_id, self._shown = profile.id, profile.contacts
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(contact) for contact in profile.contacts]
        for row in self._rows:
            self.body.addWidget(row)
        self._nobody.setVisible(not self._rows)

    def _row(self, contact: ContactRow) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        draft = contact.draft
        line.addWidget(Avatar(initials(draft.first_name, draft.last_name), 34))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(contact.name, "strong"))
        facts = " · ".join(filter(None, (draft.relation.word, draft.email, draft.phone)))
        words.addWidget(ElidedLabel(facts, "secondary"))
        line.addLayout(words, 1)
        more = MoreActionsButton()
        more.setAccessibleDescription(contact.name)
        more.set_actions(
            [
                ("Edit…", True, "", partial(self._edit, contact), False),
                ("Remove", True, "", partial(self._remove, contact), True),
            ]
        )
        line.addWidget(more)
        return row

    def _add(self) -> None:
        from practice_desktop.views.dialogs.contact import ContactDialog

        ContactDialog(self, self._clients, self._client_id).open()

    def _edit(self, contact: ContactRow) -> None:
        from practice_desktop.views.dialogs.contact import ContactDialog

        ContactDialog(self, self._clients, self._client_id, contact).open()

    def _remove(self, contact: ContactRow) -> None:
        sentence = f"{contact.name} is taken off the contacts. History keeps what was removed."
        if not ask(self, "Remove this contact?", sentence, "Remove", dangerous=True):
            return
        try:
            self._clients.remove_contact(contact.id)
        except Problem as problem:
            show_problem(self, problem)
