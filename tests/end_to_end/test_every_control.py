"""Every control on every page and dialog has a name, is reached by Tab, and shows all its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft, ContactDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.dialogs.came_back import CameBackDialog
from practice_desktop.views.dialogs.change_address import ChangeAddressDialog
from practice_desktop.views.dialogs.client_import import ClientImportDialog
from practice_desktop.views.dialogs.contact import ContactDialog
from practice_desktop.views.dialogs.invite import InviteDialog
from practice_desktop.views.dialogs.manage_documentation import ManageDocumentationDialog
from practice_desktop.views.dialogs.new_client import NewClientDialog
from practice_desktop.views.dialogs.packet import PacketDialog
from practice_desktop.views.dialogs.request_forms import RequestFormsDialog
from practice_desktop.views.dialogs.setup_wizard import SetupWizard
from practice_desktop.views.dialogs.staff_name import StaffNameDialog
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.messages import MessageDialog, QuestionDialog, UnsavedDialog
from practice_desktop.views.rail import PAGES
from practice_desktop.views.settings.page import SettingsPage
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import BODY_PIXELS, apply_theme
from practice_desktop.views.window_state import WindowState
from practice_desktop.wiring import open_program
from tests.practice_desktop.conftest import ACCOUNT, PORTAL_ADDRESS
from tests.practice_desktop.stand_ins import Clock, Letterbox, MemorySecrets

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
LONGER = 1.3
"""German and French words for an English label are about a third longer."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    program = open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox(), clock=Clock())
    desk = program.desk
    desk.practice.save(
        name="Harbor Counseling", phone="(207) 555-0140", portal_address=PORTAL_ADDRESS
    )
    desk.mail_account.save(ACCOUNT, "secret")
    yield desk
    program.close()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def window(desk: Desk, tasks: Tasks, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The smallest window, with a client who is invited and one whose setup is not done."""
    if not qapp.styleSheet():
        apply_theme(qapp, dark=False)
    desk.practice.add_staff("Dana")
    invited = desk.clients.add(ClientDraft("Priya", "Desai", email="priya@example.com"))
    desk.portal_access.invite(invited, InvitationRequest((), (desk.forms.library()[0].id,)))
    new = desk.clients.add(ClientDraft("Samuel", "Grant", email="sam@example.net"))
    desk.clients.add_contact(new, ContactDraft("Mia", "Grant"))
    window = MainWindow(desk, tasks, Bridge(desk.database.data_version), WindowState(1024, 700))
    window.show()
    window.follow_outbox()
    yield window
    qtbot.waitUntil(lambda: not tasks.busy)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def longer_words(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    wide = QFont(before)
    wide.setPixelSize(round(BODY_PIXELS * LONGER))
    qapp.setFont(wide)
    yield
    qapp.setFont(before)


def screens(window: MainWindow, desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[QWidget]:
    """Every page, tab and section of the window, then every dialog, one after the other."""
    for name, _picture in PAGES:
        window.go_to(name)
        yield from settled(window, tasks, qtbot)
    settings = window.page("Settings")
    assert isinstance(settings, SettingsPage)
    for row in range(settings.sections.count()):
        settings.sections.setCurrentRow(row)
        yield from settled(window, tasks, qtbot)
    window.go_to("Clients")
    for client_id in desk.clients.ids():
        window.clients.show_client(client_id)
        for tab in range(window.clients.profile.tabs.count()):
            window.clients.profile.tabs.setCurrentIndex(tab)
            yield from settled(window, tasks, qtbot)
    window.clients.list.view.selectAll()
    yield from settled(window, tasks, qtbot)
    for dialog in dialogs(window, desk, tasks):
        dialog.open()
        yield from settled(dialog, tasks, qtbot)
        dialog.hide()


def settled(screen: QWidget, tasks: Tasks, qtbot: QtBot) -> Iterator[QWidget]:
    qtbot.waitUntil(lambda: not tasks.busy)
    QCoreApplication.processEvents()
    yield screen


def dialogs(window: MainWindow, desk: Desk, tasks: Tasks) -> Iterator[QDialog]:
    invited, new = sorted(desk.clients.ids())
    several = [invited, new]
    packets = desk.forms.packets()
    services = (desk.clients, desk.portal_access, desk.documentation, desk.forms, desk.practice)
    yield NewClientDialog(window, desk.clients)
    yield ContactDialog(window, desk.clients, new, desk.clients.profile(new).contacts[0])
    yield StaffNameDialog(window, desk.practice)
    yield SetupWizard(window, new, *services, tasks)
    yield InviteDialog(window, [new], *services, tasks)
    yield InviteDialog(window, several, *services, tasks)
    yield RequestFormsDialog(window, desk.documentation, several, tasks, packets)
    yield ManageDocumentationDialog(window, desk.documentation, invited, "Priya", tasks, packets)
    yield ChangeAddressDialog(window, invited, desk.clients, desk.portal_access, tasks)
    yield CameBackDialog(window, invited, "priya@example.com", desk.portal_access)
    yield ClientImportDialog(window, desk.client_import, tasks)
    yield PacketDialog(window, desk.forms, packets[0])
    yield MessageDialog(window, "That did not work", "The address does not exist.", "550 5.1.1")
    yield QuestionDialog(window, "Delete?", "The link stops.", "Delete", dangerous=True)
    yield UnsavedDialog(window, "Save first?", "Samuel is not saved.")


def controls(top: QWidget) -> list[QWidget]:
    """What a person can act on under `top`; the parts that Qt makes inside of others left out."""
    found: list[QWidget] = []
    for widget in top.findChildren(QWidget):
        parent = widget.parentWidget()
        inner = isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar)
        inner = inner or isinstance(widget, QHeaderView) or isinstance(parent, QHeaderView)
        inner = inner or widget.window() is not top or widget.objectName().startswith("qt_")
        if isinstance(widget, CONTROLS) and widget.isVisibleTo(top) and not inner:
            found.append(widget)
    return found


def tab_chain(top: QWidget) -> set[QWidget]:
    """Everything that Tab comes by, beginning anywhere."""
    chain: set[QWidget] = set()
    widget = top.nextInFocusChain()
    while widget is not None and widget is not top and widget not in chain:
        chain.add(widget)
        widget = widget.nextInFocusChain()
    return chain


def describe(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {words!r} in {widget.window().windowTitle()!r}"


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_every_control_has_the_name_that_its_label_shows(
    window: MainWindow, desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    wrong = set()
    for screen in screens(window, desk, tasks, qtbot):
        for control in controls(screen):
            name = name_of(control)
            if not name:
                wrong.add(f"{describe(control)} has no name")
            elif isinstance(control, QAbstractButton) and control.text().strip():
                words = control.text().replace("&&", "&").strip()
                if words != name and not words.endswith("…"):
                    wrong.add(f"{describe(control)} is called {name!r}")
    assert not wrong, "\n".join(sorted(wrong))


def test_every_control_is_reached_by_tab(
    window: MainWindow, desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    wrong = set()
    for screen in screens(window, desk, tasks, qtbot):
        chain = tab_chain(screen)
        for control in controls(screen):
            if not control.isEnabled():
                continue
            by_tab = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
            # Of buttons that exclude each other Tab comes by one; arrows reach the rest.
            group = control.group() if isinstance(control, QAbstractButton) else None
            among_others = isinstance(control, QRadioButton) or (
                group is not None and group.exclusive() and group.checkedButton() is not control
            )
            if control not in chain or not (by_tab or among_others):
                wrong.add(describe(control))
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.usefixtures("longer_words")
def test_longer_words_are_not_cut_in_the_smallest_window(
    window: MainWindow, desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    wrong = set()
    for screen in screens(window, desk, tasks, qtbot):
        for control in controls(screen):
            if isinstance(control, QPushButton) and control.property("role") != "rail":
                wanted = control.minimumSizeHint().width()
                if control.width() < wanted:
                    wrong.add(f"{describe(control)}: {control.width()} of {wanted}")
            right = control.mapTo(screen, control.rect().topRight()).x()
            if right > screen.width():
                wrong.add(f"{describe(control)} stands {right - screen.width()} outside")
    assert not wrong, "\n".join(sorted(wrong))
