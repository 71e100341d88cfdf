"""Page 2 of *Manage Documentation*: what is added, what goes, what the client will read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from practice_desktop.services.documentation import Review, ReviewLine
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.views.widgets.chip import Chip, Tone
from practice_desktop.views.widgets.label import plain_label


class ReviewPage(QWidget):
    """Lines of what changes; the notification, or why none goes."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.unchanged = plain_label(
            "Nothing has changed, so Save closes this window and does nothing.", wrap=True
        )
        self.added = _Changes("Will be requested", "Add", Tone.GOOD)
        self.removed = _Changes("Will be removed", "Remove", Tone.BAD)
        self.notification = plain_label("Notification", "section")
        self.mail = _Mail()
        self.about = plain_label("", "secondary", wrap=True)
        self.no_notification = plain_label("", wrap=True)
        for part in (
            self.unchanged,
            self.added,
            self.removed,
            self.notification,
            self.mail,
            self.about,
            self.no_notification,
        ):
            column.addWidget(part)
        column.addStretch(1)

    def show_review(self, review: Review) -> None:
        self.unchanged.setVisible(not review.changed)
        self.added.show_lines(review.added)
        self.removed.show_lines(review.removed)
        self.mail.setVisible(review.preview is not None)
        self.about.setVisible(review.preview is not None)
        if review.preview is not None:
            self.mail.show_mail(review.preview)
        self.about.setText(f"The email never names the form. {review.about_mail}".strip())
        self.no_notification.setText(review.no_notification)
        self.no_notification.setVisible(bool(review.no_notification))


class _Changes(QWidget):
    """A heading over one line a document; nothing at all without lines."""

    def __init__(self, heading: str, word: str, tone: Tone) -> None:
        super().__init__()
        self._word, self._tone = word, tone
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(plain_label(heading, "section"))
        self._lines: list[QWidget] = []

    def show_lines(self, lines: tuple[ReviewLine, ...]) -> None:
        for old in self._lines:
            self._column.removeWidget(old)
            old.deleteLater()
        self._lines = [self._line(line) for line in lines]
        for new in self._lines:
            self._column.addWidget(new)
        self.setVisible(bool(lines))

    def _line(self, line: ReviewLine) -> QWidget:
        widget = QWidget()
        widget.setAccessibleName(f"{self._word} {line.title}, {line.note}".removesuffix(", "))
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Chip(self._word, self._tone))
        row.addWidget(plain_label(line.title, "strong"))
        row.addWidget(plain_label(line.note, "muted", wrap=True), 1)
        return widget


class _Mail(QFrame):
    """Subject, receiver and words, as the plain part says them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "callout")
        self.setProperty("tone", "neutral")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(4)
        self.subject = plain_label("", "strong", wrap=True)
        self.recipient = plain_label("", "muted", wrap=True)
        self.words = plain_label("", wrap=True)
        # A long portal address must not make the dialog wider than the window.
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(self.subject)
        column.addWidget(self.recipient)
        column.addSpacing(8)
        column.addWidget(self.words)

    def show_mail(self, mail: MailPreview) -> None:
        self.subject.setText(mail.subject)
        self.recipient.setText(f"To {mail.recipient}")
        self.words.setText(mail.text.strip())
