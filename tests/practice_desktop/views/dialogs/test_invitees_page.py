import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from practice_desktop.services.portal_access import Invitee
from practice_desktop.views.dialogs.invitees_page import InviteesPage
from practice_desktop.views.widgets.label import plain_tip
from tests.practice_desktop.views.hand import button, press

ADA = Invitee(1, "Ada Brennan", "ada@example.org", True)
WEN = Invitee(2, "Wen Huang", "wen@example.org", False, "Wen uses the portal already.")
MARCUS = Invitee(3, "Marcus Chen", "", False, "Marcus has no email address on file.")


@pytest.fixture
def page(qtbot: QtBot) -> InviteesPage:
    page = InviteesPage()
    qtbot.addWidget(page)
    page.resize(700, 400)
    page.show()
    return page


def words(page: InviteesPage, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[str]:
    model = page.table.model()
    return [
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def test_those_left_out_come_first_with_the_reason(page: InviteesPage) -> None:
    page.show_invitees([ADA, WEN])
    assert words(page) == [
        "Wen Huang",
        "wen@example.org",
        "Left out: Wen uses the portal already.",
        "Ada Brennan",
        "ada@example.org",
        "Will be invited",
    ]


def test_a_line_is_read_out_whole(page: InviteesPage) -> None:
    page.show_invitees([MARCUS])
    assert words(page, Qt.ItemDataRole.AccessibleTextRole)[0] == (
        "Marcus Chen, No email on file, Left out: Marcus has no email address on file."
    )


def test_markup_in_a_name_is_no_markup_in_its_tooltip(page: InviteesPage) -> None:
    page.show_invitees([Invitee(4, '<img src="/etc/hosts"> Grant', "", False, "<b>No</b>")])
    tips = words(page, Qt.ItemDataRole.ToolTipRole)
    assert tips == [plain_tip(text) for text in words(page)]
    assert not [tip for tip in tips if "<img" in tip or "<b>" in tip]


def test_an_address_can_be_added_only_where_it_is_missing(page: InviteesPage, qtbot: QtBot) -> None:
    page.show_invitees([ADA, WEN, MARCUS])
    with qtbot.waitSignal(page.address_wanted) as wanted:
        press(page, "Add email address…")
    assert wanted.args == [3]
    page.table.selectRow(0)
    assert not button(page, "Add email address…").isEnabled()


def test_the_page_afterwards_offers_nothing(qtbot: QtBot) -> None:
    page = InviteesPage(sent=True)
    qtbot.addWidget(page)
    page.show_invitees([ADA, MARCUS])
    assert page.summary.text() == "1 client was invited. 1 client was left out."
    assert page.add_address.isHidden()
