"""Making and editing a packet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from practice_desktop.models.database import Database
from practice_desktop.services.forms import PacketRow
from practice_desktop.views.dialogs.packet import PacketDialog
from practice_desktop.vocabulary import ClientType
from tests.practice_desktop.office import Office
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = Database(tmp_path)
    yield Office(database)
    database.close()


def opened(office: Office, window: QMainWindow, packet: PacketRow | None) -> PacketDialog:
    dialog = PacketDialog(window, office.forms, packet)
    dialog.open()
    return dialog


def packet(office: Office, name: str) -> PacketRow:
    return next(packet for packet in office.forms.packets() if packet.name == name)


def test_a_new_packet_is_named_filled_and_saved(
    office: Office, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = opened(office, window, None)
    QTest.keyClicks(dialog.name_edit, "Alcohol")
    press(dialog, "AUDIT-C")
    press(dialog, "Substance Use History")
    assert dialog.count_label.text() == "2 forms"
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save")
    titles = {form.id: form.title for form in office.forms.library()}
    assert [titles[form_id] for form_id in packet(office, "Alcohol").form_ids] == [
        "Substance Use History", "AUDIT-C",
    ]  # fmt: skip


def test_editing_keeps_the_order_and_moves_the_default(
    office: Office, window: QMainWindow, qtbot: QtBot
) -> None:
    couple = packet(office, "Couple")
    dialog = opened(office, window, couple)
    assert dialog.default_box.currentText() == "Couple"
    press(dialog, "Client Intake")
    dialog.default_box.setCurrentText("Individual")
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Save")
    saved = packet(office, "Couple")
    assert saved.form_ids == (*couple.form_ids, office.key("Client Intake").form_id)
    assert saved.default_for is ClientType.INDIVIDUAL
    assert packet(office, "New adult").default_for is None


def test_a_missing_name_is_told_beside_the_field_and_nothing_is_lost(
    office: Office, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = opened(office, window, None)
    press(dialog, "PHQ-9")
    press(dialog, "Save")
    assert dialog.name_field.error == "A packet needs a name."
    QTest.keyClicks(dialog.name_edit, "couple")
    assert dialog.name_field.error == ""
    press(dialog, "Save")
    assert "already a packet" in dialog.name_field.error
    assert dialog.isVisible()


def test_an_empty_packet_is_told_above_the_buttons(
    office: Office, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = opened(office, window, None)
    QTest.keyClicks(dialog.name_edit, "Nothing")
    press(dialog, "Save")
    assert dialog.error_label.text() == "Choose at least one form."


def test_a_packet_that_somebody_else_changed_stays_as_they_left_it(
    office: Office, window: QMainWindow
) -> None:
    couple = packet(office, "Couple")
    dialog = opened(office, window, couple)
    office.forms.delete_packet(couple.id)
    press(dialog, "PHQ-9")
    press(dialog, "Save")
    assert "deleted meanwhile" in dialog.error_label.text()
    assert dialog.isVisible()


def test_unsaved_changes_are_not_left_without_a_question(
    office: Office, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = opened(office, window, None)
    press(dialog, "PHQ-9")
    answer = Answer("Leave")
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert "not kept" in answer.asked
