"""The grouped checklist of forms."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from practice_desktop.services.documentation import ChecklistItem, DocumentKey
from practice_desktop.services.forms import PacketRow
from practice_desktop.views.widgets.check_row import CheckRow
from practice_desktop.views.widgets.form_picker import TWO_COLUMNS_FROM, FormPicker
from practice_desktop.vocabulary import FormGroup

TITLES = {
    1: ("Client Intake", FormGroup.INTAKE, ""),
    2: ("Informed Consent", FormGroup.CONSENT, "Signature required"),
    3: ("PHQ-9", FormGroup.ASSESSMENT, "Completed today"),
    4: ("GAD-7", FormGroup.ASSESSMENT, ""),
}
ADULT = PacketRow(1, 1, "New adult", None, (1, 2, 3))
COUPLE = PacketRow(2, 1, "Couple & more", None, (2, 4, 99))


def item(number: int, *, ticked: bool = False) -> ChecklistItem:
    title, group, note = TITLES[number]
    summary = "Depression" if title == "PHQ-9" else ""
    return ChecklistItem(
        DocumentKey(form_id=number), title, group, note, ticked, False, False, summary
    )


def keys(*numbers: int) -> set[DocumentKey]:
    return {DocumentKey(form_id=number) for number in numbers}


@pytest.fixture
def picker(qtbot: QtBot) -> FormPicker:
    picker = FormPicker("Find a form or document")
    qtbot.addWidget(picker)
    picker.set_items([item(1), item(2), item(3, ticked=True), item(4)])
    picker.set_packets((COUPLE, ADULT))
    picker.resize(800, 500)
    picker.show()
    return picker


def shown(picker: FormPicker) -> list[str]:
    rows = [row for row in picker.findChildren(CheckRow) if row.isVisible()]
    return [row.box.accessibleName() for row in rows]


def sections(picker: FormPicker) -> dict[str, int]:
    """Visible group names with where they begin from the left."""
    labels = [
        label
        for label in picker.findChildren(QLabel)
        if label.property("role") == "section" and label.isVisible()
    ]
    return {label.text(): label.mapTo(picker, label.rect().topLeft()).x() for label in labels}


def packet_button(picker: FormPicker) -> QPushButton:
    return next(b for b in picker.findChildren(QPushButton) if b.menu() is not None)


def choose(picker: FormPicker, name: str) -> None:
    menu = packet_button(picker).menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == name).trigger()


def test_it_shows_what_is_ticked_and_tells_of_every_tick(picker: FormPicker, qtbot: QtBot) -> None:
    assert picker.ticked() == keys(3)
    row = next(r for r in picker.findChildren(CheckRow) if r.box.accessibleName() == "GAD-7")
    with qtbot.waitSignal(picker.selection_changed):
        row.box.setFocus()
        QTest.keyClick(row.box, Qt.Key.Key_Space)
    assert picker.ticked() == keys(3, 4)


def test_setting_many_ticks_tells_once(picker: FormPicker, qtbot: QtBot) -> None:
    heard: list[int] = []
    picker.selection_changed.connect(lambda: heard.append(len(picker.ticked())))
    picker.set_ticked(keys(1, 2, 4))
    picker.set_ticked(keys(1, 2, 4))
    assert heard == [3]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("phq", ["PHQ-9"]),
        ("depression", ["PHQ-9"]),
        ("consent signature", ["Informed Consent"]),
        ("nonsense", []),
        ("", ["Client Intake", "Informed Consent", "PHQ-9", "GAD-7"]),
    ],
)
def test_a_search_looks_at_title_note_and_summary(
    picker: FormPicker, words: str, titles: list[str]
) -> None:
    picker.search.setText(words)
    assert sorted(shown(picker)) == sorted(titles)
    assert len(sections(picker)) == len({t for t in TITLES.values() if t[0] in titles} and {
        group for title, group, _ in TITLES.values() if title in titles
    })  # fmt: skip


def test_a_search_loses_no_tick(picker: FormPicker) -> None:
    picker.set_ticked(keys(1, 3))
    picker.search.setText("gad")
    assert picker.ticked() == keys(1, 3)


def test_a_packet_ticks_its_forms_and_the_next_one_takes_only_those_back(
    picker: FormPicker,
) -> None:
    choose(picker, "New adult")
    assert picker.ticked() == keys(1, 2, 3)
    assert packet_button(picker).accessibleName() == "Packet: New adult"
    choose(picker, "Couple && more")
    assert picker.ticked() == keys(2, 3, 4), "PHQ-9 was ticked without the packet"
    assert picker.packet == COUPLE
    choose(picker, "No packet")
    assert picker.ticked() == keys(3)
    assert packet_button(picker).accessibleName() == "Packet"


def test_without_packets_there_is_no_packet_button(picker: FormPicker) -> None:
    picker.set_packets(())
    assert not packet_button(picker).isVisible()


def test_groups_stand_in_two_columns_when_wide_and_in_one_when_narrow(
    picker: FormPicker, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(set(sections(picker).values())) == 2)
    picker.resize(TWO_COLUMNS_FROM - 100, 500)
    qtbot.waitUntil(lambda: len(set(sections(picker).values())) == 1)
    row = picker.findChildren(CheckRow)[0]
    assert row.width() > (TWO_COLUMNS_FROM - 100) * 0.8


def test_a_line_that_was_added_can_be_brought_into_sight(picker: FormPicker, qtbot: QtBot) -> None:
    picker.search.setText("phq")
    picker.reveal(DocumentKey(form_id=4))
    assert picker.search.text() == ""
    row = next(r for r in picker.findChildren(CheckRow) if r.box.accessibleName() == "GAD-7")
    qtbot.waitUntil(row.isVisible)


def test_titles_from_outside_are_plain_text(qtbot: QtBot) -> None:
    picker = FormPicker()
    qtbot.addWidget(picker)
    title = '<img src="/etc/passwd">&x.pdf'
    picker.set_items(
        [ChecklistItem(DocumentKey(file_id=1), title, FormGroup.DOCUMENT, title, False, False,
                       False)]
    )  # fmt: skip
    row = picker.findChildren(CheckRow)[0]
    assert row.box.accessibleName() == title
    assert row.note.textFormat() is Qt.TextFormat.PlainText
