"""*Start Setup*: the address, then whether to invite, then features and forms."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from practice_desktop.errors import Problem
from practice_desktop.services.clients import Clients
from practice_desktop.services.documentation import Documentation
from practice_desktop.services.forms import Forms
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.services.portal_access import PortalAccess
from practice_desktop.services.practice import Practice
from practice_desktop.views.dialogs.email_page import EmailPage
from practice_desktop.views.dialogs.features_page import PAGE_HEIGHT, FeaturesPage
from practice_desktop.views.dialogs.mail_preview import MailPreviewDialog
from practice_desktop.views.dialogs.working_dialog import WorkingDialog
from practice_desktop.views.messages import ask
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import link_button, plain_button, primary_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.label import plain_label, plain_tip
from practice_desktop.views.widgets.steps import Steps

EMAIL, PORTAL, FEATURES = range(3)


class SetupWizard(WorkingDialog):
    """Accepted when the client was invited, or setup was finished with *Not now*."""

    def __init__(
        self,
        parent: QWidget,
        client_id: int,
        clients: Clients,
        portal_access: PortalAccess,
        documentation: Documentation,
        forms: Forms,
        practice: Practice,
        tasks: Tasks,
    ) -> None:
        self._profile = clients.profile(client_id)
        super().__init__(parent, f"Set up {self._profile.name}", "", tasks, width=800)
        self._client_id = client_id
        self._clients = clients
        self._portal_access = portal_access
        self._steps = Steps(["Email", "Portal", "Features and forms"])
        self.header.addWidget(self._steps)
        self.email_page = EmailPage(
            clients,
            client_id,
            f"Where does {self._profile.addressed_as} read e-mail? The address is kept with the "
            "client, whatever you choose on the next pages.",
        )
        self._portal_page = _PortalPage(self._profile.addressed_as)
        self.features_page = FeaturesPage(
            practice.feature_choices(),
            documentation.checklist(client_id),
            forms.packets(),
            forms.default_packet(self._profile.draft.client_type),
        )
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(PAGE_HEIGHT)
        for page in (self.email_page, self._portal_page, self.features_page):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self._add_buttons()
        self._show_page(EMAIL)

    def may_close(self) -> bool:
        """Leaving half-way keeps the address; what cannot be kept is asked about."""
        if not super().may_close():
            return False
        page = self._pages.currentIndex()
        if page == EMAIL and self.email_page.edited:
            return self._keep_address(quietly=True) or ask(
                self,
                "Leave setup?",
                "The address cannot be kept as it stands. What is on file stays as it was.",
                "Leave",
            )
        if page == FEATURES and self.features_page.edited:
            return ask(
                self,
                "Leave setup?",
                "The address is kept. The features and forms you chose are not, and no "
                "invitation is sent.",
                "Leave",
            )
        return True

    def _add_buttons(self) -> None:
        self._preview = link_button("Preview email")
        self._preview.clicked.connect(self._show_preview)
        self._later = plain_button("Finish later")
        self._later.clicked.connect(self.reject)
        self._back = plain_button("Back")
        self._back.clicked.connect(self._go_back)
        self._not_now = plain_button("Not now")
        self._not_now.clicked.connect(self._finish)
        self._continue = primary_button("Continue")
        self._continue.clicked.connect(self._keep_and_continue)
        self._invite = primary_button("Invite to Portal")
        self._invite.clicked.connect(lambda: self._show_page(FEATURES))
        self._send = primary_button("Send Invitation", "mail")
        self._send.clicked.connect(self._send_invitation)
        self.footer.addWidget(self._preview)
        self.footer.addStretch(1)
        for button in (
            self._later,
            self._back,
            self._not_now,
            self._continue,
            self._invite,
            self._send,
        ):
            self.footer.addWidget(button)

    def _show_page(self, page: int) -> None:
        self.show_error("")
        self._pages.setCurrentIndex(page)
        self._steps.show_step(page)
        self._preview.setVisible(page == FEATURES)
        self._later.setVisible(page == EMAIL)
        self._back.setVisible(page != EMAIL)
        self._not_now.setVisible(page == PORTAL)
        default = (self._continue, self._invite, self._send)[page]
        for button in (self._continue, self._invite, self._send):
            button.setVisible(button is default)
        if page == EMAIL:
            self.email_page.setFocus()
        elif page == PORTAL:
            why_not = self._portal_access.card(self._client_id).why_not
            self._portal_page.show_reason(why_not)
            self._invite.setEnabled(not why_not)
            self._invite.setToolTip(plain_tip(why_not))
            (self._not_now if why_not else self._invite).setFocus()
        else:
            self._send.setFocus()

    def _go_back(self) -> None:
        self._show_page(self._pages.currentIndex() - 1)

    def _keep_address(self, *, quietly: bool = False) -> bool:
        try:
            return self.email_page.keep()
        except Problem as problem:
            if not quietly:
                self.show_error(problem.sentence)
            return False

    def _keep_and_continue(self) -> None:
        if self._keep_address():
            self._show_page(PORTAL)

    def _finish(self) -> None:
        try:
            self._clients.finish_setup(self._client_id)
        except Problem as problem:
            self.show_error(problem.sentence)
            return
        self.accept()

    def _show_preview(self) -> None:
        self.work(lambda: self._portal_access.preview(self._client_id), self._open_preview)

    def _open_preview(self, preview: MailPreview) -> None:
        MailPreviewDialog(self, preview).open()

    def _send_invitation(self) -> None:
        request = self.features_page.request()
        self.work(
            lambda: self._portal_access.invite(self._client_id, request), lambda _: self.accept()
        )


class _PortalPage(QWidget):
    """What the portal gives, and why somebody cannot be invited now."""

    def __init__(self, name: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        title = plain_label(f"Invite {name} to the client portal?", "heading", wrap=True)
        words = plain_label(
            f"{name} gets an e-mail with a personal link, chooses a password, and finds there the "
            "forms and documents that you request or share. What the portal offers and which "
            "forms go along is chosen on the next page; nothing is sent before.\n\n"
            "With Not now, setup is finished without an invitation. Invite to Portal stays on "
            "the Portal tab for later.",
            wrap=True,
        )
        self._reason = Callout(Tone.WAITING)
        for widget in (title, words, self._reason):
            layout.addWidget(widget)
        layout.addStretch(1)

    def show_reason(self, why_not: str) -> None:
        self._reason.set_text("Not possible yet", why_not)
        self._reason.setVisible(bool(why_not))
