"""What can be ticked for a client: the library, the client's files, and what stands of each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from practice_desktop.models.document import ClientFile, Document, Form
from practice_desktop.services import document_words as words
from practice_desktop.services.document_sharing import (
    DocumentKey,
    all_documents,
    key_of,
    live,
    shared_before,
)
from practice_desktop.services.forms import GROUP_ORDER, listed_forms
from practice_desktop.vocabulary import FormGroup

_Place = tuple[int, int, int]


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


def client_checklist(session: Session, client_id: int, now: datetime) -> list[ChecklistItem]:
    """Forms and files in group order. A form that left the library is listed while it counts."""
    documents = all_documents(session, client_id)
    there, before = live(documents), shared_before(documents)
    newest_removed = {key_of(d): d for d in documents if d.removed_at is not None}
    forms = {form.id: form for form in listed_forms(session)}
    forms |= {d.form.id: d.form for d in there.values() if d.form is not None}
    things: list[Form | ClientFile] = [*forms.values(), *client_files(session, client_id)]
    return [_item(thing, there, before, newest_removed, now) for thing in sorted(things, key=place)]


def library_checklist(session: Session, now: datetime) -> list[ChecklistItem]:
    """The library alone, nothing ticked."""
    return [_item(form, {}, set(), {}, now) for form in listed_forms(session)]


def client_files(session: Session, client_id: int) -> Sequence[ClientFile]:
    return session.scalars(select(ClientFile).where(ClientFile.client_id == client_id)).all()


def find(session: Session, key: DocumentKey) -> Form | ClientFile | None:
    if key.form_id:
        return session.get(Form, key.form_id)
    return session.get(ClientFile, key.file_id)


def in_order(session: Session, keys: Iterable[DocumentKey]) -> list[DocumentKey]:
    """Keys as the checklist lists them; unknown ones last."""

    def place_of(key: DocumentKey) -> _Place:
        thing = find(session, key)
        return place(thing) if thing is not None else (len(GROUP_ORDER), 0, 0)

    return sorted(set(keys), key=lambda key: (place_of(key), key))


def place(thing: Form | ClientFile | Document | None) -> _Place:
    """Where it stands in the library: group, then position; files come after the documents."""
    if isinstance(thing, Document):
        thing = thing.form or thing.file
    if isinstance(thing, Form):
        return (GROUP_ORDER[thing.group] * 2, thing.position, thing.id)
    return (GROUP_ORDER[FormGroup.DOCUMENT] * 2 + 1, 0, thing.id if thing is not None else 0)


def _item(
    thing: Form | ClientFile,
    there: dict[DocumentKey, Document],
    before: Collection[DocumentKey],
    removed: dict[DocumentKey, Document],
    now: datetime,
) -> ChecklistItem:
    form = thing if isinstance(thing, Form) else None
    key = DocumentKey(form_id=thing.id) if form is not None else DocumentKey(file_id=thing.id)
    if key in there:
        note = words.live_note(there[key], now)
    elif key in removed:
        note = words.removed_note(removed[key], now)
    elif isinstance(thing, Form):
        note = words.unshared_note(thing)
    else:
        note = words.file_note(thing)
    return ChecklistItem(
        key,
        thing.title,
        form.group if form is not None else FormGroup.DOCUMENT,
        note,
        key in there,
        form is not None and form.needs_signature,
        key in before,
        form.summary if form is not None else "",
    )
