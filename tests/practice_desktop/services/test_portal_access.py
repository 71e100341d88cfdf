import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

import pytest

from portal_contract.grants.links import decode_secret
from practice_desktop.errors import AddressMissing, AddressTaken, InvalidInput, NotAllowed, NotFound
from practice_desktop.ports import Envelope, Refused, ServerReply, Stage
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.mail_account import MailAccountRow
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import (
    AccessAction,
    Feature,
    MessageState,
    OutboxFilter,
    PortalStatus,
    Security,
)
from tests.practice_desktop.stand_ins import Clock, Letterbox

NOTHING = InvitationRequest(features=())


@pytest.fixture
def priya(desk: Desk) -> int:
    return desk.clients.add(ClientDraft("Priya", "Desai", email="priya.d@example.com"))


def links_in(envelope: Envelope) -> set[str]:
    """Every link of a message, from both parts."""
    message = message_from_bytes(envelope.content, policy=default)
    found = set()
    for part in message.walk():
        if part.get_content_maintype() == "text":
            found |= set(re.findall(r"https://[^\s\"<]+", part.get_content()))
    return found


def status(desk: Desk, client_id: int) -> str:
    return desk.portal_access.card(client_id).status.word


def offered(desk: Desk, client_id: int) -> dict[str, bool]:
    return {
        choice.action.word: choice.enabled for choice in desk.portal_access.card(client_id).actions
    }


