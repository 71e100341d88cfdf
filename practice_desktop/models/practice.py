"""The practice: its name and rules, its staff, its mail account, its wording, its keys."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from practice_desktop.models.base import Base, word_column
from practice_desktop.vocabulary import MessageKind, Security


class Practice(Base):
    """One row, id 1. `key` names this practice in the password store."""

    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    key: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    portal_address: Mapped[str] = mapped_column(default="")
    link_days: Mapped[int] = mapped_column(default=14)
    default_features: Mapped[list[str]] = mapped_column(JSON, default=list)
    offered_features: Mapped[list[str]] = mapped_column(JSON, default=list)
    hold_new_messages: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class StaffMember(Base):
    """A name for *Working as*, until accounts come."""

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class MailAccount(Base):
    """The SMTP account that mail leaves through, one row, id 1. Its password is not here.

    `stopped_reason` is set while account trouble keeps all mail here; `probe_at` says when the
    account is tried again by itself.
    """

    __tablename__ = "mail_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    preset: Mapped[str] = mapped_column(default="other")
    host: Mapped[str]
    port: Mapped[int]
    security: Mapped[Security] = mapped_column(word_column(Security))
    user: Mapped[str]
    from_address: Mapped[str]
    sender_name: Mapped[str] = mapped_column(default="")
    reply_to: Mapped[str] = mapped_column(default="")
    ca_file: Mapped[str] = mapped_column(default="")
    stopped_reason: Mapped[str] = mapped_column(default="")
    stopped_details: Mapped[str] = mapped_column(default="")
    stopped_at: Mapped[datetime | None]
    probe_at: Mapped[datetime | None]
    probes: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}


class MailTemplate(Base):
    """The practice's own wording of one kind of message; without a row the shipped one holds."""

    __tablename__ = "mail_template"

    kind: Mapped[MessageKind] = mapped_column(word_column(MessageKind), primary_key=True)
    version: Mapped[int] = mapped_column()
    subject: Mapped[str]
    body: Mapped[str]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class PracticeKey(Base):
    """A numbered P-256 pair that clients seal answers to; the private half is under the root key.

    Kept for good: answers sealed to an old key must stay readable.
    """

    __tablename__ = "practice_key"

    number: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_private_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
