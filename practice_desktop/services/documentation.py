"""Requested and Shared Documents of a client, and what *Manage Documentation* does to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.vocabulary import DocumentStatus, FormGroup

MAX_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, order=True)
class DocumentKey:
    """What can be ticked: a library form or a file of this client, exactly one of the two."""

    form_id: int = 0
    file_id: int = 0


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


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One tick of the checklist; `note` is the small line ("Completed 2 Oct, then removed").

    `summary` says what a form is about; a search looks there too.
    """

    key: DocumentKey
    title: str
    group: FormGroup
    note: str
    ticked: bool
    needs_signature: bool
    shared_before: bool
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Review:
    """Page 2 of Manage Documentation.

    `preview` is what the client will read if a notification goes; `no_notification` says why
    *Save & Send Notification* is off (empty: it is on). `save_also_emails` is the sentence above
    the buttons, empty where plain *Save* sends nothing.
    """

    added: tuple[ReviewLine, ...]
    removed: tuple[ReviewLine, ...]
    preview: MailPreview | None
    no_notification: str
    save_also_emails: str

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """One client of *Request forms…* on several: what will happen, or happened, or why not."""

    client_id: int
    name: str
    included: bool
    reason: str


class Documentation:
    """`baseline` is the checklist as the dialog was opened: a document that somebody else shared
    or removed meanwhile raises StaleEdit instead of being overwritten.
    """

    def documents(self, client_id: int) -> list[DocumentRow]:
        raise NotImplementedError

    def earlier_answers(self, client_id: int) -> list[DocumentRow]:
        """Removed documents that hold answers."""
        raise NotImplementedError

    def checklist(self, client_id: int) -> list[ChecklistItem]:
        """Library forms and this client's files, in group order, what is shared ticked."""
        raise NotImplementedError

    def review(self, client_id: int, ticked: Collection[DocumentKey]) -> Review:
        """What saving `ticked` would do."""
        raise NotImplementedError

    def save(
        self,
        client_id: int,
        ticked: Collection[DocumentKey],
        *,
        baseline: Collection[DocumentKey],
        notify: bool,
    ) -> bool:
        """Save the difference; True if a notification was queued. Off the UI thread.

        Raises NotAllowed where a notification is asked for but cannot go, StaleEdit.
        """
        raise NotImplementedError

    def request_again(self, document_id: int) -> bool:
        """Untick, save, tick, save in one step: a fresh, blank request and its notification."""
        raise NotImplementedError

    def remove(self, document_id: int) -> None:
        """Take one document back; what was answered stays under Earlier answers."""
        raise NotImplementedError

    def add_file(self, client_id: int, path: Path) -> ChecklistItem:
        """Keep a PDF, DOCX, JPEG or PNG with the client's record, unticked.

        Judged by its content; raises InvalidInput('file') for anything else, empty, over
        MAX_FILE_BYTES, or unreadable.
        """
        raise NotImplementedError

    def file_content(self, file_id: int) -> bytes:
        """Raises NotFound."""
        raise NotImplementedError

    def review_many(
        self, client_ids: Iterable[int], form_ids: Collection[int]
    ) -> list[RequestOutcome]:
        """What *Request forms…* on several clients would do, client by client."""
        raise NotImplementedError

    def request_many(
        self, client_ids: Iterable[int], form_ids: Collection[int], *, notify: bool
    ) -> list[RequestOutcome]:
        raise NotImplementedError
