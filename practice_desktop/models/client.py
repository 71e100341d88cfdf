"""Clients, their contacts, and what an import brought that fits no field."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice_desktop.models.base import Base, word_column
from practice_desktop.models.person import Person
from practice_desktop.vocabulary import ClientType, Relationship


class Client(Person):
    """A client of the practice. `setup_finished_at` empty means that Start Setup is offered.

    `sort_key` orders the list by last name; `search_text` is the folded text of the search index
    (see models.search).
    """

    __tablename__ = "client"

    id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    client_type: Mapped[ClientType] = mapped_column(
        word_column(ClientType), default=ClientType.INDIVIDUAL
    )
    date_of_birth: Mapped[date | None]
    address: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    imported_at: Mapped[datetime | None]
    setup_finished_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    sort_key: Mapped[str]
    search_text: Mapped[str]

    contacts: Mapped[list["Contact"]] = relationship(
        foreign_keys="Contact.client_id",
        back_populates="client",
        cascade="all, delete-orphan",
        order_by="Contact.id",
    )
    imported_details: Mapped[list["ImportedDetail"]] = relationship(
        cascade="all, delete-orphan", order_by="ImportedDetail.position"
    )

    __mapper_args__ = {"polymorphic_identity": "client"}
    __table_args__: tuple[Index, ...] = (
        Index(
            "ix_client_listed",
            "sort_key",
            "id",
            sqlite_where=text("archived_at IS NULL"),
        ),
        Index(
            "ix_client_newest",
            "created_at",
            "id",
            sqlite_where=text("archived_at IS NULL"),
        ),
        Index(
            "ix_client_archived",
            "sort_key",
            "id",
            sqlite_where=text("archived_at IS NOT NULL"),
        ),
        Index(
            "ix_client_needs_setup",
            "setup_finished_at",
            "sort_key",
            "id",
            sqlite_where=text("setup_finished_at IS NULL AND archived_at IS NULL"),
        ),
        Index("ix_client_date_of_birth", "date_of_birth"),
        # For sorting what a search found without reading the clients themselves.
        Index("ix_client_place", "id", "archived_at", "sort_key"),
    )


class Contact(Person):
    """A parent, partner or emergency contact of a client."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    relation: Mapped[Relationship] = mapped_column(
        word_column(Relationship), default=Relationship.OTHER
    )

    client: Mapped[Client] = relationship(foreign_keys=[client_id], back_populates="contacts")

    __mapper_args__ = {
        "polymorphic_identity": "contact",
        "inherit_condition": id == Person.id,
    }


class ImportedDetail(Base):
    """A column of an imported file that fits no field, kept as it came."""

    __tablename__ = "imported_detail"

    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    value: Mapped[str]
