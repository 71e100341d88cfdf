"""Text from outside stays text on every page and dialog, and no file that it names is opened."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMenu, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from practice_desktop.ports import Envelope, Refused, ServerReply, Stage
from practice_desktop.services.clients import ClientDraft, ContactDraft
from practice_desktop.services.documentation import DocumentKey
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.dialogs.came_back import CameBackDialog
from practice_desktop.views.dialogs.change_address import ChangeAddressDialog
from practice_desktop.views.dialogs.invite import InviteDialog
from practice_desktop.views.dialogs.mail_preview import MailBody, MailPreviewDialog
from practice_desktop.views.dialogs.manage_documentation import ManageDocumentationDialog
from practice_desktop.views.dialogs.request_forms import RequestFormsDialog
from practice_desktop.views.dialogs.setup_wizard import SetupWizard
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.messages import MessageDialog
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.theme import apply_theme
from practice_desktop.views.window_state import WindowState
from practice_desktop.wiring import Program, open_program
from tests.practice_desktop.conftest import ACCOUNT, PORTAL_ADDRESS
from tests.practice_desktop.stand_ins import Clock, Letterbox, MemorySecrets

_OPENED = 0x20
"""IN_OPEN of inotify(7)."""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "p.png"
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(path))
    return path


@pytest.fixture
def markup(picture: Path) -> str:
    return f'<img src="{picture}"><b>&lt;&amp'


@pytest.fixture
def program(tmp_path: Path, markup: str) -> Iterator[Program]:
    """A practice in which every text that can be typed or received is markup."""
    letterbox = Letterbox()
    (tmp_path / "data").mkdir()
    program = open_program(
        tmp_path / "data", secrets=MemorySecrets(), transport=letterbox, clock=Clock()
    )
    desk = program.desk
    desk.practice.save(name=markup, phone=markup, portal_address=PORTAL_ADDRESS)
    desk.practice.add_staff(markup)
    desk.history.working_as = markup
    desk.mail_account.save(ACCOUNT, "secret")
    draft = ClientDraft(
        markup,
        markup,
        preferred_name=markup,
        pronouns=markup,
        email="a@example.org",
        phone=markup,
        address=markup,
    )
    client_id = desk.clients.add(draft)
    desk.clients.add_contact(client_id, ContactDraft(markup, markup, phone=markup))
    desk.clients.add(ClientDraft(markup, markup, email="b@example.org"))
    form = desk.forms.library()[0].id
    desk.forms.add_packet(markup[:80], (form,), None)
    file = tmp_path / "<b>file & co.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    key = desk.documentation.add_file(client_id, file).key
    desk.documentation.save(
        client_id, {key, DocumentKey(form_id=form)}, baseline=set(), notify=False
    )

    def refuse(envelope: Envelope) -> None:
        raise Refused(Stage.RECIPIENT, ServerReply(550, f"5.1.1 {markup}"))

    letterbox.answer = refuse
    desk.portal_access.invite(client_id, InvitationRequest(()))
    desk.sender.send_due()
    yield program
    program.close()


@pytest.fixture
def window(program: Program, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    if not qapp.styleSheet():
        apply_theme(qapp, dark=False)
    tasks = Tasks()
    bridge = Bridge(program.database.data_version)
    window = MainWindow(program.desk, tasks, bridge, WindowState(1024, 700))
    window.show()
    yield window
    bridge.stop()
    tasks.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def nobody_opens(file: Path) -> Iterator[None]:
    """Fail where anybody opened `file` meanwhile; looks on Linux only."""
    if sys.platform != "linux":
        yield
        return
    c = ctypes.CDLL(None, use_errno=True)
    watch = c.inotify_init1(os.O_NONBLOCK)
    assert c.inotify_add_watch(watch, os.fsencode(file), _OPENED) >= 0
    try:
        yield
        with suppress(BlockingIOError):
            assert not os.read(watch, 4096), "the picture named in the text was opened"
    finally:
        os.close(watch)


def assert_plain(top: QWidget) -> None:
    """Every label, tooltip and list under `top` takes text for text."""
    top.grab()
    for widget in (top, *top.findChildren(QWidget)):
        assert_plain_tip(widget.toolTip())
        if isinstance(widget, QMenu) and widget.toolTipsVisible():
            for action in widget.actions():
                assert_plain_tip(action.toolTip())
        if isinstance(widget, QLabel):
            assert widget.textFormat() is Qt.TextFormat.PlainText or not widget.text()
        if isinstance(widget, QTextEdit):
            assert isinstance(widget, MailBody)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in cells(widget.model()):
                assert_plain_tip(index.data(Qt.ItemDataRole.ToolTipRole))


def assert_plain_tip(tip: Any) -> None:
    """Qt takes a tooltip for markup where it looks like it; only an escaped one may."""
    assert "<" not in str(tip or "").removeprefix("<qt>").removesuffix("</qt>"), tip


def cells(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), 50)):
        for column in range(columns):
            yield model.index(row, column)


def test_every_page_shows_markup_letter_by_letter(
    window: MainWindow, picture: Path, program: Program, qtbot: QtBot
) -> None:
    with nobody_opens(picture):
        for page in ("Clients", "Activity", "Outbox", "Forms", "Settings"):
            window.go_to(page)
            QCoreApplication.processEvents()
            assert_plain(window)
        window.go_to("Clients")
        for client_id in program.desk.clients.ids():
            window.clients.show_client(client_id)
            for tab in range(window.clients.profile.tabs.count()):
                window.clients.profile.tabs.setCurrentIndex(tab)
                QCoreApplication.processEvents()
                assert_plain(window)


def test_every_dialog_shows_markup_letter_by_letter(
    window: MainWindow, picture: Path, markup: str, program: Program, qtbot: QtBot
) -> None:
    desk, tasks = program.desk, Tasks()
    refused, fresh = sorted(desk.clients.ids())
    several = [refused, fresh]
    packets = desk.forms.packets()
    services = (desk.clients, desk.portal_access, desk.documentation, desk.forms, desk.practice)
    with nobody_opens(picture):
        for dialog in (
            SetupWizard(window, fresh, *services, tasks),
            InviteDialog(window, [fresh], *services, tasks),
            InviteDialog(window, several, *services, tasks),
            RequestFormsDialog(window, desk.documentation, several, tasks, packets),
            ManageDocumentationDialog(window, desk.documentation, refused, markup, tasks, packets),
            ChangeAddressDialog(window, refused, desk.clients, desk.portal_access, tasks),
            CameBackDialog(window, refused, markup, desk.portal_access),
            MailPreviewDialog(window, desk.portal_access.preview(refused)),
            MessageDialog(window, markup, markup, markup),
        ):
            dialog.open()
            qtbot.waitUntil(lambda: not tasks.busy)
            QCoreApplication.processEvents()
            assert_plain(dialog)
            dialog.hide()
    tasks.close()
