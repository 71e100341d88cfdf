from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from practice_desktop.services.documentation import DocumentKey, DocumentRow
from practice_desktop.services.portal_access import ActionChoice, PortalCard
from practice_desktop.services.practice import FeatureChoice
from practice_desktop.views.clients.portal_cards import AccessCard, DocumentsCard, FeaturesCard
from practice_desktop.vocabulary import AccessAction, DocumentStatus, Feature, PortalStatus
from tests.practice_desktop.views.hand import entries

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def card(status: PortalStatus, **more: object) -> PortalCard:
    shown: dict[str, object] = {
        "client_id": 1,
        "status": status,
        "why": "because",
        "title": "Portal invitation",
        "facts": (),
        "actions": (),
        "features": (),
        "note": "",
        "pending": "",
        "problem": "",
        "why_not": "",
        "address_missing": False,
    }
    return PortalCard(**(shown | more))  # type: ignore[arg-type]


@pytest.fixture
def access(qtbot: QtBot) -> AccessCard:
    access = AccessCard({action: lambda: None for action in AccessAction})
    qtbot.addWidget(access)
    access.show()
    return access


def test_the_three_dots_hold_what_the_service_offers_and_why_one_is_off(
    access: AccessCard,
) -> None:
    access.show_card(
        card(
            PortalStatus.QUEUED,
            actions=(
                ActionChoice(AccessAction.RESEND, False, "It has not left yet."),
                ActionChoice(AccessAction.DELETE, True),
            ),
        ),
        "",
    )
    menu = access.more.menu()
    assert [action.text() for action in menu.actions()] == ["Resend Invitation", "", "Delete"]
    assert menu.actions()[1].isSeparator()
    assert entries(access.more)["Resend Invitation"].toolTip() == "It has not left yet."


def test_the_chip_says_why_when_hovered(access: AccessCard) -> None:
    access.show_card(card(PortalStatus.QUEUED, why="It waits in the Outbox."), "")
    assert access.chip.text() == "Queued"
    assert access.chip.accessibleName() == "Queued"
    assert access.chip.toolTip() == "It waits in the Outbox."


def test_access_that_has_not_ended_yet_is_said(access: AccessCard) -> None:
    access.show_card(card(PortalStatus.DISABLED, pending="The portal was not reached yet."), "")
    assert access.pending.isVisible()
    access.show_card(card(PortalStatus.DISABLED), "")
    assert not access.pending.isVisible()


def test_markup_in_an_address_is_shown_letter_by_letter(access: AccessCard) -> None:
    access.show_card(
        card(PortalStatus.NOT_DELIVERED, problem="<img src=x>", facts=(("Sent to", "<b>a@b"),)), ""
    )
    assert access.server_words.text() == "<img src=x>"
    assert access.server_words.textFormat() == access.why_not.textFormat()


def test_a_confirmation_goes_by_itself(access: AccessCard, qtbot: QtBot) -> None:
    access.show_card(card(PortalStatus.INVITED), "")
    access.confirm("The invitation link was copied.")
    assert access.confirmation.isVisible()
    access.confirmed.setInterval(0)
    access.confirmed.start()
    qtbot.waitUntil(lambda: not access.confirmation.isVisible())


def test_showing_features_is_not_ticking_them(qtbot: QtBot) -> None:
    features = FeaturesCard()
    qtbot.addWidget(features)
    with qtbot.assertNotEmitted(features.feature_ticked):
        features.show_features([FeatureChoice(Feature.SECURE_MESSAGES, True, True)])
    with qtbot.waitSignal(features.feature_ticked) as ticked:
        features.feature(Feature.SECURE_MESSAGES).box.click()
    assert ticked.args == [Feature.SECURE_MESSAGES, False]


def test_lines_are_built_anew_only_for_other_documents(qtbot: QtBot) -> None:
    documents = DocumentsCard("Requested and Shared Documents")
    qtbot.addWidget(documents)
    row = DocumentRow(
        1,
        DocumentKey(form_id=1),
        "PHQ-9",
        "Assessment",
        DocumentStatus.REQUESTED,
        False,
        "",
        NOW,
        True,
    )
    documents.show_documents([row], lambda _row: (), NOW)
    first = documents.lines[0]
    documents.show_documents([row], lambda _row: (), NOW)
    assert documents.lines[0] is first
    documents.show_documents([], lambda _row: (), NOW)
    assert documents.lines == []
    assert not documents.empty.isHidden()
