"""Settings > Email: the account that mail leaves through, and the message that tries it."""

from PySide6.QtCore import QEventLoop, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.mail_account import MailAccount, MailAccountRow
from practice_desktop.views.messages import Unsaved, ask_unsaved, show_problem, show_unexpected
from practice_desktop.views.settings.mail_form import MailForm
from practice_desktop.views.settings.save_bar import SaveBar
from practice_desktop.views.settings.trial_steps import TrialSteps
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.address_editor import AddressEditor
from practice_desktop.views.widgets.buttons import plain_button
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.label import plain_label


class EmailSection(QWidget):
    """Saving asks the password store and so happens off the UI thread; `saved` and `refused`
    tell how it ended.
    """

    saved = Signal()
    refused = Signal()
    tested = Signal(bool)
    _step_told = Signal(object)

    def __init__(self, mail_account: MailAccount, tasks: Tasks) -> None:
        super().__init__()
        self._mail_account = mail_account
        self._tasks = tasks
        self._loaded: MailAccountRow | None
        self._blank: MailAccountRow
        self._test_waits = False
        self._busy = False
        self._back_to_test = False
        self.form = MailForm(mail_account.presets())
        self.form.edited.connect(self._settle)
        self.bar = SaveBar()
        self.bar.save_wanted.connect(self._save)
        self.bar.undo_wanted.connect(self._show)
        self.recipient = AddressEditor("Send the test to")
        self.send_test = plain_button("Send test message", "mail")
        self.send_test.clicked.connect(self._save_and_test)
        self.steps = TrialSteps()
        self.result: QLabel = plain_label("", wrap=True)
        self._step_told.connect(self.steps.tell)
        self._lay_out()
        self._loaded = mail_account.load()
        self._show()

    def refresh(self) -> None:
        """Re-read, unless something typed here is not saved yet."""
        if not self._busy and not self._edited:
            self._loaded = self._mail_account.load()
            self._show()

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved edits; False where the person stays."""
        if not self._edited:
            return True
        answer = ask_unsaved(
            self, "Save the mail account?", "What you typed for the mail account is not saved."
        )
        if answer is Unsaved.SAVE:
            return self._save_and_wait()
        if answer is Unsaved.DISCARD:
            self._show()
            return True
        return False

    def _lay_out(self) -> None:
        card = Card("Mail account")
        card.body.addWidget(self.form)
        card.body.addWidget(self.bar)
        test = Card("Test message")
        test.body.addWidget(
            plain_label(
                "Sends one short message through this account and says how far it came. What is "
                "typed above is saved first.",
                "secondary",
                wrap=True,
            )
        )
        test.body.addWidget(self.recipient)
        row = QHBoxLayout()
        row.addWidget(self.send_test)
        row.addStretch(1)
        test.body.addLayout(row)
        test.body.addWidget(self.steps)
        test.body.addWidget(self.result)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(test)
        column.addStretch(1)
        self.steps.hide()
        self.result.hide()

    @property
    def _edited(self) -> bool:
        return self.form.new_password() is not None or self.form.account() != self._blank

    def _show(self) -> None:
        self.form.fill(self._loaded)
        self._blank = self.form.account()
        if not self.recipient.text() and self._loaded is not None:
            self.recipient.set_text(self._loaded.from_address)
        self._settle()

    def _settle(self) -> None:
        self.bar.show_edited(self._edited and not self._busy)
        self.send_test.setEnabled(not self._busy)
        self.form.setEnabled(not self._busy)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._settle()

    def _save(self) -> None:
        account, password, edited = self.form.account(), self.form.new_password(), self._loaded
        self.form.clear_errors()
        self._set_busy(True)
        self.bar.say("Saving…")
        self._tasks.run(
            lambda: self._mail_account.save(account, password, edited=edited),
            self._note_saved,
            self._note_refused,
        )

    def _note_saved(self, _nothing: None) -> None:
        self._busy = False
        self._loaded = self._mail_account.load()
        self._show()
        self.bar.say("Saved.")
        self.saved.emit()
        if self._test_waits:
            self._test()

    def _note_refused(self, error: Exception) -> None:
        self._test_waits = False
        self._set_busy(False)
        self.bar.say("")
        if isinstance(error, InvalidInput):
            self.form.show_error(error)
        elif isinstance(error, Problem):
            self.bar.say(error.sentence, wrong=True)
            if error.details:
                show_problem(self, error)
        else:
            show_unexpected(self, error)
        self.refused.emit()

    def _save_and_wait(self) -> bool:
        """Save before the page is left; the window stays alive meanwhile."""
        loop = QEventLoop()
        self.saved.connect(loop.quit)
        self.refused.connect(loop.quit)
        self._save()
        loop.exec()
        return not self._edited

    def _save_and_test(self) -> None:
        self._back_to_test = self.send_test.hasFocus()
        if self._edited or self._loaded is None:
            self._test_waits = True
            self._save()
        else:
            self._test()

    def _test(self) -> None:
        self._test_waits = False
        recipient = self.recipient.text()
        self.recipient.clear_problem()
        self.steps.begin()
        self.steps.show()
        self.result.hide()
        self._set_busy(True)
        self._tasks.run(
            lambda: self._mail_account.send_test(recipient, self._step_told.emit),
            self._note_tested,
            self._note_not_tested,
        )

    def _note_tested(self, accepted: bool) -> None:
        self._set_busy(False)
        self._return_focus()
        self.result.setText(
            "Your mail server accepted the test message. Look whether it arrives."
            if accepted
            else "The test message was not sent."
        )
        self.result.show()
        self.tested.emit(accepted)

    def _return_focus(self) -> None:
        """A button that is off hands the focus on; it gets it back where it had it."""
        if self._back_to_test and self.isVisible():
            self.send_test.setFocus()

    def _note_not_tested(self, error: Exception) -> None:
        self._set_busy(False)
        self._return_focus()
        self.steps.hide()
        if isinstance(error, InvalidInput):
            self.recipient.field.show_error(error.sentence)
            self.recipient.editor.setFocus()
        elif isinstance(error, Problem):
            show_problem(self, error)
        else:
            show_unexpected(self, error)
        self.tested.emit(False)
