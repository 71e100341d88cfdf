"""Every table in one metadata, for migrations and for the test that compares the two."""

from sqlalchemy import MetaData

from practice_desktop.models import (
    client,
    document,
    history,
    outbox,
    person,
    portal_access,
    practice,
)
from practice_desktop.models.base import Base

TABLE_MODULES = (client, document, history, outbox, person, portal_access, practice)


def metadata() -> MetaData:
    return Base.metadata
