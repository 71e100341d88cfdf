"""The e-mail address of one client on file, as dialogs ask for it."""

from dataclasses import replace

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.clients import Clients
from practice_desktop.views.messages import show_problem
from practice_desktop.views.widgets.address_editor import AddressEditor
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.vocabulary import Relationship


class AddressField(AddressEditor):
    """Where the address is another client's, that person is added as a contact on the spot."""

    def __init__(self, clients: Clients, client_id: int, hint: str = "") -> None:
        super().__init__("Email address", hint)
        self._clients = clients
        self._client_id = client_id
        self.contact_wanted.connect(self._add_contact)

    def tell(self, problem: InvalidInput) -> None:
        """Say what is wrong beside the field, and offer what can be done about it."""
        self.show_problem(problem, self._name())

    def _add_contact(self, owner_id: int, relation: Relationship) -> None:
        try:
            contact = self._clients.contact_from(owner_id)
            self._clients.add_contact(self._client_id, replace(contact, relation=relation))
        except Problem as problem:
            show_problem(self, problem)
            return
        name = self._name()
        self.editor.clear()
        self.show_news(
            Tone.GOOD,
            f"{contact.first_name} is now a contact of {name}",
            f"Type an address of {name}'s own to invite, or close and come back to it later.",
        )
        self.editor.setFocus()

    def _name(self) -> str:
        return self._clients.profile(self._client_id).addressed_as
