"""The page that confirms a client's e-mail address; Start Setup and *Add email address* show it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput
from practice_desktop.services.clients import ClientProfile, Clients
from practice_desktop.views.widgets.address_field import AddressField
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.label import plain_label


class EmailPage(QWidget):
    """`keep` is what *Continue* does."""

    def __init__(self, clients: Clients, client_id: int, sentence: str) -> None:
        super().__init__()
        self._clients = clients
        self._client_id = client_id
        self._profile: ClientProfile = clients.profile(client_id)
        draft = self._profile.draft
        self.address = AddressField(clients, client_id)
        self.address.set_text(draft.email)
        self.may_email = CheckRow(
            "May we e-mail?",
            f"{self._profile.addressed_as} agreed to receive e-mail from the practice.",
            draft.may_email,
        )
        self.discreet = CheckRow(
            "Discreet e-mail",
            "Leaves the practice's name out of the subject and the sender's name.",
            draft.discreet_email,
        )
        intro = plain_label(sentence, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(intro)
        layout.addWidget(self.address)
        layout.addWidget(self.may_email)
        layout.addWidget(self.discreet)
        layout.addStretch(1)
        self.setFocusProxy(self.address)

    @property
    def edited(self) -> bool:
        """Whether the page holds something that is not on file."""
        draft = self._profile.draft
        return (
            self.address.text() != draft.email
            or self.may_email.box.isChecked() != draft.may_email
            or self.discreet.box.isChecked() != draft.discreet_email
        )

    def keep(self) -> bool:
        """Put the address on file; False, with the reason beside the field, where it cannot be."""
        self.address.clear_problem()
        try:
            self._clients.confirm_address(
                self._client_id,
                self.address.text(),
                may_email=self.may_email.box.isChecked(),
                discreet_email=self.discreet.box.isChecked(),
            )
        except InvalidInput as problem:
            self.address.tell(problem)
            return False
        self._profile = self._clients.profile(self._client_id)
        self.address.set_text(self._profile.draft.email)
        return True
