"""The Details tab: edited in place, with *Save* and *Undo* once something changed."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput, Problem, StaleEdit
from practice_desktop.services.clients import ClientDraft, ClientProfile, Clients
from practice_desktop.views.clients.contacts_card import ContactsCard
from practice_desktop.views.clients.details_form import FIELD_NAMES, DetailsForm
from practice_desktop.views.messages import Unsaved, ask_unsaved, show_problem
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.line import horizontal_line
from practice_desktop.vocabulary import Relationship

_PAGE_WIDTH = 900


class DetailsTab(QWidget):
    setup_wanted = Signal()
    change_address_wanted = Signal()
    saved = Signal()

    def __init__(self, clients: Clients, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clients = clients
        self._profile: ClientProfile | None = None
        self._filling = False
        self.form = DetailsForm(self)
        self.form.edited.connect(self._note_edit)
        self.form.email.contact_wanted.connect(self._add_contact)
        self.form.change_email.clicked.connect(self.change_address_wanted)
        self.setup = Callout(Tone.GOOD)
        self.setup_button = primary_button("Start Setup")
        self.setup_button.clicked.connect(self.setup_wanted)
        self.setup.add_button(self.setup_button)
        self.stale = Callout(Tone.WAITING)
        self.reload_button = plain_button("Reload")
        self.reload_button.clicked.connect(self._reload)
        self.stale.add_button(self.reload_button)
        self.contacts = ContactsCard(clients)
        self.imported = Card("Imported details")
        self._lay_out()

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self._profile is not None and self.form.differs_from(self._profile.draft)

    def show_profile(self, profile: ClientProfile) -> None:
        """Show another client, or the same one again: what is typed and not saved stays."""
        same = self._profile is not None and self._profile.id == profile.id
        if same and self.dirty:
            assert self._profile is not None
            if profile.version != self._profile.version:
                self._show_stale(
                    f"{profile.draft.first_name}'s details were changed elsewhere meanwhile. "
                    "What you typed is still here."
                )
        else:
            self._fill(profile)
        self.setup.setVisible(profile.needs_setup)
        self.setup.set_text(
            f"Finish setting up {profile.draft.first_name}",
            "Confirm an email address, then invite to the portal with the forms you need.",
        )
        self.contacts.show_contacts(profile)
        if not same:
            self._show_imported(profile)
            self._scroll.verticalScrollBar().setValue(0)

    def save(self) -> bool:
        """Save; False, with the reason in place, where it cannot be."""
        if self._profile is None or not self.dirty:
            return True
        self.form.clear_errors()
        self._problem.hide()
        try:
            draft = self.form.draft()
            if self._profile.address_locked:
                draft = replace(draft, email=self._profile.draft.email)
            profile = self._clients.save(self._profile.id, self._profile.version, draft)
        except StaleEdit as problem:
            self._show_stale(problem.sentence)
            return False
        except InvalidInput as problem:
            if not self.form.show_error(problem):
                self._tell(problem.sentence)
            return False
        except Problem as problem:
            self._tell(problem.sentence)
            return False
        self._fill(profile)
        self.saved.emit()
        return True

    def undo(self) -> None:
        if self._profile is None:
            return
        try:
            self._fill(self._clients.profile(self._profile.id))
        except Problem as problem:
            self._tell(problem.sentence)

    def may_leave(self) -> bool:
        """Ask about unsaved edits; True where they were saved or given up."""
        if not self.dirty or self._profile is None:
            return True
        answer = ask_unsaved(
            self,
            "Save the changes first?",
            f"What you changed for {self._profile.draft.first_name} is not saved yet.",
        )
        if answer is Unsaved.SAVE:
            return self.save()
        if answer is Unsaved.DISCARD:
            self._fill(self._profile)
            return True
        return False

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(_PAGE_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (
            self.stale,
            self.setup,
            self.form.information,
            self.form.contact,
            self.contacts,
            self.imported,
        ):
            column.addWidget(part)
        column.addStretch(1)
        for part in (self.stale, self.imported):
            part.hide()
        inside = QWidget()
        margins = QHBoxLayout(inside)
        margins.setContentsMargins(26, 20, 26, 24)
        margins.addWidget(page, 10)
        margins.addStretch(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._imported_rows = QFormLayout()
        self._imported_rows.setHorizontalSpacing(24)
        self._imported_rows.setVerticalSpacing(8)
        self._imported_rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.imported.body.addLayout(self._imported_rows)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._save_bar())

    def _save_bar(self) -> QWidget:
        bar = QWidget()
        bar.setProperty("role", "surface")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(bar)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(horizontal_line())
        row = QHBoxLayout()
        row.setContentsMargins(26, 10, 26, 10)
        row.setSpacing(10)
        self._problem = plain_label("", "error", wrap=True)
        self._problem.hide()
        row.addWidget(plain_label("Not saved yet", "secondary"))
        row.addWidget(self._problem, 1)
        row.addStretch(0)
        self.undo_button = plain_button("Undo")
        self.undo_button.clicked.connect(self.undo)
        self.save_button = primary_button("Save")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.undo_button)
        row.addWidget(self.save_button)
        column.addLayout(row)
        bar.hide()
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        keys.setContext(Qt.ShortcutContext.WindowShortcut)
        keys.activated.connect(self.save)
        self._bar = bar
        return bar

    def _fill(self, profile: ClientProfile) -> None:
        self._profile = profile
        self._filling = True
        try:
            self.form.show_draft(profile.draft)
            self.form.lock_address(profile.address_locked)
        finally:
            self._filling = False
        self.stale.hide()
        self._problem.hide()
        self._bar.hide()

    def _note_edit(self) -> None:
        if not self._filling:
            self._bar.setVisible(self.dirty)

    def _show_stale(self, sentence: str) -> None:
        self.stale.set_text("Changed elsewhere", sentence)
        self.stale.show()
        self._scroll.verticalScrollBar().setValue(0)

    def _tell(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def _reload(self) -> None:
        """Take the new values where nothing was typed; keep what was."""
        if self._profile is None:
            return
        try:
            fresh = self._clients.profile(self._profile.id)
            typed = self.form.draft()
        except Problem as problem:
            self._tell(problem.sentence)
            return
        before = self._profile.draft
        kept = {
            name: getattr(typed, name)
            for name in FIELD_NAMES
            if getattr(typed, name) != getattr(before, name)
        }
        self._fill(fresh)
        merged: ClientDraft = replace(fresh.draft, **kept)
        self.form.show_draft(merged)
        self._note_edit()

    def _show_imported(self, profile: ClientProfile) -> None:
        while self._imported_rows.rowCount():
            self._imported_rows.removeRow(0)
        for name, value in profile.imported_details:
            self._imported_rows.addRow(
                plain_label(name, "secondary", wrap=True), plain_label(value, wrap=True)
            )
        self.imported.setVisible(bool(profile.imported_details))

    def _add_contact(self, owner_id: int, relation: Relationship) -> None:
        """The address is another client's, who becomes a contact of this one."""
        if self._profile is None:
            return
        try:
            contact = self._clients.contact_from(owner_id)
            self._clients.add_contact(self._profile.id, replace(contact, relation=relation))
            profile = self._clients.profile(self._profile.id)
        except Problem as problem:
            show_problem(self, problem)
            return
        self.contacts.show_contacts(profile)
        self.form.email.set_text(profile.draft.email)
        name = profile.addressed_as
        self.form.email.show_news(
            Tone.GOOD,
            f"{contact.first_name} is now a contact of {name}",
            f"Type an address of {name}'s own to invite {name} to the portal.",
        )
