"""A mail as the client will read it. Nothing that a mail names is ever opened."""

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.views.dialogs.frame import DialogFrame
from practice_desktop.views.theme import LIGHT
from practice_desktop.views.widgets.buttons import link_button, primary_button
from practice_desktop.views.widgets.label import plain_label


def _nothing(kind: int) -> Any:
    """Stands for whatever a mail names.

    It has to be something: where a document declines, Qt opens relative file names itself, and
    where it has no image, the painter loads the name as a file.
    """
    if kind != QTextDocument.ResourceType.ImageResource.value:
        return QByteArray()
    empty = QImage(1, 1, QImage.Format.Format_ARGB32)
    empty.fill(Qt.GlobalColor.transparent)
    return empty


class _SealedDocument(QTextDocument):
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return _nothing(kind)


class MailBody(QTextBrowser):
    """Shows a mail's HTML without images, links or style files; its text can be selected.

    The mail brings its own colours for a light page, so it is shown on one in the dark as well.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "mail")
        self.setAccessibleName("Message")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return _nothing(kind)

    def show_html(self, html: str) -> None:
        document = self._fresh_document()
        document.setDefaultStyleSheet(f"body {{ color: {LIGHT.ink}; }}")
        document.setHtml(html)
        frame = document.rootFrame()
        paper = frame.frameFormat()
        paper.setBackground(QColor(LIGHT.canvas))
        frame.setFrameFormat(paper)
        self.setDocument(document)

    def show_plain(self, text: str) -> None:
        document = self._fresh_document()
        document.setPlainText(text)
        self.setDocument(document)

    def _fresh_document(self) -> QTextDocument:
        document = _SealedDocument(self)
        document.setDefaultFont(self.font())
        old = self.document()
        if isinstance(old, _SealedDocument):
            old.deleteLater()
        return document


class MailPreviewPane(QWidget):
    """From, To, Subject, and the body as HTML or, with *Plain text*, as the other part says it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mail: MailPreview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(plain_label("Preview", "heading"))
        head.addStretch(1)
        self.plain_button = link_button("Plain text")
        self.plain_button.setCheckable(True)
        self.plain_button.toggled.connect(self._show_body)
        head.addWidget(self.plain_button)
        column.addLayout(head)
        self.from_label, self.to_label, self.subject_label = (
            plain_label("", "secondary", wrap=True) for _ in range(3)
        )
        for label in (self.from_label, self.to_label, self.subject_label):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addSpacing(8)
        self.body = MailBody()
        column.addWidget(self.body, 1)

    def show_mail(self, mail: MailPreview) -> None:
        if mail == self._mail:
            return
        self._mail = mail
        self.from_label.setText(f"From {mail.sender}")
        self.to_label.setText(f"To {mail.recipient}")
        self.subject_label.setText(f"Subject {mail.subject}")
        self._show_body()

    def clear(self) -> None:
        self._mail = None
        for label in (self.from_label, self.to_label, self.subject_label):
            label.clear()
        self.body.show_plain("")

    def _show_body(self, _plain: bool = False) -> None:
        if self._mail is None:
            return
        if self.plain_button.isChecked() or not self._mail.html:
            self.body.show_plain(self._mail.text)
        else:
            self.body.show_html(self._mail.html)


class MailPreviewDialog(DialogFrame):
    """*Preview email*: exactly what will leave."""

    def __init__(self, parent: QWidget | None, mail: MailPreview) -> None:
        super().__init__(parent, "Preview email", width=560)
        self.pane = MailPreviewPane()
        # A style's min-height would undo a minimum size of the body.
        self.resize(560, 600)
        self.pane.show_mail(mail)
        self.body.addWidget(self.pane, 1)
        self.close_button = primary_button("Close")
        self.close_button.clicked.connect(self.accept)
        self.footer.addStretch(1)
        self.footer.addWidget(self.close_button)
