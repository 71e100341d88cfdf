"""An e-mail address field that notices slips and knows what to do where the address is taken."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from practice_desktop.errors import AddressTaken, InvalidInput, Problem
from practice_desktop.services.addresses import suggest_address
from practice_desktop.services.clients import Clients, ContactDraft
from practice_desktop.views.messages import show_problem
from practice_desktop.views.widgets.buttons import link_button, plain_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.field import Field
from practice_desktop.vocabulary import Relationship


class AddressField(QWidget):
    """The address of one client, a suggestion that is never applied by itself, and, where the
    address is another client's, the offer to add that person as a contact of this one.
    """

    def __init__(self, clients: Clients, client_id: int, hint: str = "") -> None:
        super().__init__()
        self._clients = clients
        self._client_id = client_id
        self.editor = QLineEdit()
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.field = Field("Email address", self.editor, hint)
        self.suggestion = link_button("")
        self.suggestion.clicked.connect(self._apply_suggestion)
        self.suggestion.hide()
        self._suggested = ""
        self._owner_id = 0
        self.news = Callout(Tone.WAITING)
        self.relation = QComboBox()
        self.relation.setAccessibleName("Relationship")
        for relation in Relationship:
            self.relation.addItem(relation.word, relation)
        self.add_contact = plain_button("")
        self.add_contact.clicked.connect(self._add_contact)
        self._offer = QWidget()
        offer = QHBoxLayout(self._offer)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.setSpacing(10)
        offer.addWidget(self.relation)
        offer.addWidget(self.add_contact)
        offer.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.suggestion, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.news)
        layout.addWidget(self._offer)
        self.setFocusProxy(self.editor)
        self.editor.textChanged.connect(self._look_for_slip)
        self.clear_problem()

    def text(self) -> str:
        return self.editor.text().strip()

    def set_text(self, address: str) -> None:
        self.editor.setText(address)

    def show_problem(self, problem: InvalidInput) -> None:
        """Say what is wrong beside the field; a taken address also brings the offer."""
        self.field.show_error(problem.sentence)
        self.editor.setFocus()
        if isinstance(problem, AddressTaken):
            self._owner_id = problem.owner_id
            owner, name = problem.owner_first_name, self._name()
            self.news.set_tone(Tone.WAITING)
            self.news.set_text(
                f"Is {owner} family of {name}?",
                f"Then add {owner} to {name}'s contacts, address and all. The portal needs an "
                f"address of {name}'s own.",
            )
            text = f"Add {owner} as a contact"
            self.add_contact.setText(text.replace("&", "&&"))
            self.add_contact.setAccessibleName(text)
            self.news.show()
            self._offer.show()

    def clear_problem(self) -> None:
        self.field.clear_error()
        self.news.hide()
        self._offer.hide()

    def _look_for_slip(self, text: str) -> None:
        self.clear_problem()
        self._suggested = suggest_address(text.strip()) or ""
        label = f"Did you mean {self._suggested}?"
        self.suggestion.setText(label.replace("&", "&&"))
        self.suggestion.setAccessibleName(label)
        self.suggestion.setVisible(bool(self._suggested))

    def _apply_suggestion(self) -> None:
        self.editor.setText(self._suggested)
        self.editor.setFocus()

    def _add_contact(self) -> None:
        try:
            owner = self._clients.profile(self._owner_id).draft
            self._clients.add_contact(
                self._client_id,
                ContactDraft(
                    first_name=owner.first_name,
                    last_name=owner.last_name,
                    relation=Relationship(self.relation.currentData()),
                    email=self.text(),
                    phone=owner.phone,
                ),
            )
        except Problem as problem:
            show_problem(self, problem)
            return
        name = self._name()
        self.editor.clear()
        self.news.set_tone(Tone.GOOD)
        self.news.set_text(
            f"{owner.first_name} is now a contact of {name}",
            f"Type an address of {name}'s own to invite, or close and come back to it later.",
        )
        self.news.show()
        self.editor.setFocus()

    def _name(self) -> str:
        return self._clients.profile(self._client_id).addressed_as
