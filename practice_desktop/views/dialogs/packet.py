"""A packet: its name, whose default it is, and the forms it ticks."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.documentation import ChecklistItem, DocumentKey
from practice_desktop.services.forms import LONGEST_NAME, FormRow, Forms, PacketRow
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.messages import ask
from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.form_picker import FormPicker
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import ClientType

_WIDTH = 774


class PacketDialog(DialogFrame):
    """Makes a packet, or edits the one given. Accepted once it is saved."""

    def __init__(self, parent: QWidget | None, forms: Forms, packet: PacketRow | None) -> None:
        super().__init__(
            parent,
            "Edit packet" if packet is not None else "New packet",
            "Forms that are ticked together. What was requested before does not change.",
            width=_WIDTH,
        )
        self._forms = forms
        self._packet = packet
        self.name_edit = QLineEdit(packet.name if packet is not None else "")
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_field = Field("Name", self.name_edit)
        self.name_edit.textEdited.connect(self.name_field.clear_error)
        self.default_box = QComboBox()
        self.default_box.addItem("No client type", None)
        for client_type in ClientType:
            self.default_box.addItem(client_type.word, client_type)
        self.default_field = Field("Default for", self.default_box)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.name_field, 3)
        top.addWidget(self.default_field, 2)
        self.picker = FormPicker()
        self.picker.set_items([_item(form, packet) for form in forms.library()])
        if packet is not None:
            self.default_box.setCurrentIndex(self.default_box.findData(packet.default_for))
        self.picker.selection_changed.connect(self._count)
        self.body.addLayout(top)
        self.body.addWidget(self.picker, 1)
        self.count_label = plain_label("", "muted")
        self.cancel_button = plain_button("Cancel")
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = primary_button("Save")
        self.save_button.clicked.connect(self._save)
        self.footer.addWidget(self.count_label)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.save_button)
        self._count()
        self._first = self._written()
        self.name_edit.setFocus()

    def may_close(self) -> bool:
        return self._written() == self._first or ask(
            self, "Leave without saving?", "What you changed in this packet is not kept.", "Leave"
        )

    def _written(self) -> PacketRow:
        """What the dialog holds. Forms that were in the packet keep their order."""
        ticked = {key.form_id for key in self.picker.ticked()}
        packet = self._packet or PacketRow(0, 0, "", None, ())
        kept = [form_id for form_id in packet.form_ids if form_id in ticked]
        new = [form.id for form in self._forms.library() if form.id in ticked - set(kept)]
        return replace(
            packet,
            name=self.name_edit.text(),
            default_for=self.default_box.currentData(),
            form_ids=(*kept, *new),
        )

    def _count(self) -> None:
        number = len(self.picker.ticked())
        self.count_label.setText("1 form" if number == 1 else f"{number} forms")

    def _save(self) -> None:
        written = self._written()
        self.show_error("")
        try:
            if self._packet is None:
                self._forms.add_packet(written.name, written.form_ids, written.default_for)
            else:
                self._forms.save_packet(written)
        except InvalidInput as problem:
            if problem.field == "name":
                self.name_field.show_error(problem.sentence)
                self.name_edit.setFocus()
            else:
                self.show_error(problem.sentence)
        except Problem as problem:
            self.show_error(problem.sentence)
        else:
            self.accept()


def _item(form: FormRow, packet: PacketRow | None) -> ChecklistItem:
    return ChecklistItem(
        DocumentKey(form_id=form.id),
        form.title,
        form.group,
        form.summary,
        packet is not None and form.id in packet.form_ids,
        form.needs_signature,
        False,
        form.summary,
    )
