"""The end of an invitation: what *Delete* and cancelling a first invitation ask and do alike."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import PortalAccess
from practice_desktop.services.clock import Clock
from practice_desktop.vocabulary import AccessState, MessageState

EXPLANATION = "The invitation was deleted."
UNCERTAIN_EXPLANATION = "The invitation was deleted. If this message arrived, its link is dead."


def delete_question(access: PortalAccess, *, offline: bool = False) -> str:
    """The sentence asked before an invitation is deleted: what the client will notice.

    `offline` adds that the portal hears of it later.
    """
    invitation = access.invitation
    name = access.person.name
    if invitation is None or invitation.last_sent_at is None:
        sentence = (
            f"Delete the invitation of {name}? It has not left yet and will not be sent. "
            "Requested documents stay prepared."
        )
    else:
        sentence = (
            f"Delete the invitation of {name}? The link in the e-mail stops working, and "
            f"{access.person.addressed_as} is not told. Requested documents stay prepared."
        )
    if offline:
        sentence += " You are offline: it takes effect when connected."
    return sentence


def delete_invitation(session: Session, access: PortalAccess, clock: Clock) -> None:
    """Kill the link and take back what has not left; the caller's transaction, and its history.

    Prepared documents stay. A message that is past the final dot cannot be called back and keeps
    its state; its link is dead all the same. The caller renews what is kept of the grant.
    """
    at = clock()
    invitation = access.invitation
    if invitation is not None:
        invitation.deleted_at = at
        carried = select(OutboxMessage).where(OutboxMessage.invitation_id == invitation.id)
        for message in session.scalars(carried):
            if message.can_be_taken_back:
                message.take_back(EXPLANATION, at)
            elif message.state is MessageState.UNCERTAIN:
                message.take_back(UNCERTAIN_EXPLANATION, at)
            elif message.state is MessageState.FAILED:
                message.dismissed_at = message.dismissed_at or at
    access.state = AccessState.NONE
    access.grant_version += 1
