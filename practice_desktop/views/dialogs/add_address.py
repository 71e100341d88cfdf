"""*Add email address*: the page of Start Setup for whoever is to be invited and has none."""

from PySide6.QtWidgets import QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.clients import Clients
from practice_desktop.views.dialogs.email_page import EmailPage
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.widgets.buttons import plain_button, primary_button


class AddAddressDialog(DialogFrame):
    """Accepted once a valid address is on file."""

    def __init__(self, parent: QWidget, client_id: int, clients: Clients) -> None:
        name = clients.profile(client_id).name
        super().__init__(parent, "Add an email address", name)
        self.page = EmailPage(
            clients,
            client_id,
            "The portal needs an e-mail address: the invitation goes there, and it is the name to "
            "sign in with.",
        )
        self.page.address.editor.textChanged.connect(self.fit)
        self.body.addWidget(self.page)
        cancel = plain_button("Cancel")
        cancel.clicked.connect(self.reject)
        keep = primary_button("Continue")
        keep.clicked.connect(self._keep)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(keep)
        self.page.setFocus()

    def _keep(self) -> None:
        try:
            kept = self.page.keep()
        except Problem as problem:
            self.show_error(problem.sentence)
            return
        if kept:
            self.accept()
        else:
            self.fit()