def test_an_invitation_is_queued_then_invited_then_expired(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    assert status(desk, priya) == "Not invited"
    desk.portal_access.invite(priya, NOTHING)
    assert status(desk, priya) == "Queued"
    assert offered(desk, priya) == {
        "Resend Invitation": False,
        "Change email address…": True,
        "Delete": True,
    }
    desk.sender.send_due()
    assert status(desk, priya) == "Invited"
    facts = dict(desk.portal_access.card(priya).facts)
    assert facts["Sent to"] == "priya.d@example.com"
    assert facts["Link works until"] == "7 Dec 2026"
    clock.advance(days=14, seconds=1)
    assert status(desk, priya) == "Expired"
    assert [envelope.recipient for envelope in letterbox.taken] == ["priya.d@example.com"]


def test_both_parts_of_an_invitation_carry_the_same_link_and_its_code(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    (link,) = links_in(letterbox.taken[0])
    assert link == desk.portal_access.link(priya)
    address, fragment = link.split("#")
    assert address == "https://portal.harbor.example/i"
    assert len(decode_secret(fragment)) == 16


def test_resending_keeps_the_link_and_gives_it_a_full_new_life(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    clock.advance(days=20)
    desk.portal_access.resend(priya)
    assert status(desk, priya) == "Queued"
    desk.sender.send_due()
    assert status(desk, priya) == "Invited"
    assert links_in(letterbox.taken[0]) == links_in(letterbox.taken[1])
    facts = dict(desk.portal_access.card(priya).facts)
    assert facts["Link works until"] == "27 Dec 2026"
    assert facts["Last sent"].endswith("(2nd)")


def test_a_second_resend_waits_for_the_first(desk: Desk, priya: int) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.resend(priya)
    assert status(desk, priya) == "Invited"
    with pytest.raises(NotAllowed, match="not left yet"):
        desk.portal_access.resend(priya)


def test_cancelling_a_resend_leaves_the_chip_as_it_was(
    desk: Desk, priya: int, clock: Clock
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    clock.advance(days=20)
    desk.portal_access.resend(priya)
    (waiting,) = desk.outbox.page(shown=OutboxFilter.TO_SEND)
    desk.outbox.cancel(waiting.id)
    assert status(desk, priya) == "Expired"


def test_cancelling_the_first_message_is_deleting_the_invitation(desk: Desk, priya: int) -> None:
    desk.portal_access.invite(priya, NOTHING)
    (waiting,) = desk.outbox.page(shown=OutboxFilter.TO_SEND)
    assert desk.outbox.cancel_question(waiting.id) == desk.portal_access.delete_question(priya)
    desk.outbox.cancel(waiting.id)
    assert status(desk, priya) == "Not invited"


def test_deleting_takes_back_what_has_not_left(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.portal_access.delete(priya)
    desk.sender.send_due()
    assert letterbox.taken == []
    assert status(desk, priya) == "Not invited"
    assert desk.outbox.page(shown=OutboxFilter.CANCELLED)[0].state is MessageState.CANCELLED


def test_a_new_invitation_after_deleting_has_a_new_link(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    for _ in range(2):
        desk.portal_access.invite(priya, NOTHING)
        desk.sender.send_due()
        desk.portal_access.delete(priya)
    first, second = (links_in(envelope) for envelope in letterbox.taken)
    assert first.isdisjoint(second)


def test_a_changed_address_kills_the_old_link_and_sends_a_new_one(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.change_address(priya, "Priya@Example.org")
    assert status(desk, priya) == "Queued"
    desk.sender.send_due()
    old, new = letterbox.taken
    assert new.recipient == "Priya@example.org"
    assert links_in(old).isdisjoint(links_in(new))
    assert links_in(new) == {desk.portal_access.link(priya)}
    assert desk.clients.find("priya@example.org") == priya


def test_a_changed_address_of_somebody_who_accepted_sends_nothing(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    desk.portal_access.change_address(priya, "priya@example.org")
    desk.sender.send_due()
    assert status(desk, priya) == "Active"
    assert len(letterbox.taken) == 1
    assert dict(desk.portal_access.card(priya).facts)["Signs in as"] == "priya@example.org"


def test_what_is_on_its_way_to_the_old_address_of_an_active_client_does_not_arrive_there(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    desk.portal_access.send_password_reset(priya)
    letterbox.answer = lambda envelope: desk.portal_access.change_address(priya, "new@example.org")
    desk.sender.send_due()
    assert [envelope.recipient for envelope in letterbox.taken] == ["priya.d@example.com"]
    [cancelled] = desk.outbox.page(shown=OutboxFilter.CANCELLED)
    assert cancelled.line == "The email address was changed"


def test_the_address_of_a_disabled_client_changes_without_a_mail(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    desk.portal_access.disable(priya)
    desk.portal_access.change_address(priya, "priya@example.org")
    desk.sender.send_due()
    assert status(desk, priya) == "Disabled"
    assert len(letterbox.taken) == 1
    desk.portal_access.enable(priya)
    assert dict(desk.portal_access.card(priya).facts)["Signs in as"] == "priya@example.org"


@pytest.mark.parametrize("portal_address", ["", "http://127.0.0.1:8123"])
def test_a_changed_address_never_sends_a_link_that_leads_nowhere(
    desk: Desk, priya: int, portal_address: str
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.practice.save(portal_address=portal_address)
    with pytest.raises(NotAllowed, match="Settings > Portal"):
        desk.portal_access.change_address(priya, "priya@example.org")
    assert status(desk, priya) == "Invited"
    assert desk.clients.profile(priya).draft.email == "priya.d@example.com"


def test_a_changed_address_sends_no_link_to_somebody_who_did_not_agree_to_email(
    desk: Desk, priya: int
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.clients.confirm_address(
        priya, "priya.d@example.com", may_email=False, discreet_email=False
    )
    with pytest.raises(NotAllowed, match="not agreed"):
        desk.portal_access.change_address(priya, "priya@example.org")
    assert status(desk, priya) == "Invited"


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("nobody", InvalidInput),
        ("priya.d@example.com", InvalidInput),
        ("jo@example.org", AddressTaken),
    ],
)
def test_a_changed_address_is_checked_first(
    desk: Desk, priya: int, address: str, error: type[Exception]
) -> None:
    desk.clients.add(ClientDraft("Jo", "Day", email="jo@example.org"))
    desk.portal_access.invite(priya, NOTHING)
    with pytest.raises(error):
        desk.portal_access.change_address(priya, address)
    assert desk.clients.profile(priya).draft.email == "priya.d@example.com"


def test_what_came_back_shows_the_returned_words(desk: Desk, priya: int) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.came_back(priya, "Mailbox unknown")
    card = desk.portal_access.card(priya)
    assert card.status is PortalStatus.NOT_DELIVERED
    assert card.problem == "Mailbox unknown"
    assert AccessAction.CAME_BACK not in {choice.action for choice in card.actions}
    desk.portal_access.resend(priya)
    desk.sender.send_due()
    assert status(desk, priya) == "Invited"


def test_a_refused_address_shows_the_servers_words(
    desk: Desk, priya: int, letterbox: Letterbox
) -> None:
    def refuse(envelope: Envelope) -> None:
        raise Refused(Stage.RECIPIENT, ServerReply(550, "5.1.1 No such user"))

    letterbox.answer = refuse
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    card = desk.portal_access.card(priya)
    assert card.status is PortalStatus.NOT_DELIVERED
    assert "No such user" in card.problem


def test_access_is_disabled_and_enabled_again(desk: Desk, priya: int, clock: Clock) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    assert offered(desk, priya) == {
        "Send password reset link": True,
        "Change email address…": True,
        "Disable Access": True,
    }
    assert "signed out" in desk.portal_access.disable_question(priya)
    desk.portal_access.disable(priya)
    assert status(desk, priya) == "Disabled"
    assert list(offered(desk, priya)) == ["Enable Access"]
    desk.portal_access.enable(priya)
    assert status(desk, priya) == "Active"


def test_disabling_takes_back_what_has_not_left(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.accept(priya, clock())
    desk.portal_access.send_password_reset(priya)
    desk.portal_access.disable(priya)
    desk.sender.send_due()
    assert len(letterbox.taken) == 1


def test_accepting_makes_an_unsent_resend_needless(
    desk: Desk, priya: int, clock: Clock, letterbox: Letterbox
) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.resend(priya)
    desk.portal_access.accept(priya, clock())
    desk.sender.send_due()
    assert status(desk, priya) == "Active"
    assert len(letterbox.taken) == 1


def test_a_client_without_an_address_is_not_invited_and_the_sentence_says_so(desk: Desk) -> None:
    marcus = desk.clients.add(ClientDraft("Marcus", "Chen"))
    with pytest.raises(AddressMissing, match="no email address"):
        desk.portal_access.invite(marcus, NOTHING)
    card = desk.portal_access.card(marcus)
    assert card.address_missing
    assert card.why_not


def test_somebody_who_did_not_agree_to_email_is_not_invited(desk: Desk) -> None:
    client_id = desk.clients.add(ClientDraft("Jo", "Day", email="jo@example.org", may_email=False))
    with pytest.raises(NotAllowed, match="May we e-mail"):
        desk.portal_access.invite(client_id, NOTHING)


def test_without_a_portal_address_nothing_is_invited(desk: Desk, priya: int) -> None:
    desk.practice.save(portal_address="")
    with pytest.raises(NotAllowed, match="Settings > Portal"):
        desk.portal_access.invite(priya, NOTHING)


def test_a_portal_on_this_computer_is_mailed_only_through_this_computer(
    desk: Desk, priya: int
) -> None:
    desk.practice.save(portal_address="http://127.0.0.1:8123")
    with pytest.raises(NotAllowed, match="on this computer only"):
        desk.portal_access.invite(priya, NOTHING)
    desk.mail_account.save(
        MailAccountRow("other", "127.0.0.1", 2525, Security.NONE, "", "office@harbor.example"), ""
    )
    desk.portal_access.invite(priya, NOTHING)
    assert status(desk, priya) == "Queued"


def test_nobody_is_invited_twice(desk: Desk, priya: int) -> None:
    desk.portal_access.invite(priya, NOTHING)
    with pytest.raises(NotAllowed):
        desk.portal_access.invite(priya, NOTHING)


def test_several_clients_are_invited_and_the_others_named_with_the_reason(
    desk: Desk, priya: int
) -> None:
    marcus = desk.clients.add(ClientDraft("Marcus", "Chen"))
    ada = desk.clients.add(ClientDraft("Ada", "Brennan", email="ada@example.org"))
    desk.portal_access.invite(ada, NOTHING)
    everyone = [priya, marcus, ada]
    review = desk.portal_access.review(everyone)
    outcome = desk.portal_access.invite_many(everyone, NOTHING)
    assert review == outcome
    assert [line.included for line in outcome] == [True, False, False]
    assert "no email address" in outcome[1].reason
    assert "waiting to leave" in outcome[2].reason
    assert status(desk, priya) == "Queued"


def test_features_and_forms_go_with_the_invitation(desk: Desk, priya: int) -> None:
    forms = desk.forms.library()[:2]
    desk.portal_access.invite(
        priya,
        InvitationRequest(
            features=(Feature.CLIENT_UPLOADS,), form_ids=tuple(form.id for form in forms)
        ),
    )
    ticked = [choice.feature for choice in desk.portal_access.card(priya).features if choice.ticked]
    assert ticked == [Feature.CLIENT_UPLOADS]
    assert {row.title for row in desk.documentation.documents(priya)} == {f.title for f in forms}
    assert not desk.clients.profile(priya).needs_setup


def test_a_tick_on_the_portal_tab_is_saved_at_once(desk: Desk, priya: int) -> None:
    desk.portal_access.set_feature(priya, Feature.CLIENT_UPLOADS, True)
    desk.portal_access.set_feature(priya, Feature.SECURE_MESSAGES, False)
    ticked = {c.feature: c.ticked for c in desk.portal_access.card(priya).features}
    assert ticked[Feature.CLIENT_UPLOADS]
    assert not ticked[Feature.SECURE_MESSAGES]
    desk.practice.save(offered=())
    with pytest.raises(NotAllowed, match="switched off"):
        desk.portal_access.set_feature(priya, Feature.SECURE_MESSAGES, True)


def test_a_preview_says_what_leaves_without_a_working_link(desk: Desk, priya: int) -> None:
    preview = desk.portal_access.preview(priya)
    assert preview.subject == "Harbor Counseling invites you to its client portal"
    assert preview.recipient == "priya.d@example.com"
    assert preview.sender == "Harbor Counseling <office@harbor.example>"
    assert "Priya" in preview.text
    assert "XXXX" in preview.text


@pytest.mark.parametrize(
    "verb",
    [
        lambda desk, client_id: desk.portal_access.resend(client_id),
        lambda desk, client_id: desk.portal_access.delete(client_id),
        lambda desk, client_id: desk.portal_access.disable(client_id),
        lambda desk, client_id: desk.portal_access.enable(client_id),
        lambda desk, client_id: desk.portal_access.link(client_id),
        lambda desk, client_id: desk.portal_access.came_back(client_id, ""),
        lambda desk, client_id: desk.portal_access.change_address(client_id, "x@example.org"),
        lambda desk, client_id: desk.portal_access.send_password_reset(client_id),
        lambda desk, client_id: desk.portal_access.delete_question(client_id),
    ],
)
def test_what_a_status_does_not_offer_is_refused_with_a_sentence(
    desk: Desk, priya: int, verb: Callable[[Desk, int], object]
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        verb(desk, priya)
    assert refusal.value.sentence.endswith(".")
    with pytest.raises(NotFound):
        verb(desk, 999)


def test_every_verb_writes_who_did_it(desk: Desk, priya: int, clock: Clock) -> None:
    desk.portal_access.invite(priya, NOTHING)
    desk.sender.send_due()
    desk.portal_access.link(priya)
    desk.portal_access.resend(priya)
    desk.portal_access.accept(priya, clock())
    desk.portal_access.disable(priya)
    told = [(entry.actor, entry.sentence) for entry in desk.history.list(priya)]
    assert ("Dana", "Invited to the portal at priya.d@example.com") in told
    assert ("Dana", "Invitation link copied") in told
    assert ("Portal", "Invitation accepted") in told
    assert ("Dana", "Portal access disabled") in told
