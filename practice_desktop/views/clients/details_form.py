"""The fields of a client: filled from a draft, read back as one."""

from collections.abc import Callable
from dataclasses import fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput
from practice_desktop.services.clients import ClientDraft
from practice_desktop.views.widgets.address_editor import AddressEditor
from practice_desktop.views.widgets.buttons import link_button
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.date_field import DateField
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.growing_text import GrowingText
from practice_desktop.views.widgets.time_zone_box import TimeZoneBox
from practice_desktop.vocabulary import ClientType

FIELD_NAMES = tuple(field.name for field in fields(ClientDraft))


class DetailsForm(QObject):
    """Two cards, *Client information* and *Contact*; whoever owns the form places them."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.information = Card("Client information")
        self.contact = Card("Contact")
        self.first_name = QLineEdit()
        self.last_name = QLineEdit()
        self.preferred_name = QLineEdit()
        self.pronouns = QLineEdit()
        self.birth = DateField("Date of birth", "date_of_birth")
        self.kind = QComboBox()
        for kind in ClientType:
            self.kind.addItem(kind.word, kind)
        self.email = AddressEditor("Email")
        self.locked_email = QLineEdit()
        self.locked_email.setReadOnly(True)
        self.change_email = link_button("Change email address…")
        self.phone = QLineEdit()
        self.address = GrowingText()
        self.time_zone = TimeZoneBox()
        self.may_email = CheckRow(
            "May we e-mail?", "The client agreed to receive e-mail from the practice."
        )
        self.discreet = CheckRow(
            "Discreet e-mail",
            "Leaves the practice's name out of the subject and the sender's name.",
        )
        self._fields = {
            "first_name": Field("First name", self.first_name),
            "last_name": Field("Last name", self.last_name),
            "preferred_name": Field("Preferred name", self.preferred_name),
            "pronouns": Field("Pronouns", self.pronouns),
            "date_of_birth": self.birth,
            "client_type": Field("Client type", self.kind),
            "phone": Field("Phone", self.phone),
            "address": Field("Address", self.address),
            "time_zone": Field("Time zone", self.time_zone),
        }
        self._lay_out()
        self._listen()

    def show_draft(self, draft: ClientDraft) -> None:
        self.first_name.setText(draft.first_name)
        self.last_name.setText(draft.last_name)
        self.preferred_name.setText(draft.preferred_name)
        self.pronouns.setText(draft.pronouns)
        self.birth.show_date(draft.date_of_birth)
        self.kind.setCurrentIndex(self.kind.findData(draft.client_type))
        self.email.set_text(draft.email)
        self.locked_email.setText(draft.email)
        self.phone.setText(draft.phone)
        self.address.setPlainText(draft.address)
        self.time_zone.show_zone(draft.time_zone)
        self.may_email.box.setChecked(draft.may_email)
        self.discreet.box.setChecked(draft.discreet_email)
        self.clear_errors()

    def lock_address(self, locked: bool) -> None:
        """Show the address read-only, with the way to change it."""
        self.email.setVisible(not locked)
        self._locked.setVisible(locked)

    def draft(self) -> ClientDraft:
        """What the fields hold. Raises InvalidInput for a date that cannot be read."""
        return ClientDraft(
            first_name=self.first_name.text(),
            last_name=self.last_name.text(),
            preferred_name=self.preferred_name.text(),
            pronouns=self.pronouns.text(),
            date_of_birth=self.birth.value(),
            client_type=ClientType(self.kind.currentData()),
            email=self.email.text(),
            phone=self.phone.text(),
            address=self.address.toPlainText(),
            time_zone=self.time_zone.zone(),
            may_email=self.may_email.box.isChecked(),
            discreet_email=self.discreet.box.isChecked(),
        )

    def differs_from(self, draft: ClientDraft) -> bool:
        try:
            return self.draft() != draft
        except InvalidInput:
            return True

    def show_error(self, problem: InvalidInput) -> bool:
        """Put the sentence beside its field and go there; False where it belongs to none here."""
        if problem.field == "email":
            self.email.show_problem(problem, self.first_name.text().strip())
            return True
        field = self._fields.get(problem.field)
        if field is None:
            return False
        field.show_error(problem.sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear_errors(self) -> None:
        for field in self._fields.values():
            field.clear_error()
        self.email.clear_problem()

    def _lay_out(self) -> None:
        grid = _grid(self.information)
        names = ("first_name", "last_name", "preferred_name", "pronouns", "date_of_birth")
        for number, name in enumerate((*names, "client_type")):
            grid.addWidget(self._fields[name], number // 2, number % 2, _TOP)
        grid = _grid(self.contact)
        self._locked = QWidget()
        locked = QVBoxLayout(self._locked)
        locked.setContentsMargins(0, 0, 0, 0)
        locked.setSpacing(4)
        locked.addWidget(Field("Email", self.locked_email, "The portal goes by it."))
        locked.addWidget(self.change_email, 0, Qt.AlignmentFlag.AlignLeft)
        addresses = QWidget()
        both = QVBoxLayout(addresses)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.email)
        both.addWidget(self._locked)
        self._locked.hide()
        grid.addWidget(addresses, 0, 0, _TOP)
        grid.addWidget(self._fields["phone"], 0, 1, _TOP)
        grid.addWidget(self._fields["address"], 1, 0, _TOP)
        grid.addWidget(self._fields["time_zone"], 1, 1, _TOP)
        ticks = QHBoxLayout()
        ticks.setSpacing(24)
        ticks.addWidget(self.may_email, 1, _TOP)
        ticks.addWidget(self.discreet, 1, _TOP)
        self.contact.body.addLayout(ticks)

    def _listen(self) -> None:
        for name, field in self._fields.items():
            clear: Callable[..., None] = lambda *_, shown=field: self._touch(shown)  # noqa: E731
            editor = field.editor
            if name == "date_of_birth":
                self.birth.changed.connect(self.edited)
            elif isinstance(editor, QComboBox):
                editor.currentTextChanged.connect(clear)
            elif isinstance(editor, QLineEdit | GrowingText):
                editor.textChanged.connect(clear)
        self.email.editor.textChanged.connect(self.edited)
        for row in (self.may_email, self.discreet):
            row.toggled.connect(self.edited)

    def _touch(self, field: Field) -> None:
        field.clear_error()
        self.edited.emit()


_TOP = Qt.AlignmentFlag.AlignTop


def _grid(card: Card) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(14)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    return grid
