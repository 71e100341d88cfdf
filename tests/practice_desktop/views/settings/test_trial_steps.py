import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.mail_account import TestStep
from practice_desktop.views.settings.trial_steps import TrialSteps
from tests.practice_desktop.views.hand import press


@pytest.fixture
def steps(qtbot: QtBot) -> TrialSteps:
    steps = TrialSteps()
    qtbot.addWidget(steps)
    steps.show()
    return steps


def test_every_step_waits_until_it_is_told(steps: TrialSteps) -> None:
    assert list(steps.chips) == ["Found server", "Encrypted", "Signed in", "Accepted"]
    assert steps.words() == ["Waiting"] * 4
    steps.tell(TestStep("Found server", True))
    assert steps.words() == ["Done", "Waiting", "Waiting", "Waiting"]


def test_after_a_failure_the_rest_is_not_tried(steps: TrialSteps) -> None:
    steps.tell(TestStep("Found server", True))
    steps.tell(TestStep("Encrypted", False, "No encryption.", "STARTTLS missing"))
    assert steps.words() == ["Done", "Failed", "Not tried", "Not tried"]
    assert steps.sentences["Encrypted"].text() == "No encryption."


def test_technical_words_stand_behind_details_only(steps: TrialSteps) -> None:
    assert not steps.details_button.isVisible()
    steps.tell(TestStep("Found server", False, "Refused.", "554 5.7.1 <b>go away</b>"))
    assert not steps.details_label.isVisible()
    press(steps, "Details")
    assert steps.details_label.isVisible()
    assert steps.details_label.text() == "Found server: 554 5.7.1 <b>go away</b>"
    steps.begin()
    assert not steps.details_label.isVisible()
    assert steps.words() == ["Waiting"] * 4


def test_a_step_that_the_account_does_without_is_not_called_done(steps: TrialSteps) -> None:
    steps.tell(TestStep("Encrypted", True, "It is on this very computer.", skipped=True))
    assert steps.words()[1] == "Not needed"
