from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_desktop.errors import AddressTaken, InvalidInput, NotAllowed, NotFound, StaleEdit
from practice_desktop.services.clients import ClientDraft, ContactDraft, _clean
from practice_desktop.services.desk import Desk
from practice_desktop.services.portal_access import InvitationRequest
from practice_desktop.vocabulary import ClientFilter, ClientType, PortalStatus, Relationship

SAM = ClientDraft(first_name="Samuel", last_name="Grant", email="s.grant@example.net")


def test_two_names_are_enough_for_a_client(desk: Desk) -> None:
    client_id = desk.clients.add(ClientDraft(first_name="Marcus", last_name="Chen"))
    profile = desk.clients.profile(client_id)
    assert profile.name == "Marcus Chen"
    assert profile.status is PortalStatus.NOT_INVITED
    assert profile.needs_setup
    assert not profile.address_locked


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", " "),
        ("last_name", ""),
        ("email", "nobody"),
        ("date_of_birth", date(1899, 12, 31)),
        ("date_of_birth", date.today() + timedelta(days=2)),
        ("time_zone", "Mars/Olympus"),
        ("preferred_name", "x" * 501),
        ("pronouns", "she\x07her"),
    ],
)
def test_a_bad_value_is_refused_beside_its_field(desk: Desk, field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as refusal:
        desk.clients.add(replace(SAM, **{field: value}))
    assert refusal.value.field == field
    assert desk.clients.page() == []


def test_every_field_is_kept_and_every_change_is_in_the_history(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    profile = desk.clients.profile(client_id)
    draft = replace(
        profile.draft,
        preferred_name="Sam",
        pronouns="he/him",
        date_of_birth=date(1989, 3, 14),
        client_type=ClientType.COUPLE,
        phone="(555) 010-4432",
        address="18 Quay Street\nPortland ME 04101",
        time_zone="America/New_York",
        may_email=False,
        discreet_email=True,
    )
    saved = desk.clients.save(client_id, profile.version, draft)
    assert saved.draft == draft
    entry, added = desk.history.list(client_id)
    assert added.sentence == "Client added"
    assert entry.actor == "Dana"
    told = {change.field: (change.old, change.new) for change in entry.changes}
    assert told["Client type"] == ("Individual", "Couple")
    assert told["Date of birth"] == ("", "14 Mar 1989")
    assert told["May we e-mail?"] == ("yes", "no")
    assert len(told) == 9


def test_saving_nothing_writes_no_history(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    profile = desk.clients.profile(client_id)
    desk.clients.save(client_id, profile.version, profile.draft)
    assert len(desk.history.list(client_id)) == 1


def test_a_stale_edit_overwrites_nothing(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    profile = desk.clients.profile(client_id)
    desk.clients.save(client_id, profile.version, replace(profile.draft, phone="1"))
    with pytest.raises(StaleEdit):
        desk.clients.save(client_id, profile.version, replace(profile.draft, phone="2"))
    assert desk.clients.profile(client_id).draft.phone == "1"


def test_one_address_belongs_to_one_client_who_is_named(desk: Desk) -> None:
    owner = desk.clients.add(SAM)
    with pytest.raises(AddressTaken, match="Samuel Grant") as refusal:
        desk.clients.add(ClientDraft("Mia", "Grant", email="S.Grant@Example.net"))
    assert refusal.value.owner_id == owner
    mia = desk.clients.add(ClientDraft("Mia", "Grant"))
    desk.clients.add_contact(mia, desk.clients.contact_from(owner))
    contact = desk.clients.profile(mia).contacts[0]
    assert (contact.name, contact.draft.email) == ("Samuel Grant", "s.grant@example.net")


def test_start_setup_keeps_the_address_whatever_follows(desk: Desk) -> None:
    client_id = desk.clients.add(ClientDraft("Samuel", "Grant"))
    desk.clients.confirm_address(
        client_id, "s.grant@example.net", may_email=True, discreet_email=True
    )
    draft = desk.clients.profile(client_id).draft
    assert (draft.email, draft.discreet_email) == ("s.grant@example.net", True)
    with pytest.raises(InvalidInput):
        desk.clients.confirm_address(client_id, " ", may_email=True, discreet_email=False)
    assert desk.clients.profile(client_id).needs_setup
    desk.clients.finish_setup(client_id)
    assert not desk.clients.profile(client_id).needs_setup
    assert desk.clients.profile(client_id).status is PortalStatus.NOT_INVITED


def test_the_address_of_an_invited_client_does_not_change_on_the_details_tab(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    desk.portal_access.invite(client_id, InvitationRequest(features=()))
    profile = desk.clients.profile(client_id)
    assert profile.address_locked
    with pytest.raises(NotAllowed, match="Change email address"):
        desk.clients.save(client_id, profile.version, replace(profile.draft, email="x@example.org"))
    desk.clients.save(client_id, profile.version, replace(profile.draft, phone="555"))
    assert desk.clients.profile(client_id).draft.phone == "555"


def test_archived_clients_leave_the_list_and_can_be_brought_back(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    desk.clients.archive([client_id])
    assert desk.clients.page() == []
    assert [row.id for row in desk.clients.page(shown=ClientFilter.ARCHIVED)] == [client_id]
    desk.clients.bring_back([client_id])
    assert [row.id for row in desk.clients.page()] == [client_id]
    told = [entry.sentence for entry in desk.history.list(client_id)]
    assert told == ["Brought back", "Archived", "Client added"]


def test_archiving_ends_portal_access(desk: Desk) -> None:
    active = desk.clients.add(SAM)
    desk.portal_access.invite(active, InvitationRequest(features=()))
    desk.portal_access.accept(active, desk.history.list(active)[0].at)
    invited = desk.clients.add(ClientDraft("Jo", "Day", email="jo@example.org"))
    desk.portal_access.invite(invited, InvitationRequest(features=()))
    desk.clients.archive([active, invited])
    assert desk.clients.profile(active).status is PortalStatus.DISABLED
    assert desk.clients.profile(invited).status is PortalStatus.NOT_INVITED
    with pytest.raises(NotAllowed, match="archived"):
        desk.portal_access.enable(active)


def test_contacts_are_added_changed_and_removed(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    contact_id = desk.clients.add_contact(
        client_id, ContactDraft("Mia", "Grant", Relationship.PARENT, "s.grant@example.net", "5")
    )
    contact = desk.clients.profile(client_id).contacts[0]
    desk.clients.save_contact(
        contact_id, contact.version, replace(contact.draft, relation=Relationship.EMERGENCY)
    )
    with pytest.raises(StaleEdit):
        desk.clients.save_contact(contact_id, contact.version, contact.draft)
    with pytest.raises(InvalidInput):
        desk.clients.add_contact(client_id, ContactDraft(last_name="Grant"))
    desk.clients.remove_contact(contact_id)
    assert desk.clients.profile(client_id).contacts == ()
    with pytest.raises(NotFound):
        desk.clients.remove_contact(contact_id)
    assert len(desk.history.list(client_id)) == 4


def test_a_client_is_found_by_number_or_address(desk: Desk) -> None:
    client_id = desk.clients.add(SAM)
    assert desk.clients.find(str(client_id)) == client_id
    assert desk.clients.find("S.GRANT@example.net") == client_id
    for reference in ("99", "nobody@example.org", "Samuel", "", " ", "9" * 25, "²", "\udcff@x.org"):
        with pytest.raises(NotFound):
            desk.clients.find(reference)


@given(st.text(max_size=60), st.booleans())
def test_cleaning_what_was_typed_twice_changes_nothing_more(typed: str, lines: bool) -> None:
    try:
        once = _clean("field", typed, lines=lines)
    except InvalidInput:
        return
    assert _clean("field", once, lines=lines) == once
    assert lines or "\n" not in once
