"""An e-mail address that is typed: slips are noticed, and a taken one brings an offer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from practice_desktop.errors import AddressTaken, InvalidInput
from practice_desktop.services.addresses import suggest_address
from practice_desktop.views.widgets.buttons import link_button, plain_button
from practice_desktop.views.widgets.callout import Callout
from practice_desktop.views.widgets.chip import Tone
from practice_desktop.views.widgets.field import Field
from practice_desktop.vocabulary import Relationship


class AddressEditor(QWidget):
    """`contact_wanted` carries the id of the client who has the address and what that person is
    to the client whose address this is. A suggestion is never applied by itself.
    """

    contact_wanted = Signal(int, object)

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = QLineEdit()
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.field = Field(label, self.editor, hint)
        self.suggestion = link_button("")
        self.suggestion.clicked.connect(self._apply_suggestion)
        self._suggested = ""
        self._owner_id = 0
        self.news = Callout(Tone.WAITING)
        self.relation = QComboBox()
        self.relation.setAccessibleName("Relationship")
        for relation in Relationship:
            self.relation.addItem(relation.word, relation)
        self.add_contact = plain_button("")
        self.add_contact.clicked.connect(self._want_contact)
        self._offer = QWidget()
        offer = QHBoxLayout(self._offer)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.setSpacing(10)
        offer.addWidget(self.relation)
        offer.addWidget(self.add_contact)
        offer.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.news)
        column.addWidget(self._offer)
        self.setFocusProxy(self.editor)
        self.suggestion.hide()
        self.clear_problem()
        self.editor.textChanged.connect(self._look_for_slip)

    def text(self) -> str:
        return self.editor.text().strip()

    def set_text(self, address: str) -> None:
        self.editor.setText(address)

    def show_problem(self, problem: InvalidInput, name: str) -> None:
        """Say what is wrong beside the field; `name` is whose address it would be."""
        self.field.show_error(problem.sentence)
        self.editor.setFocus()
        if isinstance(problem, AddressTaken):
            self._owner_id = problem.owner_id
            owner = problem.owner_first_name
            self.show_news(
                Tone.WAITING,
                f"Is {owner} family of {name}?",
                f"Then add {owner} to {name}'s contacts, address and all. The portal needs an "
                f"address of {name}'s own.",
            )
            text = f"Add {owner} as a contact"
            self.add_contact.setText(text.replace("&", "&&"))
            self.add_contact.setAccessibleName(text)
            self._offer.show()

    def show_news(self, tone: Tone, title: str, sentence: str) -> None:
        self.news.set_tone(tone)
        self.news.set_text(title, sentence)
        self.news.show()

    def clear_problem(self) -> None:
        self.field.clear_error()
        self.news.hide()
        self._offer.hide()

    def _look_for_slip(self, text: str) -> None:
        self.clear_problem()
        self._suggested = suggest_address(text) or ""
        label = f"Did you mean {self._suggested}?"
        self.suggestion.setText(label.replace("&", "&&"))
        self.suggestion.setAccessibleName(label)
        self.suggestion.setVisible(bool(self._suggested))

    def _apply_suggestion(self) -> None:
        self.editor.setText(self._suggested)
        self.editor.setFocus()

    def _want_contact(self) -> None:
        self.contact_wanted.emit(self._owner_id, Relationship(self.relation.currentData()))
