"""The Portal tab: invitation or access, features, requested and shared documents."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from practice_desktop.errors import NotFound, Problem
from practice_desktop.services.clients import Clients
from practice_desktop.services.documentation import Documentation, DocumentRow
from practice_desktop.services.forms import Forms
from practice_desktop.services.portal_access import PortalAccess, PortalCard
from practice_desktop.services.practice import Practice
from practice_desktop.views.clients.portal_cards import AccessCard, DocumentsCard, FeaturesCard
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.messages import ask, show_problem, show_unexpected
from practice_desktop.views.settings.sections import section_in
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import MenuEntry
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import AccessAction, Feature, PortalStatus

T = TypeVar("T")

_PAGE_WIDTH = 900


class PortalTab(QScrollArea):
    """`settings_wanted` carries the section of Settings that would let an invitation go."""

    settings_wanted = Signal(str)

    def __init__(
        self,
        portal_access: PortalAccess,
        documentation: Documentation,
        clients: Clients,
        forms: Forms,
        practice: Practice,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._portal_access = portal_access
        self._documentation = documentation
        self._clients = clients
        self._forms = forms
        self._practice = practice
        self._tasks = tasks
        self._client_id: int | None = None
        self._card: PortalCard | None = None
        self._ticks: deque[Callable[[], None]] = deque()
        self.setProperty("role", "canvas")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setMaximumWidth(_PAGE_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.access = AccessCard(
            {
                AccessAction.RESEND: self._resend,
                AccessAction.COPY_LINK: self._copy_link,
                AccessAction.CHANGE_ADDRESS: self._change_address,
                AccessAction.CAME_BACK: self._note_came_back,
                AccessAction.DELETE: self._delete,
                AccessAction.RESET_PASSWORD: self._reset_password,
                AccessAction.DISABLE: self._disable,
                AccessAction.ENABLE: self._enable,
            }
        )
        self.access.invite_wanted.connect(self._invite)
        self.access.settings_wanted.connect(self.settings_wanted)
        self.features = FeaturesCard()
        self.features.feature_ticked.connect(self._set_feature)
        self.documents = DocumentsCard("Requested and Shared Documents")
        self.documents.manage_wanted.connect(self._manage)
        self.earlier = DocumentsCard("Earlier answers", manage=False)
        self.note = plain_label("", "secondary", wrap=True)
        for part in (self.access, self.features, self.documents, self.earlier, self.note):
            column.addWidget(part)
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "canvas")
        margins = QHBoxLayout(inside)
        margins.setContentsMargins(26, 20, 26, 24)
        margins.addWidget(content, 10)
        margins.addStretch(0)
        self.setWidget(inside)

    def show_client(self, client_id: int) -> None:
        """Show another client, from the top."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.access.forget_confirmation()
            self.access.details.setChecked(False)
            self.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Re-read what is shown; a client who is gone meanwhile is left to the list to notice."""
        if self._client_id is None:
            return
        try:
            card = self._portal_access.card(self._client_id)
            documents = self._documentation.documents(self._client_id)
            earlier = self._documentation.earlier_answers(self._client_id)
        except NotFound:
            return
        now = datetime.now(UTC)
        self._card = card
        self.access.show_card(card, section_in(card.why_not))
        if not self._ticks:
            self.features.show_features(card.features)
        self.documents.make_primary(card.status is not PortalStatus.NOT_INVITED)
        self.documents.show_documents(documents, self._document_actions, now)
        self.earlier.show_documents(earlier, lambda _row: (), now)
        self.earlier.setVisible(bool(earlier))
        self.note.setText(card.note)
        self.note.setVisible(bool(card.note))

    def _document_actions(self, row: DocumentRow) -> list[MenuEntry]:
        again = "" if row.can_request_again else "There is nothing here that could be asked again."
        return [
            (
                "Request again",
                row.can_request_again,
                again,
                lambda: self._request_again(row),
                False,
            ),
            ("Remove", True, "", lambda: self._remove(row), True),
        ]

    def _shown(self) -> tuple[int, str]:
        """Id and name of the client on screen; actions exist only while there is one."""
        if self._client_id is None:
            raise LookupError("no client is shown")
        return self._client_id, self._clients.profile(self._client_id).addressed_as

    def _work(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Have it done off the UI thread, with the actions off meanwhile."""
        focus = self.focusWidget()
        self._hold(True)

        def release() -> None:
            self._hold(False)
            self.refresh()
            if focus is not None:
                focus.setFocus()

        def finish(answer: T) -> None:
            release()
            done(answer)

        def fail(error: Exception) -> None:
            release()
            self._tell(error)

        self._tasks.run(work, finish, fail, owner=self)

    def _hold(self, held: bool) -> None:
        for card in (self.access, self.documents):
            card.setEnabled(not held)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, Problem):
            show_problem(self, error)
        else:
            show_unexpected(self, error)

    def _at_once(self, work: Callable[[], None]) -> None:
        """A short write, here and now."""
        try:
            work()
        except Problem as problem:
            show_problem(self, problem)
        self.refresh()

    def _open(self, dialog: DialogFrame) -> None:
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def _invite(self) -> None:
        client_id, _name = self._shown()
        if self._card is not None and self._card.address_missing:
            from practice_desktop.views.dialogs.add_address import AddAddressDialog

            adding = AddAddressDialog(self, client_id, self._clients)
            adding.accepted.connect(self._invite_with_address)
            adding.open()
        else:
            self._open_invitation(client_id)

    def _invite_with_address(self) -> None:
        self.refresh()
        card = self._card
        if card is not None and not card.why_not:
            self._open_invitation(card.client_id)

    def _open_invitation(self, client_id: int) -> None:
        from practice_desktop.views.dialogs.invite import InviteDialog

        self._open(
            InviteDialog(
                self,
                [client_id],
                self._clients,
                self._portal_access,
                self._documentation,
                self._forms,
                self._practice,
                self._tasks,
            )
        )

    def _resend(self) -> None:
        client_id, _name = self._shown()
        self._work(
            lambda: self._portal_access.resend(client_id),
            lambda _: self.access.confirm(
                "The invitation is on its way again, with the same link."
            ),
        )

    def _copy_link(self) -> None:
        client_id, _name = self._shown()
        self._work(lambda: self._portal_access.link(client_id), self._keep_link)

    def _keep_link(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        facts = dict(self._card.facts) if self._card is not None else {}
        until = facts.get("Link works until", "")
        works = f" It works until {until}." if until else ""
        self.access.confirm(
            f"The invitation link was copied.{works} Whoever has it can accept the invitation."
        )

    def _change_address(self) -> None:
        from practice_desktop.views.dialogs.change_address import ChangeAddressDialog

        client_id, _name = self._shown()
        self._open(
            ChangeAddressDialog(self, client_id, self._clients, self._portal_access, self._tasks)
        )

    def _note_came_back(self) -> None:
        from practice_desktop.views.dialogs.came_back import CameBackDialog

        client_id, _name = self._shown()
        address = self._clients.profile(client_id).draft.email
        self._open(CameBackDialog(self, client_id, address, self._portal_access))

    def _delete(self) -> None:
        client_id, _name = self._shown()
        question = self._portal_access.delete_question(client_id)
        if ask(self, "Delete the invitation?", question, "Delete", dangerous=True):
            self._at_once(lambda: self._portal_access.delete(client_id))

    def _disable(self) -> None:
        client_id, _name = self._shown()
        question = self._portal_access.disable_question(client_id)
        if ask(self, "Disable access?", question, "Disable Access", dangerous=True):
            self._at_once(lambda: self._portal_access.disable(client_id))

    def _enable(self) -> None:
        client_id, _name = self._shown()
        self._at_once(lambda: self._portal_access.enable(client_id))

    def _reset_password(self) -> None:
        client_id, name = self._shown()
        phone = self._clients.profile(client_id).draft.phone
        number = f"the number on file first: {phone}." if phone else "first."
        unknown = "" if phone else " There is no phone number on file."
        sure = ask(
            self,
            "Send password reset link",
            f"Call {name} on {number}{unknown} Anybody who reads {name}'s e-mail can use the "
            "link, so make sure that it was really your client who asked. It works for 24 hours.",
            "Send link",
        )
        if sure:
            self._work(
                lambda: self._portal_access.send_password_reset(client_id),
                lambda _: self.access.confirm("The password reset link is on its way."),
            )

    def _set_feature(self, feature: Feature, on: bool) -> None:
        """Saved in the order of the clicks, one after the other."""
        client_id, _name = self._shown()
        self._ticks.append(lambda: self._portal_access.set_feature(client_id, feature, on))
        if len(self._ticks) == 1:
            self._save_tick()

    def _save_tick(self) -> None:
        self._tasks.run(self._ticks[0], lambda _: self._tick_saved(), self._tick_failed, owner=self)

    def _tick_saved(self) -> None:
        self._ticks.popleft()
        if self._ticks:
            self._save_tick()
        else:
            self.refresh()

    def _tick_failed(self, error: Exception) -> None:
        self._tick_saved()
        self._tell(error)

    def _manage(self) -> None:
        from practice_desktop.views.dialogs.manage_documentation import ManageDocumentationDialog

        client_id, name = self._shown()
        dialog = ManageDocumentationDialog(
            self, self._documentation, client_id, name, self._tasks, self._forms.packets()
        )

        def confirm() -> None:
            if dialog.told:
                self.access.confirm(f"Saved, and {name} gets an e-mail.")

        dialog.accepted.connect(confirm)
        self._open(dialog)

    def _request_again(self, row: DocumentRow) -> None:
        self._work(
            lambda: self._documentation.request_again(row.id),
            lambda mailed: self.access.confirm(
                f"{row.title} was requested again"
                + (", and the client gets an e-mail." if mailed else ". No e-mail goes out now.")
            ),
        )

    def _remove(self, row: DocumentRow) -> None:
        _client_id, name = self._shown()
        if ask(
            self,
            f"Remove {row.title}?",
            f"{name} no longer sees it in the portal. What was answered stays under Earlier "
            "answers.",
            "Remove",
            dangerous=True,
        ):
            self._at_once(lambda: self._documentation.remove(row.id))
