"""Asked in between where a file's birth dates do not tell day from month."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from practice_desktop.services.import_dates import DateOrder, DateQuestion, parse_birth_date
from practice_desktop.views.when import date_text
from practice_desktop.views.widgets.label import plain_label


class ImportDatesPage(QWidget):
    """Neither answer is ticked unless other columns of the file suggest one."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = plain_label("", "heading", wrap=True)
        self.samples = plain_label("", "muted", wrap=True)
        self.buttons: dict[DateOrder, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.question)
        column.addWidget(self.samples)
        for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST):
            button = self.buttons[order] = QRadioButton(order.word)
            self._group.addButton(button)
            column.addWidget(button)
        self._group.buttonClicked.connect(lambda _button: self.answered.emit())
        column.addStretch(1)

    def show_question(self, question: DateQuestion, today: date) -> None:
        self.question.setText(f"What comes first in “{question.header}”: the month or the day?")
        self.samples.setText("The file says " + ", ".join(question.samples) + ".")
        self._group.setExclusive(False)
        for order, button in self.buttons.items():
            meant = parse_birth_date(question.samples[0], order, today)
            words = order.word
            if meant is not None:
                words = f"{words}: {question.samples[0]} is {date_text(meant)}"
            button.setText(words)
            button.setAccessibleName(words)
            button.setChecked(order is question.likely)
        self._group.setExclusive(True)

    def order(self) -> DateOrder | None:
        return next((o for o, button in self.buttons.items() if button.isChecked()), None)
