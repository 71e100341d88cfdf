import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from practice_desktop.demo import windows
from practice_desktop.demo.inbox_window import DemoInbox
from practice_desktop.views.main_window import MainWindow


def shown(kind: type[DemoInbox] | type[MainWindow]) -> list[DemoInbox | MainWindow]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, kind) and widget.isVisible()
    ]


def has_counts(window: QWidget) -> bool:
    """Whether the list has been read, so that nothing is under way when the window closes."""
    return any(chip.text() == "All 210" for chip in window.findChildren(QAbstractButton))


def test_the_real_window_opens_with_the_inbox_beside_it_and_ends_with_status_0(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    def look() -> None:
        window, inbox = shown(MainWindow), shown(DemoInbox)
        if not (window and inbox and has_counts(window[0])):
            return
        timer.stop()
        [main], [mails] = window, inbox
        assert isinstance(mails, DemoInbox)
        seen.append((mails.windowTitle(), mails.pane.subject_label.text()))
        main.close()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    assert windows.show() == 0
    [(title, subject)] = seen
    assert title == "Demo inbox"
    assert "Harbor Counseling" in subject
    assert not shown(DemoInbox)
