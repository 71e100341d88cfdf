"""*It came back…*: a person saw the invitation returned and says so."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.portal_access import PortalAccess
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.messages import ask
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.label import plain_label


class CameBackDialog(DialogFrame):
    """Accepted when the invitation was marked Not delivered."""

    def __init__(
        self, parent: QWidget, client_id: int, address: str, portal_access: PortalAccess
    ) -> None:
        super().__init__(parent, "It came back", f"The invitation to {address}")
        self._client_id = client_id
        self._portal_access = portal_access
        sentence = plain_label(
            "Did a returned mail say that the invitation could not be delivered? Paste what it "
            "said: the sentence that gives the reason is enough. The invitation is then shown as "
            "Not delivered, so that the address can be mended.",
            wrap=True,
        )
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText("For example: The email account does not exist")
        self.body.addWidget(sentence)
        self.body.addWidget(Field("What the returned mail said", self.words), 1)
        cancel = plain_button("Cancel")
        cancel.clicked.connect(self.reject)
        mark = primary_button("Mark as not delivered")
        mark.clicked.connect(self._mark)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(mark)
        self.words.setFocus()

    def may_close(self) -> bool:
        return not self.words.toPlainText().strip() or ask(
            self,
            "Leave without marking it?",
            "What you pasted is not kept, and the invitation stays Invited.",
            "Leave",
        )

    def _mark(self) -> None:
        try:
            self._portal_access.came_back(self._client_id, self.words.toPlainText().strip())
        except Problem as problem:
            self.show_error(problem.sentence)
            return
        self.accept()
