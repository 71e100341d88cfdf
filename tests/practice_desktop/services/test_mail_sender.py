"""Who an e-mail is from."""

from practice_desktop.services.mail_sender import sender_line
from practice_desktop.wiring import Program
from tests.practice_desktop.outbox_office import Office


def line(program: Program, *, discreet: bool = False) -> str:
    with program.database.read() as session:
        return sender_line(session, discreet=discreet)


def test_the_name_stands_beside_the_mailbox_that_signs_in(office: Office) -> None:
    assert line(office.program) == "Harbor Counseling <office@harbor.example>"


def test_discreet_messages_name_nobody(office: Office) -> None:
    assert line(office.program, discreet=True) == "office@harbor.example"


def test_without_an_account_the_line_says_so(program: Program) -> None:
    assert line(program) == "(no mail account yet)"
