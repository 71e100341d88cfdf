"""Requested and Shared Documents of a client, and what *Manage Documentation* does to them."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.errors import NotAllowed, NotFound, Problem, StaleEdit
from practice_desktop.models.client import Client
from practice_desktop.models.database import Database
from practice_desktop.models.document import ClientFile, Document, Form
from practice_desktop.services import document_words as words
from practice_desktop.services.client_files import MAX_FILE_BYTES as MAX_FILE_BYTES
from practice_desktop.services.client_files import free_title, read_file
from practice_desktop.services.clock import Clock
from practice_desktop.services.document_checklist import ChecklistItem as ChecklistItem
from practice_desktop.services.document_checklist import (
    client_checklist,
    client_files,
    find,
    in_order,
    library_checklist,
)
from practice_desktop.services.document_requests import RequestOutcome as RequestOutcome
from practice_desktop.services.document_requests import missing_forms, outcome_of
from practice_desktop.services.document_rows import DocumentRow as DocumentRow
from practice_desktop.services.document_rows import document_rows, offered
from practice_desktop.services.document_sharing import DocumentKey as DocumentKey
from practice_desktop.services.document_sharing import (
    DocumentSharing,
    all_documents,
    key_of,
    live,
    nothing_waits,
    shared_before,
    standing,
)
from practice_desktop.services.file_kinds import judge
from practice_desktop.services.history import History
from practice_desktop.services.mail_templates import MailPreview
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.portal_mail import PortalMail
from practice_desktop.vocabulary import MessageKind


@dataclass(frozen=True, slots=True)
class ReviewLine:
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Review:
    """Page 2 of Manage Documentation.

    `preview` is what the client will read if a notification goes; `no_notification` says why
    *Save & Send Notification* is off (empty: it is on). `save_also_emails` is the sentence above
    the buttons, empty where plain *Save* sends nothing. `about_mail` says what else the
    notification does ("It carries the invitation link.").
    """

    added: tuple[ReviewLine, ...]
    removed: tuple[ReviewLine, ...]
    preview: MailPreview | None
    no_notification: str
    save_also_emails: str
    about_mail: str = ""

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed)


class Documentation:
    """`baseline` is the checklist as the dialog was opened: a document that somebody else shared
    or removed meanwhile raises StaleEdit instead of being overwritten.
    """

    def __init__(
        self,
        database: Database,
        history: History,
        clock: Clock,
        mail: PortalMail,
        outbox: Outbox,
    ) -> None:
        self._database = database
        self._history = history
        self._clock = clock
        self._mail = mail
        self._outbox = outbox
        self._sharing = DocumentSharing(history, clock, mail, outbox)

    def documents(self, client_id: int) -> list[DocumentRow]:
        """What counts now, newest change first; alike ones in the library's order."""
        with self._database.read() as session:
            documents = list(live(all_documents(session, client_id)).values())
            return document_rows(session, documents, self._clock(), can_request_again=offered)

    def earlier_answers(self, client_id: int) -> list[DocumentRow]:
        """Removed documents that hold answers."""
        with self._database.read() as session:
            documents = all_documents(session, client_id)
            there = live(documents)
            kept = [d for d in documents if d.removed_at and words.holds_answers(d)]
            return document_rows(
                session,
                kept,
                self._clock(),
                can_request_again=lambda d: key_of(d) not in there and offered(d),
            )

    def checklist(self, client_id: int) -> list[ChecklistItem]:
        """Library forms and this client's files, in group order, what is shared ticked."""
        with self._database.read() as session:
            return client_checklist(session, client_id, self._clock())

    def library_checklist(self) -> list[ChecklistItem]:
        """The library with nothing ticked, for several clients at once."""
        with self._database.read() as session:
            return library_checklist(session, self._clock())

    def review(self, client_id: int, ticked: Collection[DocumentKey]) -> Review:
        """What saving `ticked` would do."""
        now = self._clock()
        with self._database.read() as session:
            where = standing(session, client_id, now)
            documents = all_documents(session, client_id)
            there, before = live(documents), shared_before(documents)
            order = in_order(session, {*ticked, *there})
            added = [
                (key, find(session, key)) for key in order if key in set(ticked) - there.keys()
            ]
            removed = [there[key] for key in order if key in there.keys() - set(ticked)]
            kept = [document for key, document in there.items() if key in ticked]
            reason = where.no_mail
            if not reason and not added and not any(map(words.waits, kept)):
                reason = nothing_waits(where.first_name)
            preview = None
            if not reason:
                try:
                    preview = self._mail.preview(
                        session, MessageKind.NOTIFICATION, where.client, self._clock()
                    )
                except Problem as problem:
                    reason = problem.sentence
            again = [thing.title for key, thing in added if thing is not None and key in before]
            return Review(
                tuple(
                    ReviewLine(
                        thing.title,
                        words.addition_note(
                            thing if isinstance(thing, Form) else None, key in before
                        ),
                    )
                    for key, thing in added
                    if thing is not None
                ),
                tuple(ReviewLine(d.title, words.removal_note(d, now)) for d in removed),
                preview,
                reason,
                "" if reason else words.save_also_emails(where.first_name, again),
                "" if reason else words.about_mail(where.status),
            )

    def save(
        self,
        client_id: int,
        ticked: Collection[DocumentKey],
        *,
        baseline: Collection[DocumentKey],
        notify: bool,
    ) -> bool:
        """Save the difference; True if a notification was queued. Off the UI thread.

        With nothing changed only `notify` does anything: it tells once more of what waits.
        Raises NotAllowed where a notification is asked for but cannot go, StaleEdit.
        """
        if set(ticked) == set(baseline) and not notify:
            return False
        with self._database.write() as session:
            where = standing(session, client_id, self._clock())
            there = live(all_documents(session, client_id))
            if there.keys() != set(baseline):
                raise StaleEdit(
                    "Somebody else changed these documents meanwhile. Nothing was saved and "
                    "nothing was overwritten. Look at the list again, then save."
                )
            order = in_order(session, {*ticked, *there})
            told = self._sharing.change(
                session,
                where,
                add=[key for key in order if key in ticked and key not in there],
                remove=[there[key] for key in order if key in there and key not in ticked],
                notify=notify,
            )
        return self._released(told)

    def request_again(self, document_id: int) -> bool:
        """Untick, save, tick, save in one step: a fresh, blank request and its notification.

        True if a notification was queued. Also for an earlier answer that is not asked for now.
        Raises NotFound, NotAllowed. Off the UI thread.
        """
        with self._database.write() as session:
            document = _document(session, document_id)
            where = standing(session, document.person_id, self._clock())
            there = live(all_documents(session, document.person_id))
            current = there.get(key_of(document))
            if document.removed_at is not None and current is not None:
                raise NotAllowed(
                    f"{document.title} is already requested anew. Nothing was changed."
                )
            if not offered(document):
                raise NotAllowed(
                    f"{document.title} is no longer in the library. Nothing was changed."
                )
            told = self._sharing.change(
                session,
                where,
                add=[key_of(document)],
                remove=[document] if current is not None else [],
                notify=False,
            )
        return self._released(told)

    def remove(self, document_id: int) -> None:
        """Take one document back; what was answered stays under Earlier answers."""
        with self._database.write() as session:
            document = _document(session, document_id)
            if document.removed_at is not None:
                return
            where = standing(session, document.person_id, self._clock())
            self._sharing.change(session, where, add=[], remove=[document], notify=False)

    def share(
        self, session: Session, client_id: int, person_id: int, keys: Collection[DocumentKey]
    ) -> None:
        """Add what is missing inside an invitation's transaction. For services only.

        Nothing is removed and nothing mailed; what was prepared before becomes visible.
        """
        self._sharing.share(session, client_id, person_id, keys)

    def add_file(self, client_id: int, path: Path) -> ChecklistItem:
        """Keep a PDF, DOCX, JPEG or PNG with the client's record, unticked.

        Judged by its content; raises InvalidInput('file') for anything else, empty, over
        MAX_FILE_BYTES, or unreadable. The same content again gives what is there already.
        """
        content = read_file(path)
        kind = judge(content)
        digest = hashlib.sha256(content).hexdigest()
        with self._database.write() as session:
            now = self._clock()
            standing(session, client_id, now)
            files = client_files(session, client_id)
            file = next((file for file in files if file.sha256 == digest), None)
            if file is None:
                file = ClientFile(
                    client_id=client_id,
                    title=free_title(path.name, kind, [file.title for file in files]),
                    media_type=kind.media_type,
                    size=len(content),
                    sha256=digest,
                    created_at=now,
                    content=content,
                )
                session.add(file)
                session.flush()
                self._history.record(
                    session, client_id, "file_added", f"Added the file {file.title}"
                )
            key = DocumentKey(file_id=file.id)
            return next(i for i in client_checklist(session, client_id, now) if i.key == key)

    def file_content(self, file_id: int) -> bytes:
        """Raises NotFound."""
        with self._database.read() as session:
            content = session.scalars(
                select(ClientFile.content).where(ClientFile.id == file_id)
            ).one_or_none()
        if content is None:
            raise NotFound("This file is no longer there.")
        return content

    def review_many(
        self, client_ids: Iterable[int], form_ids: Collection[int]
    ) -> list[RequestOutcome]:
        """What *Request forms…* on several clients would do, client by client."""
        with self._database.read() as session:
            return [
                outcome_of(session, client_id, form_ids, self._clock())
                for client_id in dict.fromkeys(client_ids)
            ]

    def request_many(
        self, client_ids: Iterable[int], form_ids: Collection[int], *, notify: bool
    ) -> list[RequestOutcome]:
        """Request what is missing, one transaction a client. Off the UI thread.

        `notify` reaches those whom mail may reach; for the others the forms are prepared.
        """
        outcomes = [
            self._request(client_id, form_ids, notify) for client_id in dict.fromkeys(client_ids)
        ]
        self._released(True)
        return outcomes

    def _request(self, client_id: int, form_ids: Collection[int], notify: bool) -> RequestOutcome:
        try:
            with self._database.write() as session:
                outcome = outcome_of(session, client_id, form_ids, self._clock())
                if outcome.included:
                    where = standing(session, client_id, self._clock())
                    self._sharing.change(
                        session,
                        where,
                        add=missing_forms(session, client_id, form_ids),
                        remove=[],
                        notify=notify and not where.no_mail,
                    )
                return outcome
        except Problem as problem:
            return RequestOutcome(client_id, self._name(client_id), False, problem.sentence)

    def _released(self, told: bool) -> bool:
        """Let the sender look, after the commit, whether something new may leave."""
        if told:
            self._outbox.on_release()
        return told

    def _name(self, client_id: int) -> str:
        with self._database.read() as session:
            client = session.get(Client, client_id)
            return client.name if client is not None else "Unknown client"


def _document(session: Session, document_id: int) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("This document is no longer there. Nothing was changed.")
    return document
