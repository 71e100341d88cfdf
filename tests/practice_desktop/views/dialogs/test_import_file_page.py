from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from practice_desktop.views.dialogs.import_file_page import ImportFilePage
from tests.practice_desktop.views.hand import press


def entering(urls: list[QUrl]) -> QDragEnterEvent:
    data = QMimeData()
    data.setUrls(urls)
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    # The event only borrows the data.
    event.held = data  # type: ignore[attr-defined]
    return event


def test_one_local_file_may_be_dropped_and_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    page = ImportFilePage()
    qtbot.addWidget(page)
    local = QUrl.fromLocalFile(str(tmp_path / "clients.csv"))
    for urls, taken in (
        ([local], True),
        ([local, local], False),
        ([QUrl("https://example.org/clients.csv")], False),
        ([], False),
    ):
        event = entering(urls)
        page.dragEnterEvent(event)
        assert event.isAccepted() is taken


def test_the_button_opens_a_file_dialog_whose_answer_is_the_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = ImportFilePage()
    qtbot.addWidget(page)
    page.show()
    press(page, "Choose file…")
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(page.file_chosen) as chosen:
        dialog.fileSelected.emit(str(tmp_path / "clients.csv"))
    assert chosen.args == [tmp_path / "clients.csv"]
    dialog.close()
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)
