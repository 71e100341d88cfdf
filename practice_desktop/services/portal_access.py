"""The portal life-cycle of a client: invite, resend, delete, disable, enable, change address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal_contract.grants.grant import make_content_key, make_grant_id
from practice_desktop.errors import (
    AddressTaken,
    InvalidInput,
    NotAllowed,
    NotFound,
    Problem,
)
from practice_desktop.models import portal_access as models
from practice_desktop.models import search
from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.practice import Practice
from practice_desktop.services import portal_card
from practice_desktop.services.addresses import address_key, check_address
from practice_desktop.services.chip import access_of, status_of
from practice_desktop.services.clock import Clock
from practice_desktop.services.documentation import Documentation, DocumentKey
from practice_desktop.services.history import Change, History
from practice_desktop.services.invitation_end import delete_invitation, delete_question
from practice_desktop.services.mail_obstacle import find_obstacle
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.portal_card import ActionChoice, PortalCard
from practice_desktop.services.portal_mail import PortalMail
from practice_desktop.services.root_key import RootKey
from practice_desktop.services.standstill import find_standstill
from practice_desktop.vocabulary import (
    AccessAction,
    AccessState,
    Feature,
    MessageKind,
    PortalStatus,
)

PORTAL = "Portal"
MAX_RETURNED_WORDS = 2000

__all__ = ["ActionChoice", "InvitationRequest", "Invitee", "PortalAccess", "PortalCard"]


@dataclass(frozen=True, slots=True)
class Invitee:
    """One line of the review page for several clients; left-out ones say why."""

    client_id: int
    name: str
    email: str
    included: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InvitationRequest:
    """What page 3 of the wizard gathers. `form_ids` are library forms, `file_ids` the client's."""

    features: tuple[Feature, ...]
    form_ids: tuple[int, ...] = ()
    file_ids: tuple[int, ...] = ()


