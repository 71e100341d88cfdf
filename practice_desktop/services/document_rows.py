"""Documents as the Portal tab lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.document import Document
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.services import document_words as words
from practice_desktop.services.document_checklist import place
from practice_desktop.services.document_sharing import DocumentKey, key_of
from practice_desktop.vocabulary import DocumentStatus, MessageState


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line under Requested and Shared Documents, or under Earlier answers.

    `kind` is the small line under the title ("Consent · signature"), `note` what stands beside
    the chip ("Signed today 09:31", "6 of 11 questions"); empty means that `changed_at` is shown.
    """

    id: int
    key: DocumentKey
    title: str
    kind: str
    status: DocumentStatus
    email_failed: bool
    note: str
    changed_at: datetime
    can_request_again: bool


def document_rows(
    session: Session,
    documents: Sequence[Document],
    now: datetime,
    *,
    can_request_again: Callable[[Document], bool],
) -> list[DocumentRow]:
    """Newest change first; those of one moment in the library's order."""
    messages = {d.message_id for d in documents if d.message_id is not None}
    failed = set(
        session.scalars(
            select(OutboxMessage.id).where(
                OutboxMessage.id.in_(messages), OutboxMessage.state == MessageState.FAILED
            )
        )
    )
    rows = [
        DocumentRow(
            document.id,
            key_of(document),
            document.title,
            words.kind_line(document),
            document.status,
            document.message_id in failed,
            words.row_note(document, now),
            _changed_at(document),
            can_request_again(document),
        )
        for document in sorted(documents, key=place)
    ]
    return sorted(rows, key=lambda row: row.changed_at, reverse=True)


def offered(document: Document) -> bool:
    """Whether it can be asked for anew: a form that left the library cannot."""
    return document.form is None or document.form.retired_at is None


def _changed_at(document: Document) -> datetime:
    """For an earlier answer when it was given, not when it was removed."""
    if document.removed_at is not None and document.completed_at is not None:
        return document.completed_at
    return document.changed_at
