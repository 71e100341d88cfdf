"""A date that is typed, with the field saying how it was read."""

from datetime import date

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from practice_desktop.errors import InvalidInput
from practice_desktop.views.typed_date import example_date, read_date
from practice_desktop.views.when import age, date_text
from practice_desktop.views.widgets.field import Field


class DateField(Field):
    """`name` is what InvalidInput.field carries."""

    changed = Signal()

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        super().__init__(label, self.line, parent=parent)
        self._name = name
        self._known: date | None = None
        self.line.setPlaceholderText(example_date(QLocale()))
        self.line.textChanged.connect(self._say)
        self.line.editingFinished.connect(self._tidy)

    def show_date(self, day: date | None) -> None:
        self._known = day
        self.line.setText(date_text(day) if day else "")
        self.clear_error()

    def value(self) -> date | None:
        """The date, None where nothing is typed. Raises InvalidInput where it cannot be read."""
        text = self.line.text().strip()
        if not text:
            return None
        if self._known is not None and text == date_text(self._known):
            return self._known
        day = read_date(text, QLocale(), date.today())
        if day is None:
            raise InvalidInput(
                self._name, f"This is not a date. Type it like {example_date(QLocale())}."
            )
        return day

    def _say(self) -> None:
        self.clear_error()
        try:
            day = self.value()
        except InvalidInput:
            day = None
        if day is None or self.line.text() == date_text(day):
            self.set_hint("")
        else:
            years = age(day, date.today())
            self.set_hint(
                f"{date_text(day)} · {years} years" if 0 <= years < 130 else date_text(day)
            )
        self.changed.emit()

    def _tidy(self) -> None:
        """Leaving the field writes the date in full, or says that it cannot be read."""
        try:
            day = self.value()
        except InvalidInput as problem:
            self.show_error(problem.sentence)
            return
        if day is not None:
            self.line.setText(date_text(day))
