"""The end of an invitation."""

from practice_desktop.models.portal_access import PortalAccess
from practice_desktop.ports import Broken, Stage
from practice_desktop.services.chip import access_of
from practice_desktop.services.invitation_end import delete_invitation, delete_question
from practice_desktop.vocabulary import AccessState, MessageState, OutboxFilter
from tests.practice_desktop.outbox_office import Office
from tests.practice_desktop.scripted_mail import refusal


def question(office: Office, client_id: int, *, offline: bool = False) -> str:
    with office.program.database.read() as session:
        access = access_of(session, client_id)
        assert access is not None
        return delete_question(access, offline=offline)


def end(office: Office, client_id: int) -> PortalAccess:
    with office.program.database.write() as session:
        access = access_of(session, client_id)
        assert access is not None
        delete_invitation(session, access, office.clock)
        return access


def test_before_it_left_the_question_says_that_nothing_was_sent(office: Office) -> None:
    jonas = office.add_client()
    office.invite(jonas)
    assert "has not left yet and will not be sent" in question(office, jonas)


def test_afterwards_it_says_what_the_client_will_notice(office: Office) -> None:
    jonas = office.add_client()
    office.invite(jonas)
    office.send()
    assert "The link in the e-mail stops working" in question(office, jonas)
    assert "takes effect when connected" in question(office, jonas, offline=True)


def test_it_takes_back_what_has_not_left_and_counts_the_grant(office: Office) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    access = end(office, jonas)
    assert (access.state, access.grant_version) == (AccessState.NONE, 2)
    assert office.row(message).state is MessageState.CANCELLED
    assert office.row(message).line == "The invitation was deleted"
    assert office.send() == []


def test_a_message_nobody_is_certain_of_is_closed_in_honest_words(office: Office) -> None:
    jonas = office.add_client()
    message = office.invite(jonas)
    office.script.at_message = [Broken(Stage.AFTER_DOT, "timed out")]
    office.send()
    end(office, jonas)
    assert office.row(message).state is MessageState.CANCELLED
    assert "If this message arrived, its link is dead" in office.row(message).line


def test_a_failure_needs_no_attention_any_more(office: Office) -> None:
    jonas = office.add_client()
    office.script.at_message = [refusal(Stage.RECIPIENT, 550, "5.1.1 unknown")]
    message = office.invite(jonas)
    office.send()
    assert office.shown(OutboxFilter.ATTENTION) == [message]
    end(office, jonas)
    assert office.shown(OutboxFilter.ATTENTION) == []
