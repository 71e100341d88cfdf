"""The last look at a message before it leaves."""

from collections.abc import Callable

import pytest

from practice_desktop.models.client import Client
from practice_desktop.models.document import Document
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import Invitation
from practice_desktop.services import departure_check
from practice_desktop.services.chip import access_of
from practice_desktop.services.departure_check import leads_to_this_computer, reason_to_stay
from practice_desktop.services.documentation import DocumentKey
from practice_desktop.services.mail_templates import Words
from practice_desktop.vocabulary import AccessState, MessageKind
from tests.practice_desktop.outbox_office import Office


def reason(office: Office, message_id: int) -> str:
    with office.program.database.read() as session:
        return reason_to_stay(session, session.get_one(OutboxMessage, message_id))


def set_access(office: Office, client_id: int, state: AccessState) -> None:
    with office.program.database.write() as session:
        access = access_of(session, client_id)
        assert access is not None
        access.state = state


def change_client(office: Office, client_id: int, change: Callable[[Client], None]) -> None:
    with office.program.database.write() as session:
        change(session.get_one(Client, client_id))


def move(client: Client) -> None:
    client.email = client.email_key = "elsewhere@example.se"


def notify(office: Office, client_id: int) -> tuple[int, int]:
    """Request one form and tell of it; the ids of message and document."""
    form = office.desk.forms.library()[0]
    office.desk.documentation.save(
        client_id, [DocumentKey(form_id=form.id)], baseline=[], notify=True
    )
    (document,) = office.desk.documentation.documents(client_id)
    return office.newest(), document.id


@pytest.fixture
def jonas(office: Office) -> int:
    return office.add_client()


@pytest.fixture
def active(office: Office, jonas: int) -> int:
    office.invite(jonas)
    office.send()
    office.desk.portal_access.accept(jonas, office.clock())
    return jonas


def test_an_invitation_in_order_may_leave(office: Office, jonas: int) -> None:
    assert reason(office, office.invite(jonas)) == ""


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (AccessState.NONE, departure_check.DELETED),
        (AccessState.DISABLED, departure_check.DISABLED),
        (AccessState.ACTIVE, departure_check.ACCEPTED),
    ],
)
def test_an_invitation_stays_once_access_is_not_open(
    office: Office, jonas: int, state: AccessState, why: str
) -> None:
    message = office.invite(jonas)
    set_access(office, jonas, state)
    assert reason(office, message) == why


def test_an_invitation_goes_to_the_address_it_was_made_for(office: Office, jonas: int) -> None:
    message = office.invite(jonas)
    change_client(office, jonas, move)
    assert reason(office, message) == ""
    invitation = office.invitation(message)
    with office.program.database.write() as session:
        session.get_one(Invitation, invitation.id).email = "elsewhere@example.se"
    assert reason(office, message) == departure_check.ADDRESS_CHANGED


def test_a_spelling_of_the_same_address_is_no_change(office: Office, jonas: int) -> None:
    message = office.invite(jonas)
    office.change(lambda m: setattr(m, "recipient", m.recipient.upper()), message)
    assert reason(office, message) == ""


def test_nobody_is_mailed_who_does_not_want_mail(office: Office, jonas: int) -> None:
    message = office.invite(jonas)
    change_client(office, jonas, lambda client: setattr(client, "may_email", False))
    assert reason(office, message) == departure_check.NO_MAIL


def test_a_notification_stays_where_the_address_was_changed(office: Office, active: int) -> None:
    message, _ = notify(office, active)
    assert reason(office, message) == ""
    change_client(office, active, move)
    assert reason(office, message) == departure_check.ADDRESS_CHANGED


def test_a_notification_stays_where_all_it_told_of_was_removed(office: Office, active: int) -> None:
    message, document = notify(office, active)
    with office.program.database.write() as session:
        session.get_one(Document, document).removed_at = office.clock()
    assert reason(office, message) == departure_check.REMOVED


def test_a_reset_link_goes_to_active_clients_only(office: Office, active: int) -> None:
    office.desk.portal_access.send_password_reset(active)
    message = office.newest()
    assert office.row(message).kind is MessageKind.PASSWORD_RESET
    assert reason(office, message) == ""
    set_access(office, active, AccessState.INVITED)
    assert reason(office, message) == departure_check.DELETED


@pytest.mark.parametrize(
    ("link", "here"),
    [
        ("http://127.0.0.1:8000/i#SECRET", True),
        ("http://[::1]:8000/i#SECRET", True),
        ("http://localhost/i#SECRET", True),
        ("https://portal.harbor.example/i#SECRET", False),
        ("no link at all", False),
    ],
)
def test_a_link_to_this_computer_is_noticed(link: str, here: bool) -> None:
    assert leads_to_this_computer(Words("", f"Hello,\n\n{link}\n", "")) is here