class PortalAccess:
    """Each verb is one transaction: invitation, documents, grant, message and history together.

    Verbs that mail or copy a link need the root key and so may wait for the password store: call
    them off the UI thread. Every verb raises NotFound, NotAllowed (the sentence says why) and
    StaleEdit.
    """

    def __init__(
        self,
        database: Database,
        history: History,
        clock: Clock,
        root_key: RootKey,
        mail: PortalMail,
        outbox: Outbox,
        documentation: Documentation,
    ) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._root_key = root_key
        self._mail = mail
        self._outbox = outbox
        self._documentation = documentation

    def card(self, client_id: int) -> PortalCard:
        with self._database.read() as session:
            return self.describe(session, _client(session, client_id))

    def preview(self, client_id: int) -> MailPreview:
        """The invitation as it would leave now."""
        with self._database.read() as session:
            client = _client(session, client_id)
            return self._mail.preview(session, MessageKind.INVITATION, client, self._clock())

    def review(self, client_ids: Iterable[int]) -> list[Invitee]:
        """Who of these would be invited, and why the others would not."""
        with self._database.read() as session:
            return [
                _invitee(client, self._refusal(session, client))
                for client in (_client(session, client_id) for client_id in client_ids)
            ]

    def invite(self, client_id: int, request: InvitationRequest) -> None:
        """Queue an invitation. Raises AddressMissing, NotAllowed."""
        with self._database.write() as session:
            client = _client(session, client_id)
            refusal = self._refusal(session, client)
            if refusal is not None:
                raise refusal
            self._invite(session, client, request)
        self._outbox.on_release()

    def invite_many(self, client_ids: Iterable[int], request: InvitationRequest) -> list[Invitee]:
        """Invite those who can be; returns the same lines as `review`, as it came out."""
        outcome = []
        for client_id in client_ids:
            with self._database.write() as session:
                client = _client(session, client_id)
                refusal = self._refusal(session, client)
                if refusal is None:
                    self._invite(session, client, request)
                outcome.append(_invitee(client, refusal))
        self._outbox.on_release()
        return outcome

    def resend(self, client_id: int) -> None:
        """Send the same link again and give it a full new life when it leaves."""
        with self._database.write() as session:
            client, access, invitation = self._invited(session, client_id)
            choice = _choice(self.describe(session, client), AccessAction.RESEND)
            if not choice.enabled:
                raise NotAllowed(choice.reason)
            if refusal := find_obstacle(session, client):
                raise refusal
            self._mail.queue_invitation(session, client_id, access, invitation)
            self._history.record(
                session, client_id, "resent", f"Invitation to {invitation.email} sent again"
            )
        self._outbox.on_release()

    def link(self, client_id: int) -> str:
        """The invitation link, for *Copy invitation link*; History notes that it was copied."""
        with self._database.write() as session:
            client, access, invitation = self._invited(session, client_id)
            if not _choice(self.describe(session, client), AccessAction.COPY_LINK).enabled:
                raise NotAllowed(
                    "The link can be copied once the invitation has left and while it works. "
                    "Nothing was changed. Resend the invitation to give it a new life."
                )
            self._history.record(session, client_id, "link_copied", "Invitation link copied")
            return self._mail.link(session, access, invitation)

    def change_address(self, client_id: int, email: str) -> None:
        """Not accepted yet: new link, the old one dies. Accepted: sessions end, password stays,
        and what has not left for the old address is taken back.

        Raises InvalidInput, AddressTaken; NotAllowed where a new link could not be mailed.
        """
        address = check_address(email)
        with self._database.write() as session:
            client = _client(session, client_id)
            access = access_of(session, client_id)
            if access is None or access.state is AccessState.NONE:
                raise NotAllowed(
                    f"{client.addressed_as} has no portal access now. Nothing was changed. "
                    "Change the address on the Details tab."
                )
            if address == client.email:
                raise InvalidInput("email", "This is the address on file already.")
            check_address_free(session, address, client_id)
            obstacle = find_obstacle(session, client)
            if obstacle is not None and access.state is AccessState.INVITED:
                raise obstacle
            change = Change("Email", client.email, address)
            client.email = address
            client.email_key = address_key(address)
            client.search_text = search.search_text(
                (client.first_name, client.last_name, client.preferred_name),
                address,
                (client.phone,),
            )
            self._history.record(
                session, client_id, "address_changed", "Email address changed", [change]
            )
            if access.state is not AccessState.INVITED:
                access.grant_version += 1
                self._withdraw(session, access, "The email address was changed.")
            else:
                delete_invitation(session, access, self._clock)
                self._start_invitation(session, client, access)
        self._outbox.on_release()

    def came_back(self, client_id: int, words: str) -> None:
        """A person saw the message come back; `words` is what the returned mail said."""
        with self._database.write() as session:
            client, _, invitation = self._invited(session, client_id)
            if not _choice(self.describe(session, client), AccessAction.CAME_BACK).enabled:
                raise NotAllowed(
                    "Only an invitation that has left can come back. Nothing was changed."
                )
            invitation.undelivered_at = self._clock()
            invitation.undelivered_words = words.strip()[:MAX_RETURNED_WORDS]
            self._history.record(
                session, client_id, "came_back", f"The invitation to {invitation.email} came back"
            )

    def delete_question(self, client_id: int) -> str:
        """The sentence *Delete* asks: what the client will notice."""
        with self._database.read() as session:
            _, access, _ = self._invited(session, client_id)
            return delete_question(access, offline=not self._outbox.online)

    def delete(self, client_id: int) -> None:
        """Kill the link at once and take back what has not left."""
        with self._database.write() as session:
            _, access, invitation = self._invited(session, client_id)
            email = invitation.email
            delete_invitation(session, access, self._clock)
            self._history.record(session, client_id, "deleted", f"Invitation to {email} deleted")

    def disable_question(self, client_id: int) -> str:
        """The sentence *Disable Access* asks."""
        with self._database.read() as session:
            client = _client(session, client_id)
            return (
                f"{client.addressed_as} is signed out at once and cannot sign in any more. "
                "Documents and answers are kept, and Enable Access gives it back." + self._later()
            )

    def disable(self, client_id: int) -> None:
        with self._database.write() as session:
            client = _client(session, client_id)
            access = access_of(session, client_id)
            if access is None or access.state is not AccessState.ACTIVE:
                raise NotAllowed(
                    f"{client.addressed_as} has not accepted an invitation, so there is no access "
                    "to disable. Nothing was changed. An invitation can be deleted instead."
                )
            self._disable(session, client, access)

    def enable(self, client_id: int) -> None:
        with self._database.write() as session:
            client = _client(session, client_id)
            access = access_of(session, client_id)
            if access is None or access.state is not AccessState.DISABLED:
                raise NotAllowed(
                    f"{client.addressed_as}'s access is not disabled. Nothing was changed."
                )
            if client.archived_at is not None:
                raise NotAllowed(
                    f"{client.addressed_as} is archived. Nothing was changed. "
                    "Bring the client back first."
                )
            access.state = AccessState.ACTIVE
            access.disabled_at = None
            access.grant_version += 1
            self._history.record(session, client_id, "enabled", "Portal access enabled")

    def set_feature(self, client_id: int, feature: Feature, on: bool) -> None:
        """A tick on the Portal tab: saved at once."""
        with self._database.write() as session:
            client = _client(session, client_id)
            access = self._access(session, client)
            features = [name for name in access.features if name != feature]
            if on:
                offered = session.get_one(Practice, 1).offered_features
                if feature not in offered:
                    raise NotAllowed(
                        f"Your practice has switched off {feature.word}. Nothing was changed. "
                        "Switch it on under Settings > Practice."
                    )
                features = [name for name in Feature if name in (*features, feature)]
            if list(access.features) == features:
                return
            access.features = features
            if access.state is not AccessState.NONE:
                access.grant_version += 1
            self._history.record(
                session,
                client_id,
                "feature",
                f"Portal feature {feature.word} switched {'on' if on else 'off'}",
            )

    def send_password_reset(self, client_id: int) -> None:
        """Queue a reset link for an active client (24 hours, only the newest works)."""
        with self._database.write() as session:
            client = _client(session, client_id)
            access = access_of(session, client_id)
            if access is None or access.state is not AccessState.ACTIVE:
                raise NotAllowed(
                    f"{client.addressed_as} has not accepted an invitation, so there is no "
                    "password to reset. Nothing was changed."
                )
            if refusal := find_obstacle(session, client):
                raise refusal
            access.grant_version += 1
            self._mail.queue_password_reset(session, client_id, access)
            self._history.record(session, client_id, "reset", "Password reset link queued")
        self._outbox.on_release()

    def accept(self, client_id: int, at: datetime) -> None:
        """The client accepted, as the portal's feed reports it. Whatever is still unsent of the
        invitation is not needed any more.
        """
        with self._database.write() as session:
            _, access, _ = self._invited(session, client_id)
            access.state = AccessState.ACTIVE
            access.accepted_at = at
            access.grant_version += 1
            self._withdraw(session, access, "The client has accepted already.")
            self._history.record(
                session, client_id, "accepted", "Invitation accepted", actor=PORTAL
            )

    def end(self, session: Session, client: Client) -> None:
        """End a client's access inside the caller's transaction, whatever it was."""
        access = access_of(session, client.id)
        if access is None:
            return
        if access.state is AccessState.ACTIVE:
            self._disable(session, client, access)
        elif access.state is AccessState.INVITED:
            delete_invitation(session, access, self._clock)
            self._history.record(session, client.id, "deleted", "Invitation deleted")

    def describe(self, session: Session, client: Client) -> PortalCard:
        """The card, inside the caller's session."""
        access = access_of(session, client.id)
        now = self._clock()
        standstill = find_standstill(session, self._outbox.connection, now)
        return portal_card.describe(
            session, client, access, now, self._refusal(session, client), standstill
        )

    def _refusal(self, session: Session, client: Client) -> Problem | None:
        """Why this client cannot be invited now, or None."""
        status = status_of(session, client.id, self._clock())
        if client.archived_at is not None:
            return NotAllowed(f"{client.addressed_as} is archived. Bring the client back first.")
        if status is not PortalStatus.NOT_INVITED:
            return NotAllowed(_ALREADY[status].format(name=client.addressed_as))
        return find_obstacle(session, client)

    def _invite(self, session: Session, client: Client, request: InvitationRequest) -> None:
        access = self._access(session, client)
        offered = session.get_one(Practice, 1).offered_features
        access.features = [f for f in Feature if f in request.features and f in offered]
        keys = [
            *(DocumentKey(form_id=form_id) for form_id in request.form_ids),
            *(DocumentKey(file_id=file_id) for file_id in request.file_ids),
        ]
        if client.setup_finished_at is None:
            client.setup_finished_at = self._clock()
        self._start_invitation(session, client, access, keys)
        self._history.record(
            session,
            client.id,
            "invited",
            f"Invited to the portal at {client.email}",
            [Change("Portal features", "", ", ".join(Feature(f).word for f in access.features))],
        )

    def _start_invitation(
        self,
        session: Session,
        client: Client,
        access: models.PortalAccess,
        keys: Iterable[DocumentKey] = (),
    ) -> None:
        access.state = AccessState.INVITED
        access.grant_version += 1
        invitation = models.Invitation(
            access=access,
            email=client.email,
            sealed_link_secret=self._mail.make_link_secret(access),
            created_at=self._clock(),
        )
        session.add(invitation)
        session.flush()
        self._documentation.share(session, client.id, client.id, list(keys))
        self._mail.queue_invitation(session, client.id, access, invitation)

    def _access(self, session: Session, client: Client) -> models.PortalAccess:
        """This client's access, made with the practice's defaults where there is none."""
        access = access_of(session, client.id)
        if access is None:
            grant_id = make_grant_id()
            access = models.PortalAccess(
                person=client,
                grant_id=grant_id,
                state=AccessState.NONE,
                features=list(session.get_one(Practice, 1).default_features),
                grant_version=0,
                confirmed_version=0,
                sealed_content_key=self._root_key.seal(make_content_key(), f"content {grant_id}"),
            )
            session.add(access)
            session.flush()
        return access

    def _invited(
        self, session: Session, client_id: int
    ) -> tuple[Client, models.PortalAccess, models.Invitation]:
        client = _client(session, client_id)
        access = access_of(session, client_id)
        invitation = access.invitation if access is not None else None
        if access is None or invitation is None or access.state is not AccessState.INVITED:
            raise NotAllowed(
                f"{client.addressed_as} has no open invitation. Nothing was changed. "
                "Look at the Portal tab for what can be done now."
            )
        return client, access, invitation

    def _disable(self, session: Session, client: Client, access: models.PortalAccess) -> None:
        access.state = AccessState.DISABLED
        access.disabled_at = self._clock()
        access.grant_version += 1
        self._withdraw(session, access, "Portal access was disabled.")
        self._history.record(session, client.id, "disabled", "Portal access disabled")

    def _withdraw(self, session: Session, access: models.PortalAccess, why: str) -> None:
        """Take back whatever has not left for this person."""
        unsent = select(OutboxMessage.id).where(
            OutboxMessage.person_id == access.person_id, OutboxMessage.state.in_(models.UNSENT)
        )
        for message_id in session.scalars(unsent).all():
            self._outbox.withdraw(session, message_id, why)

    def _later(self) -> str:
        return "" if self._outbox.online else " It takes effect when you are connected again."


