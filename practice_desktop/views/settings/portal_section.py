"""Settings > Portal: where invitation links lead."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from practice_desktop.errors import InvalidInput, Problem
from practice_desktop.services.practice import Practice, PracticeRow
from practice_desktop.views.messages import Unsaved, ask_unsaved
from practice_desktop.views.settings.save_bar import SaveBar
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.card import Card
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.field import Field
from practice_desktop.views.widgets.label import plain_label


class PortalSection(QWidget):
    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._row: PracticeRow = practice.load()
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://portal.example.org")
        self.address.textChanged.connect(self._settle)
        self.field = Field(
            "Portal address", self.address, "Every invitation links to this address."
        )
        self.missing = Callout(Tone.WAITING)
        self.missing.set_text(
            "Nobody can be invited yet",
            "An invitation needs an address to lead to. Type the portal's address and save.",
        )
        self.bar = SaveBar()
        self.bar.save_wanted.connect(self.save)
        self.bar.undo_wanted.connect(self._show)
        card = Card("Client portal")
        card.body.addWidget(self.missing)
        card.body.addWidget(self.field)
        card.body.addWidget(
            plain_label(
                "The portal itself comes with a later version of Practice Desktop. Until it runs "
                "at this address, invitations can be written and sent, but their links open "
                "nothing there. An address of this computer itself is for trying things out: "
                "nothing is mailed with it, except through a mail server on this computer.",
                "secondary",
                wrap=True,
            )
        )
        card.body.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._show()

    def refresh(self) -> None:
        """Re-read, unless something typed here is not saved yet."""
        if not self.edited:
            self._row = self._practice.load()
            self._show()

    @property
    def edited(self) -> bool:
        return self.address.text().strip() != self._row.portal_address

    def _show(self) -> None:
        self.address.setText(self._row.portal_address)
        self.missing.setVisible(not self._row.portal_address)
        self._settle()

    def _settle(self) -> None:
        self.field.clear_error()
        self.bar.show_edited(self.edited)

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved edits; False where the person stays."""
        if not self.edited:
            return True
        answer = ask_unsaved(
            self, "Save the portal address?", "The portal address that you typed is not saved."
        )
        if answer is Unsaved.DISCARD:
            self._show()
        return self.save() if answer is Unsaved.SAVE else answer is Unsaved.DISCARD

    def save(self) -> bool:
        """Save; False, with the reason in place, where it cannot be."""
        try:
            self._row = self._practice.save(portal_address=self.address.text())
        except InvalidInput as problem:
            self.field.show_error(problem.sentence)
            self.address.setFocus()
            return False
        except Problem as problem:
            self.bar.say(problem.sentence, wrong=True)
            return False
        self._show()
        self.bar.say("Saved.")
        return True
