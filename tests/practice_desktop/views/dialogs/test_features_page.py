import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from practice_desktop.services.desk import Desk
from practice_desktop.views.dialogs.features_page import FeaturesPage
from practice_desktop.vocabulary import Feature


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> FeaturesPage:
    desk.practice.save(offered=(Feature.SECURE_MESSAGES, Feature.UPDATE_OWN_DETAILS))
    page = FeaturesPage(
        desk.practice.feature_choices(),
        desk.documentation.library_checklist(),
        desk.forms.packets(),
        None,
    )
    qtbot.addWidget(page)
    return page


def test_the_practices_defaults_come_ticked_as_far_as_it_offers_them(page: FeaturesPage) -> None:
    assert page.request().features == (Feature.SECURE_MESSAGES, Feature.UPDATE_OWN_DETAILS)
    assert not page.edited


def test_a_feature_that_is_switched_off_is_shown_off_with_the_reason(page: FeaturesPage) -> None:
    row = page.feature(Feature.CLIENT_UPLOADS)
    assert not row.box.isEnabled()
    assert row.note.text() != Feature.CLIENT_UPLOADS.description
    assert page.feature(Feature.SECURE_MESSAGES).note.text() == (
        Feature.SECURE_MESSAGES.description
    )


def test_what_is_ticked_is_what_is_asked_for_even_while_the_page_is_off(
    page: FeaturesPage,
) -> None:
    before = page.request()
    page.feature(Feature.SECURE_MESSAGES).box.setChecked(False)
    assert page.edited
    page.setEnabled(False)
    assert page.request().features == (Feature.UPDATE_OWN_DETAILS,)
    assert page.request() != before


def test_how_many_forms_are_ticked_is_told(page: FeaturesPage) -> None:
    told = [label.text() for label in page.findChildren(QLabel)]
    assert f"{len(page.forms.ticked())} selected" in told
