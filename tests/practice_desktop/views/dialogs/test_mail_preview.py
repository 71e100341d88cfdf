"""The preview of a mail."""

from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.views.dialogs.mail_preview import (
    MailBody,
    MailPreviewDialog,
    MailPreviewPane,
)

RED = QColor("#ff0000")


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A red picture in the current folder, so that its bare name finds it too."""
    image = QImage(120, 120, QImage.Format.Format_RGB32)
    image.fill(RED)
    path = tmp_path / "red.png"
    assert image.save(str(path))
    monkeypatch.chdir(tmp_path)
    return path


def mail(html: str, text: str = "Hello") -> MailPreview:
    return MailPreview("Harbor <office@harbor.example>", "jonas@example.se", "Hi", text, html)


def shows_red(browser: QTextBrowser) -> bool:
    image = browser.grab().toImage()
    return any(
        image.pixelColor(x, y) == RED
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )


def sources(picture: Path) -> tuple[str, ...]:
    return (picture.name, str(picture), QUrl.fromLocalFile(str(picture)).toString())


def test_qt_by_itself_would_open_the_file_named_in_a_mail(qtbot: QtBot, picture: Path) -> None:
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.resize(300, 300)
    browser.setHtml(f'<img src="{picture.name}">')
    browser.show()
    assert shows_red(browser)


@pytest.mark.parametrize("kind", range(3))
def test_no_file_named_in_a_mail_is_opened(qtbot: QtBot, picture: Path, kind: int) -> None:
    source = sources(picture)[kind]
    body = MailBody()
    qtbot.addWidget(body)
    body.resize(300, 300)
    body.show()
    body.show_html(f'<p>Hello <img src="{source}"></p><link rel="stylesheet" href="{source}">')
    assert not shows_red(body)
    image = QTextDocument.ResourceType.ImageResource.value
    assert body.document().resource(image, QUrl(source)).width() == 1


def test_an_image_path_in_a_name_is_shown_letter_by_letter(qtbot: QtBot, picture: Path) -> None:
    name = f'<img src="{picture}">'
    pane = MailPreviewPane()
    qtbot.addWidget(pane)
    pane.resize(400, 500)
    pane.show()
    pane.show_mail(MailPreview(name, name, name, f"Hello {name},", f"<p>Hello {escape(name)},</p>"))
    assert pane.subject_label.text() == f"Subject {name}"
    assert name in pane.body.toPlainText()
    assert not shows_red(pane.body)


def test_plain_text_shows_the_other_part(qtbot: QtBot) -> None:
    pane = MailPreviewPane()
    qtbot.addWidget(pane)
    pane.show_mail(mail("<p>in colour</p>", "in words"))
    assert pane.body.toPlainText() == "in colour"
    pane.plain_button.click()
    assert pane.body.toPlainText() == "in words"
    pane.plain_button.click()
    assert pane.body.toPlainText() == "in colour"


def test_a_mail_without_html_is_shown_as_text(qtbot: QtBot) -> None:
    pane = MailPreviewPane()
    qtbot.addWidget(pane)
    pane.show_mail(mail("", "<b>in words</b>"))
    assert pane.body.toPlainText() == "<b>in words</b>"


def test_clearing_leaves_nothing_behind(qtbot: QtBot) -> None:
    pane = MailPreviewPane()
    qtbot.addWidget(pane)
    pane.show_mail(mail("<p>Hello</p>"))
    pane.clear()
    assert pane.body.toPlainText() == pane.to_label.text() == ""


def test_links_in_a_mail_lead_nowhere(qtbot: QtBot) -> None:
    body = MailBody()
    qtbot.addWidget(body)
    body.show_html('<a href="https://portal.example/i#SECRET">Accept invitation</a>')
    opened: list[QUrl] = []
    body.anchorClicked.connect(opened.append)
    assert not body.openLinks()
    assert not body.openExternalLinks()
    assert opened == []


def test_the_dialog_gives_the_mail_room_to_be_read(qtbot: QtBot) -> None:
    dialog = MailPreviewDialog(None, mail("<p>Hello</p>"))
    qtbot.addWidget(dialog)
    dialog.setStyleSheet("QTextEdit { min-height: 18px; }")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.pane.body.height() >= 320


def test_the_dialog_shows_from_to_and_subject(qtbot: QtBot) -> None:
    dialog = MailPreviewDialog(None, mail("<p>Hello</p>"))
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Preview email"
    assert dialog.pane.from_label.text() == "From Harbor <office@harbor.example>"
    assert dialog.pane.to_label.text() == "To jonas@example.se"
    with qtbot.waitSignal(dialog.accepted):
        dialog.close_button.click()
