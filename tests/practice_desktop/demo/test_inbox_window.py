import smtplib
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from practice_desktop.demo.inbox_window import DemoInbox
from practice_desktop.demo.mail_catcher import HOST, USER, MailCatcher
from practice_desktop.views.theme import apply_theme


@pytest.fixture
def catcher() -> Iterator[MailCatcher]:
    made = MailCatcher()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def inbox(qapp: QApplication, qtbot: QtBot, catcher: MailCatcher) -> DemoInbox:
    if not qapp.styleSheet():
        apply_theme(qapp, dark=False)
    send(catcher, "ada@example.org", "Harbor invites you")
    window = DemoInbox(catcher)
    qtbot.addWidget(window, before_close_func=DemoInbox.stop_watching)
    window.show()
    return window


def send(catcher: MailCatcher, recipient: str, subject: str, html: str = "<p>Hello</p>") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = USER, recipient, subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("Hello in plain text")
    message.add_alternative(html, subtype="html")
    with closing(smtplib.SMTP(HOST, catcher.port, timeout=10)) as session:
        session.login(USER, catcher.password)
        session.send_message(message)


def test_it_shows_the_newest_mail_with_body_and_headers(inbox: DemoInbox) -> None:
    assert inbox.windowTitle() == "Demo inbox"
    assert inbox.pane.to_label.text() == "To ada@example.org"
    assert inbox.pane.subject_label.text() == "Subject Harbor invites you"
    assert inbox.pane.body.toPlainText().strip() == "Hello"
    assert "Auto-Submitted: auto-generated" in inbox.headers.toPlainText()


def test_new_mail_comes_on_top_and_what_is_being_read_stays(
    qtbot: QtBot, catcher: MailCatcher, inbox: DemoInbox
) -> None:
    send(catcher, "theo@example.com", "Something new")
    qtbot.waitUntil(lambda: inbox.mails.count() == 2)
    assert inbox.mails.item(0).text().startswith("theo@example.com\nSomething new\nToday ")
    assert inbox.pane.to_label.text() == "To ada@example.org"
    inbox.mails.setCurrentRow(0)
    assert inbox.pane.to_label.text() == "To theo@example.com"
    assert inbox.note.text().startswith("2 messages")


def test_a_mail_without_html_is_shown_as_text(
    qtbot: QtBot, catcher: MailCatcher, inbox: DemoInbox
) -> None:
    send(catcher, "li@example.com", "<b>Bold</b>", html=" ")
    qtbot.waitUntil(lambda: inbox.mails.count() == 2)
    inbox.mails.setCurrentRow(0)
    inbox.pane.plain_button.click()
    assert inbox.pane.body.toPlainText().strip() == "Hello in plain text"
    assert inbox.pane.subject_label.text() == "Subject <b>Bold</b>"
