import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from practice_desktop import app
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.views.main_window import MainWindow
from practice_desktop.views.messages import MessageDialog
from practice_desktop.vocabulary import Feature
from practice_desktop.wiring import Program, open_program
from tests.practice_desktop.conftest import ACCOUNT, PORTAL_ADDRESS
from tests.practice_desktop.stand_ins import Letterbox, MemorySecrets
from tests.practice_desktop.views.hand import Answer, press, top_dialog

OpenProgram = Callable[[], Program]


@pytest.fixture
def open_it(tmp_path: Path) -> OpenProgram:
    return lambda: open_program(tmp_path, secrets=MemorySecrets(), transport=Letterbox())


def test_closing_the_window_ends_the_program_with_status_0(
    qapp: QApplication, open_it: OpenProgram, tmp_path: Path
) -> None:
    seen: list[str] = []

    def close(window: MainWindow) -> None:
        seen.append(window.page_name)
        window.go_to("Activity")
        QTimer.singleShot(0, window, window.close)

    before = threading.active_count()
    assert app.run_program(qapp, open_it(), shown=close) == 0
    assert seen == ["Clients"]
    assert threading.active_count() == before
    assert json.loads((tmp_path / "window.json").read_text())["page"] == "Activity"


def test_offline_starts_with_sending_stopped(qapp: QApplication, program: Program) -> None:
    lines: list[str] = []

    def look(window: MainWindow) -> None:
        def read() -> None:
            lines.append(window.rail.status_label.text())
            window.close()

        QTimer.singleShot(0, window, read)

    desk = program.desk
    desk.mail_account.save(ACCOUNT, "secret")
    desk.practice.save(name="Harbor Counseling", portal_address=PORTAL_ADDRESS)
    samuel = desk.clients.add(ClientDraft("Samuel", "Grant", email="sam@example.net"))
    desk.portal_access.invite(samuel, InvitationRequest((Feature.SECURE_MESSAGES,)))
    assert app.run_program(qapp, program, offline=True, shown=look) == 0
    assert lines == ["Offline · 1 waiting"]


def test_an_unexpected_error_shows_one_window_and_writes_a_log_without_client_data(
    qapp: QApplication, open_it: OpenProgram, tmp_path: Path
) -> None:
    hook = sys.excepthook
    sentences: list[str] = []

    def fail() -> None:
        try:
            int("Samuel Grant")
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)

    def break_it(window: MainWindow) -> None:
        fail()
        fail()
        dialog = top_dialog(MessageDialog)
        sentences.append(dialog.sentence_label.text())
        press(dialog, "OK")
        QTimer.singleShot(0, window, window.close)

    assert app.run_program(qapp, open_it(), shown=break_it) == 0
    assert "What was saved before is kept" in sentences[0]
    log = (tmp_path / "log" / "errors.log").read_text()
    assert log.count("ValueError") == 2
    assert "Samuel" not in log
    assert sys.excepthook is hook


def test_a_folder_that_cannot_be_used_is_told_in_a_window(
    qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "Dropbox" / "practice"
    answer = Answer("OK")
    assert app.run(folder) == app.DID_NOT_START
    assert "Dropbox" in answer.asked
    assert not folder.exists()
