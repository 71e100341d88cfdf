"""Taking one message back."""

from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.ports import Stage
from practice_desktop.services.message_withdrawal import is_first_invitation, take_back
from tests.practice_desktop.outbox_office import Office
from tests.practice_desktop.scripted_mail import refusal


def first(office: Office, message_id: int) -> bool:
    with office.program.database.read() as session:
        return is_first_invitation(session, session.get_one(OutboxMessage, message_id))


def withdraw(office: Office, message_id: int) -> None:
    with office.program.database.write() as session:
        message = session.get_one(OutboxMessage, message_id)
        take_back(session, message, "Taken back.", office.clock())


def test_only_the_first_message_of_an_invitation_ends_it(office: Office) -> None:
    jonas = office.add_client()
    invited = office.invite(jonas)
    assert first(office, invited)
    office.send()
    office.desk.portal_access.resend(jonas)
    assert not first(office, office.newest())


def test_after_a_resend_was_taken_back_the_chip_goes_by_the_earlier_message(
    office: Office,
) -> None:
    jonas = office.add_client()
    invited = office.invite(jonas)
    office.send()
    office.desk.portal_access.resend(jonas)
    resent = office.newest()
    assert office.invitation(resent).message_id == resent
    withdraw(office, resent)
    assert office.invitation(resent).message_id == invited
    assert office.status(jonas) == "Invited"


def test_a_resend_after_a_failure_leaves_the_failure_when_taken_back(office: Office) -> None:
    jonas = office.add_client()
    office.script.at_message = [refusal(Stage.RECIPIENT, 550, "5.1.1 unknown")]
    office.invite(jonas)
    office.send()
    office.desk.portal_access.resend(jonas)
    assert office.status(jonas) == "Queued"
    withdraw(office, office.newest())
    assert office.status(jonas) == "Not delivered"
