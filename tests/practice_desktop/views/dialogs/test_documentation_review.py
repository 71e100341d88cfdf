"""Page 2 of Manage Documentation."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from practice_desktop.services.documentation import Review, ReviewLine
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.views.dialogs.documentation_review import ReviewPage

MAIL = MailPreview("Harbor", "priya@example.com", "Something new", "Hello Priya,", "<p>Hello</p>")
FULL = Review(
    (ReviewLine("PHQ-9", "shared before: a fresh, blank copy"),),
    (ReviewLine("Telehealth Consent", "not started; nothing is lost"),),
    MAIL,
    "",
    "",
    "It carries the invitation link.",
)


@pytest.fixture
def page(qtbot: QtBot) -> ReviewPage:
    page = ReviewPage()
    qtbot.addWidget(page)
    page.show()
    return page


def words(page: ReviewPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_it_names_what_comes_what_goes_and_what_is_mailed(page: ReviewPage, qtbot: QtBot) -> None:
    page.show_review(FULL)
    qtbot.waitUntil(lambda: "PHQ-9" in words(page))
    said = words(page)
    for text in (
        *("Will be requested", "Add", "PHQ-9", "shared before: a fresh, blank copy"),
        *("Will be removed", "Remove", "Telehealth Consent", "not started; nothing is lost"),
        *("Notification", "Something new", "To priya@example.com", "Hello Priya,"),
        "The email never names the form. It carries the invitation link.",
    ):
        assert text in said


def test_a_second_look_replaces_the_first(page: ReviewPage, qtbot: QtBot) -> None:
    page.show_review(FULL)
    page.show_review(replace(FULL, added=(), preview=None, no_notification="Not invited."))
    qtbot.waitUntil(lambda: "PHQ-9" not in words(page))
    said = words(page)
    assert "Will be requested" not in said
    assert "Something new" not in said
    assert "Not invited." in said


def test_everything_from_outside_is_plain_text(page: ReviewPage) -> None:
    mark = '<img src="file:///x.png">'
    page.show_review(
        Review((ReviewLine(mark, ""),), (), replace(MAIL, subject=mark, text=mark), "", "")
    )
    shown = [label for label in page.findChildren(QLabel) if label.text() == mark]
    assert len(shown) == 3
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shown)
