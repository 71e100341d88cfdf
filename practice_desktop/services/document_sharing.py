"""Requesting, sharing and taking back inside a caller's transaction. For services only.

Everything that changes what a person sees goes through `DocumentSharing.change`: documents, the
next grant version, the notification and the history line are committed together.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from practice_desktop.errors import NotAllowed, NotFound
from practice_desktop.models.client import Client
from practice_desktop.models.document import ClientFile, Document, Form
from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.portal_access import UNSENT, PortalAccess
from practice_desktop.services.chip import access_of, status_of
from practice_desktop.services.clock import Clock
from practice_desktop.services.document_words import first_status, waits, why_no_mail
from practice_desktop.services.history import History
from practice_desktop.services.mail_obstacle import find_obstacle
from practice_desktop.services.outbox import Outbox
from practice_desktop.services.portal_mail import PortalMail
from practice_desktop.vocabulary import (
    AccessState,
    DocumentStatus,
    MessageKind,
    MessageState,
    PortalStatus,
)

GRANTED = frozenset(
    {PortalStatus.QUEUED, PortalStatus.INVITED, PortalStatus.EXPIRED, PortalStatus.ACTIVE}
)
"""Where a document is not only prepared: the person may see it with the link or password."""


@dataclass(frozen=True, slots=True, order=True)
class DocumentKey:
    """What can be ticked: a library form or a file of this client, exactly one of the two."""

    form_id: int = 0
    file_id: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a client stands, as far as documents and notifications care."""

    client: Client
    access: PortalAccess | None
    status: PortalStatus
    obstacle: str = ""

    @property
    def first_name(self) -> str:
        return self.client.addressed_as

    @property
    def no_mail(self) -> str:
        """Why no notification may go now; empty where one may."""
        if why := why_no_mail(self.status, self.first_name):
            return why
        return self.obstacle


def standing(session: Session, client_id: int, now: datetime) -> Standing:
    """Raises NotFound."""
    client = session.get(Client, client_id)
    if client is None:
        raise NotFound("This client is no longer there. Nothing was changed.")
    obstacle = find_obstacle(session, client)
    return Standing(
        client,
        access_of(session, client_id),
        status_of(session, client_id, now),
        obstacle.sentence if obstacle is not None else "",
    )


def key_of(document: Document) -> DocumentKey:
    return DocumentKey(document.form_id or 0, document.file_id or 0)


def all_documents(session: Session, person_id: int) -> Sequence[Document]:
    """Every document of a person in the order of asking, removed ones too."""
    return session.scalars(
        select(Document)
        .where(Document.person_id == person_id)
        .options(joinedload(Document.form), joinedload(Document.file))
        .order_by(Document.id)
    ).all()


def live(documents: Iterable[Document]) -> dict[DocumentKey, Document]:
    """Those that count, by what they are of."""
    return {key_of(d): d for d in documents if d.removed_at is None}


def shared_before(documents: Iterable[Document]) -> set[DocumentKey]:
    """What the person could see once and cannot now."""
    documents = list(documents)
    seen = {key_of(d) for d in documents if d.removed_at is not None and d.visible_at is not None}
    return seen - live(documents).keys()


