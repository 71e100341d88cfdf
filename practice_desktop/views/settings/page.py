"""The Settings page: sections on the left, one at a time on the right."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from practice_desktop.services.mail_account import MailAccount
from practice_desktop.services.mail_templates import MailTemplates
from practice_desktop.services.practice import Practice
from practice_desktop.views.settings.sections import (
    EMAIL,
    PORTAL,
    PRACTICE,
    SECTIONS,
    WORDING,
)
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.label import plain_label

_LIST_WIDTH = 200
_SECTION_WIDTH = 860


@runtime_checkable
class Leavable(Protocol):
    """A section that asks what becomes of unsaved edits; False where the person stays."""

    def may_leave(self) -> bool: ...


class SettingsPage(QWidget):
    """A section is made when it is first shown; what is typed in one stays while others show."""

    def __init__(
        self,
        practice: Practice,
        mail_account: MailAccount,
        mail_templates: MailTemplates,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._practice = practice
        self._mail_account = mail_account
        self._mail_templates = mail_templates
        self._tasks = tasks
        self._made: dict[str, QWidget] = {}
        self.sections = QListWidget()
        self.sections.setAccessibleName("Settings")
        # The style gives items their height, and it has to be there before they are measured.
        self.sections.ensurePolished()
        self.sections.addItems(SECTIONS)
        self.sections.currentTextChanged.connect(self._show)
        left = QWidget()
        left.setProperty("role", "surface")
        left.setFixedWidth(_LIST_WIDTH)
        names = QVBoxLayout(left)
        names.setContentsMargins(12, 16, 12, 12)
        names.setSpacing(12)
        title = plain_label("Settings", "title")
        title.setContentsMargins(6, 0, 0, 0)
        names.addWidget(title)
        names.addWidget(self.sections, 1)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self._stack, 1)
        self.setFocusProxy(self.sections)
        self.show_section(PRACTICE)

    def show_section(self, name: str) -> None:
        """Show a section by the name in its list, as "Settings > Email" names it."""
        self.sections.setCurrentRow(SECTIONS.index(name))

    @property
    def section(self) -> QWidget:
        """The section on screen."""
        return self._made[self.sections.currentItem().text()]

    def may_leave(self) -> bool:
        """Let each section ask about its unsaved edits; the one that stays is shown."""
        for name, section in self._made.items():
            if isinstance(section, Leavable) and not section.may_leave():
                self.show_section(name)
                return False
        return True

    def refresh(self) -> None:
        """Re-read the section on screen, where it shows something that others change."""
        refresh = getattr(self.section, "refresh", None)
        if refresh is not None:
            refresh()

    def _show(self, name: str) -> None:
        if name not in self._made:
            self._made[name] = self._make(name)
            self._stack.addWidget(_framed(self._made[name]))
        self._stack.setCurrentIndex(list(self._made).index(name))
        self.refresh()

    def _make(self, name: str) -> QWidget:
        if name == PRACTICE:
            from practice_desktop.views.settings.practice_section import PracticeSection

            return PracticeSection(self._practice)
        if name == PORTAL:
            from practice_desktop.views.settings.portal_section import PortalSection

            return PortalSection(self._practice)
        if name == EMAIL:
            from practice_desktop.views.settings.email_section import EmailSection

            return EmailSection(self._mail_account, self._tasks)
        if name == WORDING:
            from practice_desktop.views.settings.wording_section import WordingSection

            return WordingSection(self._mail_templates, self._practice, self._tasks)
        from practice_desktop.views.settings.staff_section import StaffSection

        return StaffSection(self._practice)


def _framed(section: QWidget) -> QScrollArea:
    """A section that scrolls where the window is small and stays readable where it is wide."""
    inside = QWidget()
    inside.setProperty("role", "canvas")
    section.setMaximumWidth(_SECTION_WIDTH)
    row = QHBoxLayout(inside)
    row.setContentsMargins(24, 20, 24, 24)
    row.addWidget(section, 1)
    scroll = QScrollArea()
    scroll.setProperty("role", "canvas")
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    scroll.setWidget(inside)
    return scroll
