"""Taking one message back, and what its invitation goes by afterwards."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import Invitation
from practice_desktop.vocabulary import MessageKind, MessageState

KINDS = {
    MessageKind.INVITATION: "Invitation",
    MessageKind.NOTIFICATION: "Notification",
    MessageKind.PASSWORD_RESET: "Password reset link",
}
"""What a message is called in History."""


def take_back(session: Session, message: OutboxMessage, explanation: str, at: datetime) -> None:
    """Cancel a message in the caller's transaction; its resend leaves the chip as it was."""
    message.take_back(explanation, at)
    if message.invitation_id is None:
        return
    invitation = session.get(Invitation, message.invitation_id)
    if invitation is None or invitation.message_id != message.id:
        return
    earlier = select(OutboxMessage.id).where(
        OutboxMessage.invitation_id == invitation.id,
        OutboxMessage.id < message.id,
        OutboxMessage.state != MessageState.CANCELLED,
        OutboxMessage.kind == MessageKind.INVITATION,
    )
    found = session.scalars(earlier.order_by(OutboxMessage.id.desc()).limit(1)).first()
    if found is not None:
        invitation.message_id = found


def is_first_invitation(session: Session, message: OutboxMessage) -> bool:
    """Whether its invitation would have no message left, so that taking it back deletes it."""
    if message.kind is not MessageKind.INVITATION or message.invitation_id is None:
        return False
    invitation = session.get(Invitation, message.invitation_id)
    if invitation is None or invitation.deleted_at is not None or invitation.times_sent:
        return False
    others = select(OutboxMessage.id).where(
        OutboxMessage.invitation_id == invitation.id,
        OutboxMessage.id != message.id,
        OutboxMessage.state != MessageState.CANCELLED,
    )
    return session.scalars(others.limit(1)).first() is None