class DocumentSharing:
    def __init__(self, history: History, clock: Clock, mail: PortalMail, outbox: Outbox) -> None:
        self._history = history
        self._clock = clock
        self._mail = mail
        self._outbox = outbox

    def share(
        self,
        session: Session,
        client_id: int,
        person_id: int,
        keys: Collection[DocumentKey],
    ) -> None:
        """Add what is missing as part of an invitation; nothing is removed, nothing mailed.

        What was prepared before becomes visible with it. Raises NotFound.
        """
        now = self._clock()
        documents = all_documents(session, person_id)
        there = live(documents)
        rounds = _rounds(documents)
        for key in dict.fromkeys(keys):
            if key not in there:
                self._add(session, client_id, person_id, key, rounds, now, visible=True)
        for document in there.values():
            document.visible_at = document.visible_at or now

    def change(
        self,
        session: Session,
        where: Standing,
        *,
        add: Iterable[DocumentKey],
        remove: Collection[Document],
        notify: bool,
    ) -> bool:
        """Remove, then add, then tell; True if a notification was queued.

        Whatever was shared before is told of without `notify` too, where mail may go at all.
        Raises NotAllowed where `notify` cannot be done, NotFound.
        """
        now = self._clock()
        visible = where.status in GRANTED
        person_id = where.client.id
        for document in remove:
            if visible:
                document.visible_at = document.visible_at or now
            document.removed_at = document.changed_at = now
            self._history.record(
                session, person_id, "document_removed", f"Removed {document.title}"
            )
        session.flush()
        documents = all_documents(session, person_id)
        before, rounds = shared_before(documents), _rounds(documents)
        added = [
            self._add(session, person_id, person_id, key, rounds, now, visible=visible)
            for key in add
        ]
        again = any(key_of(document) in before for document in added)
        access = where.access
        if (added or remove) and access is not None and access.state is not AccessState.NONE:
            access.grant_version += 1
        session.flush()
        told = self._tell(session, where, added, notify=notify, again=again)
        self._withdraw(session, where, remove)
        return told

    def _add(
        self,
        session: Session,
        client_id: int,
        person_id: int,
        key: DocumentKey,
        rounds: dict[DocumentKey, int],
        now: datetime,
        *,
        visible: bool,
    ) -> Document:
        form = session.get(Form, key.form_id) if key.form_id else None
        file = session.get(ClientFile, key.file_id) if key.file_id else None
        if (form is None or form.retired_at is not None) and (
            file is None or file.client_id != client_id
        ):
            raise NotFound(
                "One of the forms or files is no longer there. Nothing was changed. "
                "Close this window, open it again, and choose once more."
            )
        status = first_status(form)
        document = Document(
            person_id=person_id,
            form=form,
            file=file,
            form_id=key.form_id or None,
            file_id=key.file_id or None,
            form_version=form.form_version if form is not None else "",
            round=rounds.get(key, 0) + 1,
            status=status,
            created_at=now,
            changed_at=now,
            visible_at=now if visible else None,
        )
        session.add(document)
        shared = status is DocumentStatus.SHARED
        self._history.record(
            session,
            client_id,
            "document_shared" if shared else "document_requested",
            f"{'Shared' if shared else 'Requested'} {document.title}",
        )
        return document

    def _tell(
        self,
        session: Session,
        where: Standing,
        added: Sequence[Document],
        *,
        notify: bool,
        again: bool,
    ) -> bool:
        if not (notify or again):
            return False
        if why := where.no_mail:
            if notify:
                raise NotAllowed(why)
            return False
        assert where.access is not None
        waiting = [d for d in live(all_documents(session, where.client.id)).values() if waits(d)]
        if not waiting:
            raise NotAllowed(nothing_waits(where.first_name))
        message_id = self._mail.queue_notification(session, where.client.id, where.access)
        lost = _lost_messages(session, waiting)
        about = {id(d) for d in added or waiting}
        for document in waiting:
            if id(document) in about or document.message_id in lost:
                document.message_id = message_id
        self._history.record(
            session, where.client.id, "notification_queued", "Queued a notification email"
        )
        return True

    def _withdraw(self, session: Session, where: Standing, removed: Collection[Document]) -> None:
        """Take back a notification that has not left when nothing it told of is left."""
        told = {d.message_id for d in removed if d.message_id is not None}
        told -= {d.message_id for d in live(all_documents(session, where.client.id)).values()}
        for message in session.scalars(
            select(OutboxMessage).where(
                OutboxMessage.id.in_(told),
                OutboxMessage.kind == MessageKind.NOTIFICATION,
                OutboxMessage.state.in_(UNSENT),
            )
        ).all():
            if self._outbox.withdraw(
                session, message.id, "Everything it told of was removed again."
            ):
                self._history.record(
                    session,
                    where.client.id,
                    "notification_withdrawn",
                    "Took back the notification email, as what it told of was removed",
                )


def nothing_waits(first_name: str) -> str:
    return f"Nothing is waiting for {first_name}, so there is nothing to tell."


def _rounds(documents: Iterable[Document]) -> dict[DocumentKey, int]:
    rounds: dict[DocumentKey, int] = {}
    for document in documents:
        rounds[key_of(document)] = max(rounds.get(key_of(document), 0), document.round)
    return rounds


def _lost_messages(session: Session, documents: Iterable[Document]) -> set[int]:
    """Messages of these documents that never reach anybody: replaced, taken back, refused."""
    told = {d.message_id for d in documents if d.message_id is not None}
    return set(
        session.scalars(
            select(OutboxMessage.id).where(
                OutboxMessage.id.in_(told),
                OutboxMessage.state.in_((MessageState.CANCELLED, MessageState.FAILED)),
            )
        )
    )
