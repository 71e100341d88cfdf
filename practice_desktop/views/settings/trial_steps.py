"""The steps of *Send test message*, each with its word, filled in while they happen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from practice_desktop.services.mail_account import TEST_STEPS, TestStep
from practice_desktop.views.widgets.buttons import link_button
from practice_desktop.views.widgets.chip import Chip, Tone
from practice_desktop.views.widgets.label import plain_label

WAITING, DONE, FAILED = "Waiting", "Done", "Failed"
NOT_NEEDED, NOT_TRIED = "Not needed", "Not tried"
_CHIP, _TITLE, _SENTENCE = range(3)


class TrialSteps(QWidget):
    """One line a step: a chip, the step, why not; technical words behind *Details*."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(_SENTENCE, 1)
        self.chips = {title: Chip(WAITING) for title in TEST_STEPS}
        self.sentences = {title: plain_label("", wrap=True) for title in TEST_STEPS}
        for row, title in enumerate(TEST_STEPS):
            grid.addWidget(self.chips[title], row, _CHIP)
            grid.addWidget(plain_label(title, "strong"), row, _TITLE)
            grid.addWidget(self.sentences[title], row, _SENTENCE)
        self.details_button = link_button("Details")
        self.details_button.setCheckable(True)
        self.details_label = plain_label("", "secondary", wrap=True)
        self.details_button.toggled.connect(self.details_label.setVisible)
        grid.addWidget(
            self.details_button, len(TEST_STEPS), _CHIP, 1, 2, Qt.AlignmentFlag.AlignLeft
        )
        grid.addWidget(self.details_label, len(TEST_STEPS) + 1, _CHIP, 1, 3)
        self.begin()

    def words(self) -> list[str]:
        """The chips' words in the order of the steps."""
        return [chip.text() for chip in self.chips.values()]

    def begin(self) -> None:
        """Forget the last test; every step waits."""
        self._details: list[str] = []
        for title in TEST_STEPS:
            self.chips[title].show_word(WAITING, Tone.NEUTRAL)
            self.sentences[title].clear()
        self.details_button.setChecked(False)
        self.details_button.hide()
        self.details_label.hide()

    def tell(self, step: TestStep) -> None:
        if step.skipped:
            word, tone = NOT_NEEDED, Tone.NEUTRAL
        else:
            word, tone = (DONE, Tone.GOOD) if step.done else (FAILED, Tone.BAD)
        self.chips[step.title].show_word(word, tone)
        self.sentences[step.title].setText(step.sentence)
        if step.details:
            self._details.append(f"{step.title}: {step.details}")
            self.details_label.setText("\n".join(self._details))
        if not step.done:
            for chip in self.chips.values():
                if chip.text() == WAITING:
                    chip.show_word(NOT_TRIED, Tone.NEUTRAL)
        self.details_button.setVisible(bool(self._details))
