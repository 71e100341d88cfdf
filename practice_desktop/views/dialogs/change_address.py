"""*Change email address…* of a client who has an invitation or access."""

from PySide6.QtWidgets import QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.clients import Clients
from practice_desktop.services.portal_access import PortalAccess
from practice_desktop.views.dialogs.working_dialog import WorkingDialog
from practice_desktop.views.messages import ask
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.address_field import AddressField
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import PortalStatus


class ChangeAddressDialog(WorkingDialog):
    """Accepted when the address was changed."""

    def __init__(
        self,
        parent: QWidget,
        client_id: int,
        clients: Clients,
        portal_access: PortalAccess,
        tasks: Tasks,
    ) -> None:
        self._profile = clients.profile(client_id)
        super().__init__(parent, "Change email address", self._profile.name, tasks)
        self._portal_access = portal_access
        self.consequence = plain_label(
            _consequence(self._profile.status, self._profile.addressed_as), wrap=True
        )
        self.address = AddressField(clients, client_id, f"On file: {self._profile.draft.email}")
        self.address.set_text(self._profile.draft.email)
        self.address.editor.textChanged.connect(self._settle)
        self.address.editor.textChanged.connect(self.fit)
        self.body.addWidget(self.address)
        self.body.addWidget(self.consequence)
        self.body.addStretch(1)
        cancel = plain_button("Cancel")
        cancel.clicked.connect(self.reject)
        self._change = primary_button("Change address")
        self._change.clicked.connect(self._save)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self._change)
        self.address.editor.selectAll()
        self.address.setFocus()
        self._settle()

    def may_close(self) -> bool:
        if not super().may_close():
            return False
        return not self._edited or ask(
            self,
            "Leave without changing the address?",
            "The address you typed is not kept. What is on file stays as it was.",
            "Leave",
        )

    def fail(self, problem: Problem) -> None:
        if isinstance(problem, InvalidInput):
            self.address.tell(problem)
            self.fit()
        else:
            super().fail(problem)

    @property
    def _edited(self) -> bool:
        return self.address.text() not in ("", self._profile.draft.email)

    def _settle(self) -> None:
        self._change.setEnabled(self._edited)

    def _save(self) -> None:
        address = self.address.text()
        self.work(
            lambda: self._portal_access.change_address(self._profile.id, address),
            lambda _: self.accept(),
        )


def _consequence(status: PortalStatus, name: str) -> str:
    if status is PortalStatus.ACTIVE:
        return (
            f"{name} is signed out everywhere at once, and from then on signs in with the new "
            "address. The password stays the same."
        )
    if status is PortalStatus.DISABLED:
        return (
            f"Nothing is sent, and access stays disabled. Once it is enabled again, {name} signs "
            "in with the new address. The password stays the same."
        )
    if status is PortalStatus.NOT_INVITED:
        return "Nothing is sent. The next invitation goes to the new address."
    return (
        "A new invitation goes to the new address, with a new link. The link that was sent to the "
        "old address stops working at once."
    )
