"""The Forms page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from practice_desktop.models.database import Database
from practice_desktop.views.bridge import Bridge
from practice_desktop.views.dialogs.packet import PacketDialog
from practice_desktop.views.forms_page import FormsPage
from practice_desktop.views.tasks import Tasks
from practice_desktop.views.widgets.buttons import MoreActionsButton
from practice_desktop.views.widgets.card import Card
from tests.practice_desktop.office import Office
from tests.practice_desktop.views.hand import Answer, choose, press, top_dialog


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


@pytest.fixture
def bridge(office: Office) -> Iterator[Bridge]:
    bridge = Bridge(office.database.data_version)
    office.database.on_commit = bridge.note_commit
    yield bridge
    bridge.stop()


@pytest.fixture
def page(office: Office, tasks: Tasks, bridge: Bridge, window: QMainWindow) -> FormsPage:
    page = FormsPage(office.forms, tasks, bridge)
    window.setCentralWidget(page)
    page.show()
    return page


def shown(page: FormsPage) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def packet_row(page: FormsPage, name: str) -> QWidget:
    return next(
        row for row in page.packet_card.findChildren(QWidget)
        if row.accessibleName().startswith(f"{name}, ")
    )  # fmt: skip


def dots(page: FormsPage, packet: str) -> MoreActionsButton:
    return packet_row(page, packet).findChildren(MoreActionsButton)[0]


def test_the_library_stands_by_group_with_version_and_signature(page: FormsPage) -> None:
    cards = {card.y(): card.title_label.text() for card in page.findChildren(Card) if card.y()}
    assert [cards[y] for y in sorted(cards)] == [
        "Consents", "Assessments", "Questionnaires", "Documents",
    ]  # fmt: skip
    names = {row.accessibleName() for row in page.findChildren(QWidget)}
    assert "PHQ-9, Depression, 9 questions, scored, Version 1" in names
    consent = "Informed Consent, Process, risks, confidentiality and its limits, fees"
    assert f"{consent}, Version 1, Signature" in names


def test_a_search_leaves_what_fits(page: FormsPage) -> None:
    page.search.setText("anxiety")
    assert {"GAD-7", "GAD-2"} <= shown(page)
    assert not {"Client Intake", "Intake forms"} & shown(page)
    page.search.setText("zzz")
    assert "No form has these words." in shown(page)


def test_packets_say_how_many_forms_and_whose_default(page: FormsPage) -> None:
    row = packet_row(page, "New adult")
    assert row.accessibleName() == "New adult, 6 forms · default for Individual"


def test_a_new_packet_appears_when_it_is_saved(page: FormsPage, qtbot: QtBot) -> None:
    press(page, "New packet")
    dialog = top_dialog(PacketDialog)
    press(dialog, "PHQ-9")
    QTest.keyClicks(dialog.name_edit, "Short")
    press(dialog, "Save")
    qtbot.waitUntil(lambda: "Short" in shown(page))


def test_a_packet_is_edited_behind_its_three_dots(page: FormsPage) -> None:
    choose(dots(page, "Couple"), "Edit")
    assert top_dialog(PacketDialog).name_edit.text() == "Couple"


def test_deleting_a_packet_asks_first(page: FormsPage, office: Office, qtbot: QtBot) -> None:
    answer = Answer("Cancel")
    choose(dots(page, "Couple"), "Delete")
    assert "stays requested" in answer.asked
    assert len(office.forms.packets()) == 4
    Answer("Delete")
    choose(dots(page, "Couple"), "Delete")
    assert len(office.forms.packets()) == 3
    qtbot.waitUntil(lambda: "6 forms · default for Couple" not in shown(page))


def test_without_packets_it_says_what_they_are_for(
    page: FormsPage, office: Office, qtbot: QtBot
) -> None:
    for packet in office.forms.packets():
        office.forms.delete_packet(packet.id)
    qtbot.waitUntil(lambda: "No packets yet" in shown(page))


def test_what_somebody_else_saves_is_shown(page: FormsPage, office: Office, qtbot: QtBot) -> None:
    office.forms.add_packet("From elsewhere", (office.key("PHQ-9").form_id,), None)
    qtbot.waitUntil(lambda: "From elsewhere" in shown(page))
