import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.email_page import EmailPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> EmailPage:
    client_id = desk.clients.add(ClientDraft("Samuel", "Grant", email="sam@example.net"))
    page = EmailPage(desk.clients, client_id, "Where does Samuel read e-mail?")
    qtbot.addWidget(page)
    page.show()
    return page


def test_what_is_on_file_stands_there_and_counts_as_unedited(page: EmailPage) -> None:
    assert page.address.text() == "sam@example.net"
    assert page.may_email.box.isChecked()
    assert not page.discreet.box.isChecked()
    assert not page.edited


def test_address_and_both_ticks_are_kept(page: EmailPage, desk: Desk) -> None:
    page.address.set_text("samuel@example.net")
    page.discreet.box.setChecked(True)
    assert page.edited
    assert page.keep()
    draft = desk.clients.profile(desk.clients.find("samuel@example.net")).draft
    assert (draft.may_email, draft.discreet_email) == (True, True)
    assert not page.edited


def test_what_cannot_be_kept_is_told_and_stays(page: EmailPage, desk: Desk) -> None:
    page.address.set_text("samuel@")
    assert not page.keep()
    assert page.address.field.error
    assert page.address.text() == "samuel@"
    assert desk.clients.find("sam@example.net")
