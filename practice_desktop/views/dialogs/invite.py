"""*Invite to Portal*: features and forms for one client, or for several after a review page."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from practice_desktop.services.clients import Clients
from practice_desktop.services.documentation import Documentation
from practice_desktop.services.forms import Forms
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.services.portal_access import Invitee, PortalAccess
from practice_desktop.services.practice import Practice
from practice_desktop.views.dialogs.add_address import AddAddressDialog
from practice_desktop.views.dialogs.features_page import PAGE_HEIGHT, FeaturesPage
from practice_desktop.views.dialogs.invitees_page import InviteesPage
from practice_desktop.views.dialogs.mail_preview import MailPreviewDialog
from practice_desktop.views.dialogs.working_dialog import WorkingDialog
from practice_desktop.views.messages import ask
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import link_button, plain_button, primary_button

REVIEW, FEATURES, RESULT = range(3)


class InviteDialog(WorkingDialog):
    """Accepted when at least one invitation was queued."""

    def __init__(
        self,
        parent: QWidget,
        client_ids: Sequence[int],
        clients: Clients,
        portal_access: PortalAccess,
        documentation: Documentation,
        forms: Forms,
        practice: Practice,
        tasks: Tasks,
    ) -> None:
        self._client_ids = list(client_ids)
        self._single = len(self._client_ids) == 1
        name = (
            clients.profile(self._client_ids[0]).name
            if self._single
            else f"{len(self._client_ids)} clients"
        )
        super().__init__(parent, f"Invite {name} to the portal", "", tasks, width=800)
        self._clients = clients
        self._portal_access = portal_access
        self._invitees: list[Invitee] = []
        if self._single:
            profile = clients.profile(self._client_ids[0])
            items = documentation.checklist(profile.id)
            packet = forms.default_packet(profile.draft.client_type)
        else:
            items, packet = documentation.library_checklist(), None
        self.review_page = InviteesPage()
        self.review_page.address_wanted.connect(self._add_address)
        self.features_page = FeaturesPage(
            practice.feature_choices(), items, forms.packets(), packet
        )
        self.result_page = InviteesPage(sent=True)
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(PAGE_HEIGHT)
        for page in (self.review_page, self.features_page, self.result_page):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self._add_buttons()
        if self._single:
            self._show_page(FEATURES)
        else:
            self._review()
            self._show_page(REVIEW)

    def may_close(self) -> bool:
        if not super().may_close():
            return False
        if self._pages.currentIndex() == RESULT or not self.features_page.edited:
            return True
        return ask(
            self,
            "Leave without inviting?",
            "The features and forms you chose are not kept, and no invitation is sent.",
            "Leave",
        )

    def reject(self) -> None:
        if self._pages.currentIndex() == RESULT:
            self.accept()
        else:
            super().reject()

    def _add_buttons(self) -> None:
        self._preview = link_button("Preview email")
        self._preview.clicked.connect(self._show_preview)
        self._back = plain_button("Back")
        self._back.clicked.connect(lambda: self._show_page(REVIEW))
        self._cancel = plain_button("Cancel")
        self._cancel.clicked.connect(self.reject)
        self._continue = primary_button("Continue")
        self._continue.clicked.connect(lambda: self._show_page(FEATURES))
        self._send = primary_button("Send Invitation", "mail")
        self._send.clicked.connect(self._send_invitation)
        self._close = primary_button("Close")
        self._close.clicked.connect(self.accept)
        self.footer.addWidget(self._preview)
        self.footer.addStretch(1)
        for button in (self._back, self._cancel, self._continue, self._send, self._close):
            self.footer.addWidget(button)

    def _show_page(self, page: int) -> None:
        self.show_error("")
        self._pages.setCurrentIndex(page)
        self._preview.setVisible(page == FEATURES)
        self._back.setVisible(page == FEATURES and not self._single)
        self._cancel.setVisible(page == REVIEW or (page == FEATURES and self._single))
        default = (self._continue, self._send, self._close)[page]
        for button in (self._continue, self._send, self._close):
            button.setVisible(button is default)
        default.setFocus()

    def _review(self) -> None:
        self._invitees = self._portal_access.review(self._client_ids)
        self.review_page.show_invitees(self._invitees)
        self._continue.setEnabled(any(invitee.included for invitee in self._invitees))

    def _add_address(self, client_id: int) -> None:
        dialog = AddAddressDialog(self, client_id, self._clients)
        dialog.accepted.connect(self._review)
        dialog.open()

    def _included(self) -> list[int]:
        if self._single:
            return self._client_ids
        return [invitee.client_id for invitee in self._invitees if invitee.included]

    def _show_preview(self) -> None:
        client_id = self._included()[0]
        self.work(lambda: self._portal_access.preview(client_id), self._open_preview)

    def _open_preview(self, preview: MailPreview) -> None:
        MailPreviewDialog(self, preview).open()

    def _send_invitation(self) -> None:
        request = self.features_page.request()
        if self._single:
            client_id = self._client_ids[0]
            self.work(
                lambda: self._portal_access.invite(client_id, request), lambda _: self.accept()
            )
        else:
            everyone = self._client_ids
            self.work(lambda: self._portal_access.invite_many(everyone, request), self._show_result)

    def _show_result(self, invitees: list[Invitee]) -> None:
        self.result_page.show_invitees(invitees)
        self._show_page(RESULT)
