"""The library of forms, packets, files, and what was requested of or shared with a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice_desktop.models.base import Base, word_column
from practice_desktop.vocabulary import ClientType, DocumentStatus, FormGroup

OPEN = "removed_at IS NULL AND status IN ('requested', 'opened', 'in_progress')"
"""The condition, in SQL, that a document waits for its person."""


class Form(Base):
    """A title of the library. Questions come with the form's definition."""

    __tablename__ = "form"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(unique=True)
    group: Mapped[FormGroup] = mapped_column(word_column(FormGroup))
    form_version: Mapped[str]
    needs_signature: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Packet(Base):
    """Forms that are asked for together; at most one is the default of a client type."""

    __tablename__ = "packet"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(unique=True)
    default_for: Mapped[ClientType | None] = mapped_column(word_column(ClientType), unique=True)

    entries: Mapped[list["PacketEntry"]] = relationship(
        cascade="all, delete-orphan", order_by="PacketEntry.position"
    )

    __mapper_args__ = {"version_id_col": version}


class PacketEntry(Base):
    __tablename__ = "packet_entry"

    packet_id: Mapped[int] = mapped_column(
        ForeignKey("packet.id", ondelete="CASCADE"), primary_key=True
    )
    form_id: Mapped[int] = mapped_column(
        ForeignKey("form.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]

    form: Mapped[Form] = relationship()


class ClientFile(Base):
    """A file added to one client's record; `content` stays out of every listing."""

    __tablename__ = "client_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    created_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Document(Base):
    """One form requested of, or one file shared with, a person, in one round.

    Sharing again what was removed makes a new row with the next round; a removed row keeps what
    was answered. `visible_at` is when the person could first see it; empty while it is only
    prepared. `message_id` is the notification that tells of it, for *email failed*.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column()
    form_id: Mapped[int | None] = mapped_column(ForeignKey("form.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("client_file.id"), index=True)
    form_version: Mapped[str] = mapped_column(default="")
    round: Mapped[int] = mapped_column(default=1)
    status: Mapped[DocumentStatus] = mapped_column(word_column(DocumentStatus))
    progress: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    visible_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id", use_alter=True, ondelete="SET NULL"), index=True
    )

    form: Mapped[Form | None] = relationship()
    file: Mapped[ClientFile | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_document_person_id", "person_id"),
        Index(
            "uq_document_form",
            "person_id",
            "form_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL AND form_id IS NOT NULL"),
        ),
        Index(
            "uq_document_file",
            "person_id",
            "file_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL AND file_id IS NOT NULL"),
        ),
        Index(
            "ix_document_open",
            "person_id",
            sqlite_where=text(OPEN),
        ),
    )

    @property
    def title(self) -> str:
        if self.form is not None:
            return self.form.title
        return self.file.title if self.file is not None else ""