_ALREADY = {
    PortalStatus.QUEUED: "The invitation to {name} is waiting to leave.",
    PortalStatus.INVITED: "{name} has been invited already. Resend the invitation instead.",
    PortalStatus.EXPIRED: "{name}'s invitation ran out. Resend the invitation instead.",
    PortalStatus.NOT_DELIVERED: "{name}'s invitation was not delivered. Change the email address "
    "or resend the invitation instead.",
    PortalStatus.ACTIVE: "{name} uses the portal already.",
    PortalStatus.DISABLED: "{name}'s access is disabled. Enable it instead.",
}


def check_address_free(session: Session, email: str, client_id: int | None) -> None:
    """Raises AddressTaken with the name of the client whose address this is."""
    if not email:
        return
    query = select(Client).where(Client.email_key == address_key(email), Client.kind == "client")
    if client_id is not None:
        query = query.where(Client.id != client_id)
    owner = session.scalars(query).first()
    if owner is not None:
        raise AddressTaken(
            "email",
            f"{email} is {owner.name}'s address already, and one address belongs to one client. "
            f"{owner.first_name} can be added as a contact of this client instead.",
            owner_id=owner.id,
            owner_first_name=owner.first_name,
        )


def _choice(card: PortalCard, action: AccessAction) -> ActionChoice:
    for choice in card.actions:
        if choice.action is action:
            return choice
    return ActionChoice(action, enabled=False, reason=f"{action.word} is not possible now.")


def _client(session: Session, client_id: int) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise NotFound("This client is not in the list any more. Nothing was changed.")
    return client


def _invitee(client: Client, refusal: Problem | None) -> Invitee:
    return Invitee(
        client.id, client.name, client.email, refusal is None, refusal.sentence if refusal else ""
    )
