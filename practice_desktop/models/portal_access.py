"""Portal access of a person, the invitation to it, and the chip that both add up to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice_desktop.models.base import Base, word_column
from practice_desktop.models.person import Person
from practice_desktop.vocabulary import AccessAction, AccessState, MessageState, PortalStatus

UNSENT = frozenset(
    {
        MessageState.HELD,
        MessageState.WAITING,
        MessageState.SENDING,
        MessageState.HANDING_OVER,
        MessageState.UNCERTAIN,
    }
)


class PortalAccess(Base):
    """What one person may do at the portal. Mirrored there as a grant (portal_contract.grants).

    `grant_version` counts what this desktop wants, `confirmed_version` what the portal has said
    it holds; while they differ, a change (an end of access above all) has not taken effect.
    `grant_body` is the newest grant, byte for byte, so that putting it again is the same put.
    """

    __tablename__ = "portal_access"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    version: Mapped[int] = mapped_column()
    grant_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[AccessState] = mapped_column(word_column(AccessState), default=AccessState.NONE)
    features: Mapped[list[str]] = mapped_column(JSON, default=list)
    grant_version: Mapped[int] = mapped_column(default=0)
    confirmed_version: Mapped[int] = mapped_column(default=0)
    grant_body: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_content_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    accepted_at: Mapped[datetime | None]
    last_signed_in_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    invitations: Mapped[list["Invitation"]] = relationship(
        back_populates="access", cascade="all, delete-orphan", order_by="Invitation.id"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_portal_access_state", "state", "person_id"),)

    @property
    def invitation(self) -> "Invitation | None":
        """The invitation in force: the newest, unless it was deleted."""
        newest = self.invitations[-1] if self.invitations else None
        return newest if newest is not None and newest.deleted_at is None else None


class Invitation(Base):
    """One link to one address. A changed address before acceptance makes a new one.

    `message_id` is the message that decides the chip: the newest that was not cancelled.
    `works_until` is empty until the first message leaves. `undelivered_at` is set when the mail
    server refused it or a person said that it came back, and cleared when one leaves again.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    access_id: Mapped[int] = mapped_column(
        ForeignKey("portal_access.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str]
    sealed_link_secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id", use_alter=True, ondelete="SET NULL")
    )
    times_sent: Mapped[int] = mapped_column(default=0)
    last_sent_at: Mapped[datetime | None]
    works_until: Mapped[datetime | None]
    undelivered_at: Mapped[datetime | None]
    undelivered_words: Mapped[str] = mapped_column(default="")
    deleted_at: Mapped[datetime | None]

    access: Mapped[PortalAccess] = relationship(back_populates="invitations")

    __table_args__ = (
        Index(
            "uq_invitation_live",
            "access_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_invitation_message_id", "message_id"),
    )


@dataclass(frozen=True, slots=True)
class ChipFacts:
    """All that the chip depends on. `message` is the state of the invitation's message."""

    access: AccessState
    message: MessageState | None = None
    link_works: bool = False
    undelivered: bool = False


def portal_status(facts: ChipFacts) -> PortalStatus:
    """The chip. A resend that has not left yet hides neither a working link nor, once it is
    cancelled, what was there before; where no link works it shows as Queued.
    """
    match facts.access:
        case AccessState.ACTIVE:
            return PortalStatus.ACTIVE
        case AccessState.DISABLED:
            return PortalStatus.DISABLED
        case AccessState.NONE:
            return PortalStatus.NOT_INVITED
    if facts.message is None or facts.message is MessageState.CANCELLED:
        return PortalStatus.NOT_INVITED
    if facts.message in UNSENT:
        good = facts.link_works and not facts.undelivered
        return PortalStatus.INVITED if good else PortalStatus.QUEUED
    if facts.message is MessageState.FAILED or facts.undelivered:
        return PortalStatus.NOT_DELIVERED
    return PortalStatus.INVITED if facts.link_works else PortalStatus.EXPIRED


_ACTIONS: dict[PortalStatus, tuple[AccessAction, ...]] = {
    PortalStatus.NOT_INVITED: (),
    PortalStatus.QUEUED: (AccessAction.RESEND, AccessAction.CHANGE_ADDRESS, AccessAction.DELETE),
    PortalStatus.INVITED: (
        AccessAction.RESEND,
        AccessAction.COPY_LINK,
        AccessAction.CHANGE_ADDRESS,
        AccessAction.CAME_BACK,
        AccessAction.DELETE,
    ),
    PortalStatus.EXPIRED: (AccessAction.RESEND, AccessAction.CHANGE_ADDRESS, AccessAction.DELETE),
    PortalStatus.NOT_DELIVERED: (
        AccessAction.RESEND,
        AccessAction.CHANGE_ADDRESS,
        AccessAction.DELETE,
    ),
    PortalStatus.ACTIVE: (
        AccessAction.RESET_PASSWORD,
        AccessAction.CHANGE_ADDRESS,
        AccessAction.DISABLE,
    ),
    PortalStatus.DISABLED: (AccessAction.ENABLE,),
}


def actions(status: PortalStatus) -> tuple[AccessAction, ...]:
    """What stands behind the three dots, in order; Queued shows Resend Invitation switched off."""
    return _ACTIONS[status]
