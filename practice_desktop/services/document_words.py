"""What is said of a requested or shared document: kind, notes, sentences. Pure functions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from practice_desktop.models.document import ClientFile, Document, Form
from practice_desktop.services.file_kinds import kind_of
from practice_desktop.services.when import date_text, time_text
from practice_desktop.vocabulary import DocumentStatus, FormGroup, PortalStatus

_NAMED = 3


def first_status(form: Form | None) -> DocumentStatus:
    """Where a fresh document begins: one without questions is only shared."""
    if form is None or form.group is FormGroup.DOCUMENT:
        return DocumentStatus.SHARED
    return DocumentStatus.REQUESTED


def waits(document: Document) -> bool:
    """Whether the client still has something to do or read."""
    return document.status not in (DocumentStatus.COMPLETED, DocumentStatus.READ)


def holds_answers(document: Document) -> bool:
    return document.completed_at is not None or bool(document.progress)


def kind_line(document: Document) -> str:
    """'Consent · signature', 'Shared document · PDF'."""
    if document.form is not None:
        signed = " · signature" if document.form.needs_signature else ""
        return f"{document.form.group.singular}{signed}"
    kind = kind_of(document.file.media_type) if document.file is not None else None
    word = FormGroup.DOCUMENT.singular
    return f"{word} · {kind.word}" if kind is not None else word


def row_note(document: Document, now: datetime) -> str:
    """What stands beside the chip; empty where the date of the last change says enough."""
    match document.status:
        case DocumentStatus.COMPLETED:
            if document.form is not None and document.form.needs_signature:
                return f"Signed {day_and_time(document.completed_at or document.changed_at, now)}"
            return document.progress
        case DocumentStatus.IN_PROGRESS:
            return document.progress
        case DocumentStatus.SHARED:
            return "Not opened yet"
    return ""


def live_note(document: Document, now: datetime) -> str:
    """The small line of a ticked checklist entry."""
    if document.status is DocumentStatus.IN_PROGRESS and document.progress:
        return f"{document.status.word}, {document.progress}"
    return f"{document.status.word} {day(document.changed_at, now)}"


def removed_note(document: Document, now: datetime) -> str:
    """The small line of an entry that was shared once and is not now."""
    if document.completed_at is not None:
        return f"Completed {day(document.completed_at, now)}, then removed"
    if document.progress:
        return f"{document.progress}, then removed"
    return f"Removed {day(document.removed_at or document.changed_at, now)}"


def unshared_note(form: Form) -> str:
    return "Signature required" if form.needs_signature else form.summary


def file_note(file: ClientFile) -> str:
    kind = kind_of(file.media_type)
    return f"{kind.word}, read only" if kind is not None else "Read only"


def removal_note(document: Document, now: datetime) -> str:
    """What taking it back means, on the review page."""
    match document.status:
        case DocumentStatus.REQUESTED:
            return "not started; nothing is lost"
        case DocumentStatus.OPENED:
            return "opened, nothing answered yet; nothing is lost"
        case DocumentStatus.IN_PROGRESS:
            done = f"{document.progress} answered" if document.progress else "begun"
            return f"{done}; the answers stay under Earlier answers"
        case DocumentStatus.COMPLETED:
            at = day(document.completed_at or document.changed_at, now)
            return f"completed {at}; the answers stay under Earlier answers"
        case DocumentStatus.SHARED:
            return "not opened yet; it stays with the record"
        case DocumentStatus.READ:
            return f"read {day(document.changed_at, now)}; it stays with the record"


def addition_note(form: Form | None, shared_before: bool) -> str:
    if not shared_before:
        return "signature required" if form is not None and form.needs_signature else ""
    if first_status(form) is DocumentStatus.SHARED:
        return "shared before: shown as new"
    return "shared before: a fresh, blank copy"


def save_also_emails(first_name: str, titles: Sequence[str]) -> str:
    """The sentence above the buttons; empty without titles."""
    if not titles:
        return ""
    verb = "was" if len(titles) == 1 else "were"
    return f"Save also emails {first_name}: {listed(titles)} {verb} shared before."


def listed(titles: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C', 'A, B and 3 others'."""
    if len(titles) > _NAMED:
        *named, last = *titles[: _NAMED - 1], f"{len(titles) - _NAMED + 1} others"
    else:
        *named, last = titles
    return f"{', '.join(named)} and {last}" if named else last


def why_no_mail(status: PortalStatus, first_name: str) -> str:
    """Why the portal status keeps a notification from going; empty where it may go."""
    match status:
        case PortalStatus.QUEUED:
            return (
                f"The invitation on its way to {first_name} covers this: "
                "there will be no second email."
            )
        case PortalStatus.NOT_INVITED:
            return f"{first_name} is not invited yet. What you save waits for the invitation."
        case PortalStatus.NOT_DELIVERED:
            return (
                f"The invitation did not reach {first_name}. What you save waits until it is "
                "sent again."
            )
        case PortalStatus.DISABLED:
            return (
                f"Portal access of {first_name} is disabled. What you save waits until it is "
                "enabled."
            )
    return ""


def about_mail(status: PortalStatus) -> str:
    """What the notification does besides telling of something new."""
    match status:
        case PortalStatus.INVITED:
            return "It carries the invitation link."
        case PortalStatus.EXPIRED:
            return "It carries the invitation link and renews it."
    return ""


def day(moment: datetime, now: datetime) -> str:
    """'today', 'yesterday', '2 Oct', '2 Oct 2025'."""
    local, today = moment.astimezone().date(), now.astimezone().date()
    if local == today:
        return "today"
    if local == today - timedelta(days=1):
        return "yesterday"
    text = date_text(local)
    return text.removesuffix(f" {local.year}") if local.year == today.year else text


def day_and_time(moment: datetime, now: datetime) -> str:
    """'today 09:31', '2 Oct'."""
    text = day(moment, now)
    return f"{text} {time_text(moment)}" if text in ("today", "yesterday") else text
