"""Settings > Wording: what e-mails say, edited beside what a client would read."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.mail_templates import MailPreview, MailTemplates, Wording
from practice_desktop.services.practice import Practice
from practice_desktop.views.dialogs.mail_preview import MailPreviewPane
from practice_desktop.views.messages import Unsaved, ask, ask_unsaved, show_problem
from practice_desktop.views.settings.save_bar import SaveBar
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import link_button, plain_button
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.flow_layout import FlowLayout
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.vocabulary import MessageKind

_KINDS = {
    MessageKind.INVITATION: "Invitation",
    MessageKind.NOTIFICATION: "Notification",
    MessageKind.PASSWORD_RESET: "Password reset",
}
_PAUSE = 120
"""Milliseconds without a keystroke before the preview follows."""


class WordingSection(QWidget):
    """All is local and short: it runs on the UI thread, so `tasks` is not used."""

    def __init__(self, mail_templates: MailTemplates, practice: Practice, tasks: Tasks) -> None:
        super().__init__()
        self._templates = mail_templates
        self._practice = practice
        self._wording: Wording = mail_templates.wording(MessageKind.INVITATION)
        self._shown = ("", "")
        self._filling = False
        self.kind = QComboBox()
        for kind, name in _KINDS.items():
            self.kind.addItem(name, kind)
        self.subject = QLineEdit()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self._fields = {
            "subject": Field(
                "Subject", self.subject, "A discreet e-mail has a neutral subject of its own."
            ),
            "body": Field("Text", self.text),
        }
        self.variables = [
            self._variable(name, meaning)
            for name, meaning in mail_templates.variables(self._wording.kind).items()
        ]
        self.discreet = CheckRow("Show the discreet e-mail")
        self.preview = MailPreviewPane()
        # On the unstyled widgets around: the stylesheet sets the editors' own least heights.
        self.preview.setMinimumHeight(440)
        self._fields["body"].setMinimumHeight(280)
        self.bar = SaveBar()
        self.restore = link_button("Restore the shipped wording")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._listen()
        self._show()

    @property
    def edited(self) -> bool:
        """Whether something typed is not saved."""
        return (self.subject.text(), self.text.toPlainText()) != self._shown

    def error(self, part: str) -> str:
        """What stands beside 'subject' or 'body'."""
        return self._fields[part].error

    def refresh(self) -> None:
        """Re-read, unless something typed here is not saved yet; the practice may have changed."""
        if not self.edited:
            self._wording = self._templates.wording(self._wording.kind)
            self._show()
        else:
            self._follow()

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved edits; False where the person stays."""
        if not self.edited:
            return True
        name = _KINDS[self._wording.kind].lower()
        answer = ask_unsaved(
            self, "Save the wording?", f"What you typed for the {name} e-mail is not saved."
        )
        if answer is Unsaved.SAVE:
            return self._save()
        if answer is Unsaved.DISCARD:
            self._show()
            return True
        return False

    def _lay_out(self) -> None:
        card = Card("Wording")
        card.body.addWidget(Field("E-mail", self.kind))
        card.body.addWidget(self._fields["subject"])
        card.body.addWidget(self._fields["body"])
        card.body.addWidget(
            plain_label(
                "These stand for what differs from client to client; press one to put it where "
                "the cursor is. Text between {% if practice_phone %} and {% endif %} is left out "
                "where there is none.",
                "secondary",
                wrap=True,
            )
        )
        variables = QWidget()
        flow = FlowLayout(variables, gap=8, line_gap=8)
        for button in self.variables:
            flow.addWidget(button)
        card.body.addWidget(variables)
        card.body.addWidget(self.bar)
        card.body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        shown = Card("What a client reads")
        shown.body.addWidget(self.discreet)
        shown.body.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(shown)
        column.addStretch(1)

    def _listen(self) -> None:
        self.kind.currentIndexChanged.connect(self._change_kind)
        self.subject.textChanged.connect(self._note_edit)
        self.text.textChanged.connect(self._note_edit)
        self.discreet.toggled.connect(self._follow)
        self.bar.save_wanted.connect(self._save)
        self.bar.undo_wanted.connect(self._show)
        self.restore.clicked.connect(self._restore)
        self._pause.timeout.connect(self._follow)

    def _show(self) -> None:
        self._filling = True
        self.kind.setCurrentIndex(self.kind.findData(self._wording.kind))
        self.subject.setText(self._wording.subject)
        self.text.setPlainText(self._wording.body)
        # As Qt gives it back, which is not always as it was set: it has no wide spaces.
        self._shown = (self.subject.text(), self.text.toPlainText())
        self._filling = False
        self.restore.setVisible(self._wording.own)
        self.bar.show_edited(False)
        self._follow()

    def _note_edit(self) -> None:
        if not self._filling:
            self.bar.show_edited(self.edited)
            self._pause.start()

    def _follow(self) -> None:
        """Show what is wrong, or else what a client would read; the last good preview stays."""
        self._pause.stop()
        kind, subject, body = self._wording.kind, self.subject.text(), self.text.toPlainText()
        for field in self._fields.values():
            field.clear_error()
        problems = self._templates.check(kind, subject, body)
        for part, field in self._fields.items():
            wrong = [problem.sentence for problem in problems if problem.part == part]
            if wrong:
                field.show_error("\n".join(wrong))
        if problems:
            return
        discreet = self.discreet.box.isChecked()
        try:
            words = self._templates.preview(kind, subject, body, discreet=discreet)
        except InvalidInput as problem:
            self._fields[problem.field].show_error(problem.sentence)
            return
        name = "" if discreet else self._practice.load().name
        self.preview.show_mail(
            MailPreview(
                name or "your address, without a name",
                "the client",
                words.subject,
                words.text,
                words.html,
            )
        )

    def _change_kind(self) -> None:
        chosen = MessageKind(self.kind.currentData())
        if self._filling or chosen is self._wording.kind:
            return
        if self.may_leave():
            self._wording = self._templates.wording(chosen)
            self._show()
        else:
            self._filling = True
            self.kind.setCurrentIndex(self.kind.findData(self._wording.kind))
            self._filling = False

    def _variable(self, name: str, meaning: str) -> QPushButton:
        button = plain_button(name)
        button.setToolTip(meaning)
        button.setAccessibleDescription(meaning)
        button.clicked.connect(lambda: self._insert(name))
        return button

    def _insert(self, name: str) -> None:
        self.text.insertPlainText(
            "{% if discreet %}{% else %}{% endif %}" if name == "discreet" else f"{{{{ {name} }}}}"
        )
        self.text.setFocus()

    def _save(self) -> bool:
        self._follow()
        wording = self._wording
        try:
            self._templates.save(
                wording.kind,
                self.subject.text(),
                self.text.toPlainText(),
                version=wording.version,
            )
        except InvalidInput as problem:
            self.bar.say("Not saved. The last good wording stays in use.", wrong=True)
            self._fields[problem.field].editor.setFocus()
            return False
        except Problem as problem:
            self.bar.say(problem.sentence, wrong=True)
            return False
        self._wording = self._templates.wording(wording.kind)
        self._show()
        self.bar.say("Saved. Messages from now on use it.")
        return True

    def _restore(self) -> None:
        if not ask(
            self,
            "Restore the shipped wording?",
            "Your own wording of this e-mail is thrown away. Messages already queued keep it.",
            "Restore",
            dangerous=True,
        ):
            return
        try:
            self._templates.restore(self._wording.kind, version=self._wording.version)
        except Problem as problem:
            show_problem(self, problem)
        self._wording = self._templates.wording(self._wording.kind)
        self._show()
        self.bar.say("The shipped wording is in use again.")
