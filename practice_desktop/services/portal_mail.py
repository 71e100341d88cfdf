"""The e-mails that point at the portal: invitation, notification, password reset."""

from sqlalchemy.orm import Session

from practice_desktop.models.person import Person
from practice_desktop.models.portal_access import Invitation, PortalAccess
from practice_desktop.services.mail_templates import MailPreview, MailTemplates
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.root_key import RootKey
from practice_desktop.vocabulary import MessageKind


class PortalMail:
    """Fills in the words for one person and puts the message into the caller's transaction."""

    def __init__(self, root_key: RootKey, templates: MailTemplates, outbox: Outbox) -> None:
        self._root_key = root_key
        self._templates = templates
        self._outbox = outbox

    def queue_invitation(
        self, session: Session, client_id: int, access: PortalAccess, invitation: Invitation
    ) -> int:
        """Queue the invitation, first or again; it becomes the one that decides the chip."""
        raise NotImplementedError

    def queue_notification(self, session: Session, client_id: int, access: PortalAccess) -> int:
        """Queue "something new"; one that has not left yet is replaced, not added to.

        To somebody who has not accepted it carries the invitation link, and renews it.
        """
        raise NotImplementedError

    def queue_password_reset(self, session: Session, client_id: int, access: PortalAccess) -> int:
        """Queue a reset link; an older one that has not left is replaced."""
        raise NotImplementedError

    def preview(self, session: Session, kind: MessageKind, person: Person) -> MailPreview:
        """What would leave; the secret of a link that does not exist yet is shown as dots."""
        raise NotImplementedError
