"""Who did what when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from practice_desktop.models.base import Base


class HistoryEntry(Base):
    """One change, in a sentence; `changes` lists [field, old, new] where values changed."""

    __tablename__ = "history_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    sentence: Mapped[str]
    changes: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index("ix_history_entry_client_id", "client_id", "id"),)
