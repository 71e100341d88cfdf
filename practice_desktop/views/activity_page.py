"""The Activity page: what clients did in the portal, once there is one to do it in."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from practice_desktop.views.widgets.empty_state import EmptyState
from practice_desktop.views.widgets.label import plain_label
from practice_desktop.views.widgets.line import horizontal_line


class ActivityPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = plain_label("Activity", "title")
        title.setContentsMargins(28, 20, 28, 20)
        column.addWidget(title)
        column.addWidget(horizontal_line())
        column.addWidget(
            EmptyState(
                "Nothing new",
                "What clients do in the portal appears here: forms they complete, messages they "
                "write, appointments they ask for.",
            ),
            1,
        )

    def refresh(self) -> None:
        """Nothing to read yet: the portal reports no events before it exists."""
