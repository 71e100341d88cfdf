"""The fields of the mail account, with what the chosen provider needs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.errors import InvalidInput
from practice_desktop.services.mail_account import MailAccountRow, Preset
from practice_desktop.views.widgets.address_editor import AddressEditor
from practice_desktop.views.widgets.buttons import plain_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.field import Field
from practice_desktop.vocabulary import Security

_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
_LABEL = 20
"""Height of a field's label with the space below it."""


class MailForm(QWidget):
    """`edited` tells of every change by hand. A password is never shown, only taken."""

    edited = Signal()

    def __init__(self, presets: Sequence[Preset]) -> None:
        super().__init__()
        self._presets = {preset.key: preset for preset in presets}
        self._filling = False
        self.provider = QComboBox()
        for preset in presets:
            self.provider.addItem(preset.name, preset.key)
        self.advice = Callout(Tone.GOOD)
        self.host = QLineEdit()
        self.port = QSpinBox()
        self.port.setRange(1, 65535)
        self.security = QComboBox()
        for security in Security:
            self.security.addItem(security.word, security)
        self.user = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.from_address = AddressEditor(
            "From address", "Clients see it as the sender; usually the same as the user."
        )
        self.sender_name = QLineEdit()
        self.reply_to = AddressEditor("Reply to", "Only where answers go to another mailbox.")
        self.ca_file = QLineEdit()
        self.fields = {
            "host": Field("Host", self.host),
            "port": Field("Port", self.port),
            "security": Field("Security", self.security),
            "user": Field("User", self.user),
            "password": Field(
                "Password", self.password, "Kept in this computer's password store, nowhere else."
            ),
            "from_address": self.from_address.field,
            "sender_name": Field("Sender name", self.sender_name, "Empty: the practice's name."),
            "reply_to": self.reply_to.field,
            "ca_file": Field(
                "Certificate authority file",
                self.ca_file,
                "Only if whoever runs your mail server gave you one.",
            ),
        }
        self._lay_out()
        self._listen()

    def fill(self, account: MailAccountRow | None) -> None:
        """Show an account, or an empty form for the first provider."""
        self._filling = True
        self.password.clear()
        self.password.setPlaceholderText("Saved; type to replace it" if account else "")
        if account is None:
            first = next(iter(self._presets.values()))
            account = MailAccountRow(first.key, first.host, first.port, first.security, "", "")
        self.provider.setCurrentIndex(max(0, self.provider.findData(account.preset)))
        self.host.setText(account.host)
        self.port.setValue(account.port)
        self.security.setCurrentIndex(self.security.findData(account.security))
        self.user.setText(account.user)
        self.from_address.set_text(account.from_address)
        self.sender_name.setText(account.sender_name)
        self.reply_to.set_text(account.reply_to)
        self.ca_file.setText(account.ca_file)
        self.clear_errors()
        self._show_advice()
        self._filling = False

    def account(self) -> MailAccountRow:
        """What stands in the fields."""
        return MailAccountRow(
            preset=str(self.provider.currentData()),
            host=self.host.text().strip(),
            port=self.port.value(),
            security=Security(self.security.currentData()),
            user=self.user.text().strip(),
            from_address=self.from_address.text(),
            sender_name=self.sender_name.text().strip(),
            reply_to=self.reply_to.text(),
            ca_file=self.ca_file.text().strip(),
        )

    def new_password(self) -> str | None:
        """What was typed as password, None where nothing was."""
        return self.password.text() or None

    def show_error(self, problem: InvalidInput) -> None:
        """Say what is wrong beside its field."""
        field = self.fields.get(problem.field, self.fields["host"])
        field.show_error(problem.sentence)
        field.editor.setFocus()

    def clear_errors(self) -> None:
        for field in self.fields.values():
            field.clear_error()

    def _lay_out(self) -> None:
        authority = QWidget()
        beside = QHBoxLayout(authority)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        choose = plain_button("Choose file…")
        choose.clicked.connect(self._choose_file)
        beside.addWidget(self.fields["ca_file"], 1)
        lowered = QVBoxLayout()
        lowered.addSpacing(_LABEL)
        lowered.addWidget(choose)
        lowered.addStretch(1)
        beside.addLayout(lowered)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        port = QHBoxLayout()
        port.setSpacing(12)
        port.addWidget(self.fields["port"], 1)
        port.addWidget(self.fields["security"], 1)
        grid.addWidget(Field("Provider", self.provider), 0, 0, 1, 2)
        grid.addWidget(self.advice, 1, 0, 1, 2)
        grid.addWidget(self.fields["host"], 2, 0)
        grid.addLayout(port, 2, 1)
        grid.addWidget(self.fields["user"], 3, 0)
        grid.addWidget(self.fields["password"], 3, 1)
        grid.addWidget(self.from_address, 4, 0)
        grid.addWidget(self.fields["sender_name"], 4, 1)
        grid.addWidget(self.reply_to, 5, 0)
        grid.addWidget(authority, 5, 1)
        top = Qt.AlignmentFlag.AlignTop
        for widget in (self.from_address, self.reply_to, authority):
            grid.setAlignment(widget, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    def _listen(self) -> None:
        self.provider.currentIndexChanged.connect(self._apply_preset)
        self.security.activated.connect(self._suggest_port)
        self.user.editingFinished.connect(self._suggest_sender)
        for editor in (
            self.host,
            self.user,
            self.password,
            self.from_address.editor,
            self.sender_name,
            self.reply_to.editor,
            self.ca_file,
        ):
            editor.textChanged.connect(self._note_edit)
        self.port.valueChanged.connect(self._note_edit)
        self.security.currentIndexChanged.connect(self._note_edit)

    def _apply_preset(self) -> None:
        if self._filling:
            return
        preset = self._presets[str(self.provider.currentData())]
        self._filling = True
        self.host.setText(preset.host)
        self.port.setValue(preset.port)
        self.security.setCurrentIndex(self.security.findData(preset.security))
        self._filling = False
        self._show_advice()
        self._note_edit()

    def _show_advice(self) -> None:
        preset = self._presets[str(self.provider.currentData())]
        self.advice.set_tone(Tone.WAITING if "Microsoft" in preset.name else Tone.GOOD)
        self.advice.set_text(preset.name, preset.advice)

    def _suggest_port(self) -> None:
        if self.port.value() in _PORTS.values():
            self.port.setValue(_PORTS[Security(self.security.currentData())])

    def _suggest_sender(self) -> None:
        if "@" in self.user.text() and not self.from_address.text():
            self.from_address.set_text(self.user.text().strip())

    def _choose_file(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(
            self, "Certificate authority file", "", "Certificates (*.pem *.crt *.cer);;All (*)"
        )
        if file:
            self.ca_file.setText(file)

    def _note_edit(self) -> None:
        if not self._filling:
            self.clear_errors()
            self.edited.emit()
