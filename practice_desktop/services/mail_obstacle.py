"""Why nothing that points at the portal may be mailed: to anybody, or to one client."""

from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from practice_desktop.errors import AddressMissing, NotAllowed, Problem
from practice_desktop.models.person import Person
from practice_desktop.models.practice import MailAccount, Practice
from practice_desktop.services.practice import is_loopback


def find_obstacle(session: Session, person: Person) -> Problem | None:
    """AddressMissing or NotAllowed with the sentence, or None where mail may go."""
    if not person.email:
        return AddressMissing(f"{person.addressed_as} has no email address on file. Add one first.")
    if not person.may_email:
        return NotAllowed(
            f"{person.addressed_as} has not agreed to be e-mailed. "
            "Tick May we e-mail? on the Details tab once that is settled."
        )
    sentence = find_portal_obstacle(session)
    return NotAllowed(sentence) if sentence else None


def find_portal_obstacle(session: Session) -> str:
    """Why an e-mail could not lead to the portal; empty where it does."""
    address = session.get_one(Practice, 1).portal_address
    if not address:
        return (
            "Your practice has no portal address yet, so its link would lead nowhere. "
            "Set it under Settings > Portal."
        )
    account = session.get(MailAccount, 1)
    if account is not None and leads_nowhere(address, account.host):
        return (
            "The portal is on this computer only, so the client could not open it. "
            "Set the address of a portal on the internet under Settings > Portal."
        )
    return ""


def leads_nowhere(portal_address: str, mail_host: str) -> bool:
    """Whether a portal on this computer would be mailed by a server that is elsewhere."""
    host = urlsplit(portal_address).hostname or ""
    return is_loopback(host) and not is_loopback(mail_host)
