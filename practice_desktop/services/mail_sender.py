"""Who an e-mail is from, as its header and its preview say it."""

from sqlalchemy.orm import Session

from practice_desktop.models.practice import MailAccount, Practice


def sender_name(session: Session, account: MailAccount, *, discreet: bool) -> str:
    """The name beside the mailbox; discreet messages have none."""
    if discreet:
        return ""
    return account.sender_name or session.get_one(Practice, 1).name


def sender_line(session: Session, *, discreet: bool) -> str:
    """From, as the client's mail program shows it."""
    account = session.get(MailAccount, 1)
    if account is None:
        return "(no mail account yet)"
    name = sender_name(session, account, discreet=discreet)
    return f"{name} <{account.from_address}>" if name else account.from_address
