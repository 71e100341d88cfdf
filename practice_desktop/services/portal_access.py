"""The portal life-cycle of a client: invite, resend, delete, disable, enable, change address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from practice_desktop.services.practice import FeatureChoice
from practice_desktop.vocabulary import AccessAction, Feature, PortalStatus


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """One entry behind the three dots; switched off ones say why."""

    action: AccessAction
    enabled: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PortalCard:
    """What the first card of the Portal tab shows.

    `facts` are label and value in order ("Sent to", "Last sent", "Link works until"; "Signs in
    as", "Accepted", "Last signed in"). `note` is the sentence under the cards. `pending` says
    that a change has not reached the portal yet. `why_not` says why *Invite to Portal* would be
    refused now, and `address_missing` that an address could be added there and then.
    """

    client_id: int
    status: PortalStatus
    why: str
    title: str
    facts: tuple[tuple[str, str], ...]
    actions: tuple[ActionChoice, ...]
    features: tuple[FeatureChoice, ...]
    note: str
    pending: str
    problem: str
    why_not: str
    address_missing: bool


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

    def card(self, client_id: int) -> PortalCard:
        raise NotImplementedError

    def review(self, client_ids: Iterable[int]) -> list[Invitee]:
        """Who of these would be invited, and why the others would not."""
        raise NotImplementedError

    def invite(self, client_id: int, request: InvitationRequest) -> None:
        """Queue an invitation. Raises AddressMissing, NotAllowed."""
        raise NotImplementedError

    def invite_many(self, client_ids: Iterable[int], request: InvitationRequest) -> list[Invitee]:
        """Invite those who can be; returns the same lines as `review`, as it came out."""
        raise NotImplementedError

    def resend(self, client_id: int) -> None:
        """Send the same link again and give it a full new life when it leaves."""
        raise NotImplementedError

    def link(self, client_id: int) -> str:
        """The invitation link, for *Copy invitation link*; History notes that it was copied."""
        raise NotImplementedError

    def change_address(self, client_id: int, email: str) -> None:
        """Not accepted yet: new link, the old one dies. Accepted: sessions end, password stays.

        Raises InvalidInput, AddressTaken.
        """
        raise NotImplementedError

    def came_back(self, client_id: int, words: str) -> None:
        """A person saw the message come back; `words` is what the returned mail said."""
        raise NotImplementedError

    def delete_question(self, client_id: int) -> str:
        """The sentence *Delete* asks: what the client will notice."""
        raise NotImplementedError

    def delete(self, client_id: int) -> None:
        """Kill the link at once and take back what has not left."""
        raise NotImplementedError

    def disable_question(self, client_id: int) -> str:
        raise NotImplementedError

    def disable(self, client_id: int) -> None:
        raise NotImplementedError

    def enable(self, client_id: int) -> None:
        raise NotImplementedError

    def set_feature(self, client_id: int, feature: Feature, on: bool) -> None:
        """A tick on the Portal tab: saved at once."""
        raise NotImplementedError

    def send_password_reset(self, client_id: int) -> None:
        """Queue a reset link for an active client (24 hours, only the newest works)."""
        raise NotImplementedError

    def accept(self, client_id: int, at: datetime) -> None:
        """The client accepted, as the portal's feed reports it."""
        raise NotImplementedError
