"""What stands right of the list while several clients are selected."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from practice_desktop.views.widgets.buttons import plain_button, primary_button
from practice_desktop.views.widgets.label import plain_label


class SeveralClients(QWidget):
    invite_wanted = Signal()
    forms_wanted = Signal()
    archive_wanted = Signal()
    bring_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = plain_label("", "title", wrap=True)
        self.invite_button = primary_button("Invite to Portal", "mail")
        self.invite_button.clicked.connect(self.invite_wanted)
        self.forms_button = plain_button("Request forms…", "document")
        self.forms_button.clicked.connect(self.forms_wanted)
        self.archive_button = plain_button("Archive")
        self.archive_button.clicked.connect(self.archive_wanted)
        self.bring_back_button = plain_button("Bring back")
        self.bring_back_button.clicked.connect(self.bring_back_wanted)
        note = plain_label(
            "Before anything happens, a page shows who is included, and who is left out and why.",
            "muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 28, 28, 28)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(note)
        column.addSpacing(8)
        for button in (
            self.invite_button,
            self.forms_button,
            self.archive_button,
            self.bring_back_button,
        ):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_count(self, count: int, *, archived: bool) -> None:
        """`archived` is whether the list shows archived clients."""
        self.title.setText(f"{count:,} clients selected")
        self.invite_button.setVisible(not archived)
        self.forms_button.setVisible(not archived)
        self.archive_button.setVisible(not archived)
        self.bring_back_button.setVisible(archived)
