"""The e-mails that point at the portal: invitation, notification, password reset."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal_contract.grants import links
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.person import Person
from practice_desktop.models.portal_access import UNSENT, Invitation, PortalAccess
from practice_desktop.models.practice import Practice
from practice_desktop.services.mail_sender import sender_line
from practice_desktop.services.mail_templates import MailFacts, MailPreview, MailTemplates
from practice_desktop.services.mail_text import until_text
from practice_desktop.services.outbox import Outbox, QueuedMail
from practice_desktop.services.root_key import RootKey
from practice_desktop.vocabulary import AccessState, MessageKind

NAMELESS = "Your practice"
_UNMADE = "X" * links.CODE_CHARACTERS


class PortalMail:
    """Fills in the words for one person and puts the message into the caller's transaction."""

    def __init__(self, root_key: RootKey, templates: MailTemplates, outbox: Outbox) -> None:
        self._root_key = root_key
        self._templates = templates
        self._outbox = outbox

    def make_link_secret(self, access: PortalAccess) -> bytes:
        """A new link secret for this access, sealed."""
        return self._root_key.seal(links.make_secret(), f"link {access.grant_id}")

    def link(self, session: Session, access: PortalAccess, invitation: Invitation) -> str:
        """The invitation's link, for mail and for *Copy invitation link*."""
        secret = self._root_key.open(invitation.sealed_link_secret, f"link {access.grant_id}")
        return links.link(session.get_one(Practice, 1).portal_address, secret)

    def queue_invitation(
        self, session: Session, client_id: int, access: PortalAccess, invitation: Invitation
    ) -> int:
        """Queue the invitation, first or again; it becomes the one that decides the chip."""
        message_id = self._queue(
            session, client_id, access, invitation, MessageKind.INVITATION, supersedes_id=None
        )
        invitation.message_id = message_id
        return message_id

    def queue_notification(self, session: Session, client_id: int, access: PortalAccess) -> int:
        """Queue "something new"; one that has not left yet is replaced, not added to.

        To somebody who has not accepted it carries the invitation link, and renews it.
        """
        invitation = access.invitation if access.state is AccessState.INVITED else None
        return self._queue(
            session,
            client_id,
            access,
            invitation,
            MessageKind.NOTIFICATION,
            supersedes_id=_unsent(session, access.person_id, MessageKind.NOTIFICATION),
        )

    def queue_password_reset(self, session: Session, client_id: int, access: PortalAccess) -> int:
        """Queue a reset link; an older one that has not left is replaced."""
        return self._queue(
            session,
            client_id,
            access,
            None,
            MessageKind.PASSWORD_RESET,
            supersedes_id=_unsent(session, access.person_id, MessageKind.PASSWORD_RESET),
            secret=links.make_secret(),
        )

    def preview(
        self, session: Session, kind: MessageKind, person: Person, now: datetime
    ) -> MailPreview:
        """What would leave now; the secret of a link that does not exist yet is shown as X."""
        practice = session.get_one(Practice, 1)
        address = practice.portal_address or "https://…"
        bare = kind is MessageKind.NOTIFICATION and _accepted(session, person)
        words = self._templates.fill_in(
            kind,
            _facts(
                practice,
                person,
                link=address if bare else f"{address}{links.PATH}#{_UNMADE}",
                code="" if bare else links.group(_UNMADE),
            ),
        ).with_until(until_text(now + timedelta(days=practice.link_days), now))
        return MailPreview(
            sender=sender_line(session, discreet=person.discreet_email),
            recipient=person.email,
            subject=words.subject,
            text=words.text,
            html=words.html,
        )

    def _queue(
        self,
        session: Session,
        client_id: int,
        access: PortalAccess,
        invitation: Invitation | None,
        kind: MessageKind,
        *,
        supersedes_id: int | None,
        secret: bytes | None = None,
    ) -> int:
        practice = session.get_one(Practice, 1)
        if invitation is not None:
            secret = self._root_key.open(invitation.sealed_link_secret, f"link {access.grant_id}")
        person = access.person
        words = self._templates.fill_in(
            kind,
            _facts(
                practice,
                person,
                link=links.link(practice.portal_address, secret)
                if secret
                else practice.portal_address,
                code=links.typed_code(secret) if secret else "",
            ),
        )
        return self._outbox.queue(
            session,
            QueuedMail(
                client_id=client_id,
                person_id=person.id,
                invitation_id=invitation.id if invitation is not None else None,
                kind=kind,
                recipient=person.email,
                words=words,
                discreet=person.discreet_email,
                idempotency_key=secrets.token_hex(16),
                required_grant_version=access.grant_version,
                supersedes_id=supersedes_id,
            ),
        )


def _facts(practice: Practice, person: Person, *, link: str, code: str) -> MailFacts:
    return MailFacts(
        first_name=person.addressed_as,
        practice_name=practice.name or NAMELESS,
        practice_phone=practice.phone,
        link=link,
        code=code,
        works_until="",
        discreet=person.discreet_email,
    )


def _accepted(session: Session, person: Person) -> bool:
    query = select(PortalAccess.accepted_at).where(PortalAccess.person_id == person.id)
    return session.scalars(query).first() is not None


def _unsent(session: Session, person_id: int, kind: MessageKind) -> int | None:
    query = select(OutboxMessage.id).where(
        OutboxMessage.person_id == person_id,
        OutboxMessage.kind == kind,
        OutboxMessage.state.in_(UNSENT),
    )
    return session.scalars(query.order_by(OutboxMessage.id.desc())).first()
