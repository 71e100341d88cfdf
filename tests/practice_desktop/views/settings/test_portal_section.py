import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.settings.portal_section import PortalSection
from tests.practice_desktop.views.hand import Answer, press


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> PortalSection:
    desk.practice.save(portal_address="")
    section = PortalSection(desk.practice)
    qtbot.addWidget(section)
    section.show()
    return section


def test_without_an_address_it_says_that_nobody_can_be_invited(
    section: PortalSection, desk: Desk
) -> None:
    assert section.missing.isVisible()
    section.address.setText("https://portal.harbor.example")
    press(section, "Save")
    assert not section.missing.isVisible()
    assert desk.practice.load().portal_address == "https://portal.harbor.example"


def test_an_impossible_address_stays_with_the_reason_beside_it(
    section: PortalSection, desk: Desk
) -> None:
    section.address.setText("http://portal.harbor.example")
    press(section, "Save")
    assert section.field.error
    assert section.address.text() == "http://portal.harbor.example"
    assert desk.practice.load().portal_address == ""


def test_leaving_a_typed_address_asks_first(section: PortalSection, desk: Desk) -> None:
    section.address.setText("https://portal.harbor.example")
    Answer("Cancel")
    assert not section.may_leave()
    Answer("Save")
    assert section.may_leave()
    assert desk.practice.load().portal_address == "https://portal.harbor.example"


def test_undo_brings_back_what_is_saved(section: PortalSection) -> None:
    section.address.setText("https://elsewhere.example")
    press(section, "Undo")
    assert section.address.text() == ""
    assert not section.bar.save.isEnabled()
