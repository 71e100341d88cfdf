from practice_desktop.errors import AddressMissing, NotAllowed
from practice_desktop.models.client import Client
from practice_desktop.models.practice import MailAccount, Practice
from practice_desktop.services.clients import ClientDraft
from practice_desktop.services.desk import Desk
from practice_desktop.services.mail_obstacle import (
    find_obstacle,
    find_portal_obstacle,
    leads_nowhere,
)
from practice_desktop.wiring import Program


def test_each_obstacle_is_named_the_nearest_first(program: Program, desk: Desk) -> None:
    client_id = desk.clients.add(ClientDraft("Jo", "Day", may_email=False))
    with program.database.read() as session:
        client = session.get_one(Client, client_id)
        assert isinstance(find_obstacle(session, client), AddressMissing)
        client.email = "jo@example.org"
        refusal = find_obstacle(session, client)
        assert isinstance(refusal, NotAllowed)
        assert "agreed" in refusal.sentence
        client.may_email = True
        assert find_obstacle(session, client) is None
        session.get_one(Practice, 1).portal_address = "http://localhost:8000"
        assert "this computer only" in find_portal_obstacle(session)
        session.get_one(MailAccount, 1).host = "127.0.0.1"
        assert find_portal_obstacle(session) == ""
        session.get_one(Practice, 1).portal_address = ""
        assert "Settings > Portal" in find_portal_obstacle(session)


def test_a_portal_here_leads_nowhere_only_by_mail_from_elsewhere() -> None:
    assert leads_nowhere("http://127.0.0.1:8", "smtp.example.org")
    assert not leads_nowhere("http://127.0.0.1:8", "localhost")
    assert not leads_nowhere("https://portal.example.org", "localhost")
