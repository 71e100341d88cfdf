from pathlib import Path

from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.import_plan import Verdict
from practice_desktop.views.dialogs.import_preview_page import ImportPreviewPage


def test_an_update_tells_old_and_new_value(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org", phone="555 0100"))
    path = tmp_path / "clients.csv"
    path.write_text("First name,Last name,Email,Phone\nAda,Brennan,ada@example.org,555 0199\n")
    page = ImportPreviewPage()
    qtbot.addWidget(page)
    page.show_plan(desk.client_import.plan(desk.client_import.read(path)))
    assert page.story.toPlainText() == "Phone: 555 0100 → 555 0199"
    assert page.chips[None].text() == "All 1"
    assert page.chips[Verdict.UPDATED].accessibleName() == "Updated 1"
    assert page.chips[Verdict.UNCHANGED].isHidden()


def test_text_of_the_file_is_shown_letter_by_letter(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "clients.csv"
    path.write_text('First name,Last name\n"<img src=x.png>",<b>Bold</b>\n')
    page = ImportPreviewPage()
    qtbot.addWidget(page)
    page.show_plan(desk.client_import.plan(desk.client_import.read(path)))
    assert page.story.toPlainText().startswith(
        "First name: <img src=x.png>\nLast name: <b>Bold</b>"
    )
