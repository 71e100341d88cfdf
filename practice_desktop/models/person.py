"""People: what a client and a contact of a client have in common."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from practice_desktop.models.base import Base


class Person(Base):
    """Somebody who may be given portal access: the client, or a contact of the client.

    `email_key` is the address folded for comparison; one belongs to one client, contacts may
    share theirs.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version: Mapped[int] = mapped_column()
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    preferred_name: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    email_key: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    may_email: Mapped[bool] = mapped_column(default=True)
    discreet_email: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {
        "polymorphic_on": "kind",
        "version_id_col": version,
    }
    __table_args__: tuple[Index, ...] = (
        Index(
            "uq_person_client_email",
            "email_key",
            unique=True,
            sqlite_where=text("kind = 'client' AND email_key <> ''"),
        ),
        Index("ix_person_first_name", "kind", "first_name", "id"),
    )

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def addressed_as(self) -> str:
        """The first name that mail and the portal greet with."""
        return self.preferred_name or self.first_name
