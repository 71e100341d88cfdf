"""What is said of documents."""

from datetime import UTC, datetime

import pytest

from practice_desktop.models.document import ClientFile, Document, Form
from practice_desktop.services import document_words as words
from practice_desktop.vocabulary import DocumentStatus, FormGroup, PortalStatus

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 2, 12, 0, tzinfo=UTC)


def form(group: FormGroup = FormGroup.ASSESSMENT, *, signed: bool = False) -> Form:
    return Form(title="A", group=group, needs_signature=signed, summary="Nine questions")


def document(
    status: DocumentStatus,
    *,
    of: Form | None = None,
    progress: str = "",
    changed: datetime = NOW,
    completed: datetime | None = None,
    removed: datetime | None = None,
) -> Document:
    return Document(
        form=of or form(),
        status=status,
        progress=progress,
        changed_at=changed,
        completed_at=completed,
        removed_at=removed,
    )


@pytest.mark.parametrize(
    ("stored", "note"),
    [
        (document(DocumentStatus.REQUESTED, changed=datetime(2026, 11, 21, 12, tzinfo=UTC)),
         "Requested 21 Nov"),
        (document(DocumentStatus.COMPLETED), "Completed today"),
        (document(DocumentStatus.OPENED, changed=datetime(2025, 11, 21, 12, tzinfo=UTC)),
         "Opened 21 Nov 2025"),
        (document(DocumentStatus.IN_PROGRESS, progress="6 of 11 questions"),
         "In progress, 6 of 11 questions"),
    ],
)  # fmt: skip
def test_a_ticked_entry_says_where_it_stands(stored: Document, note: str) -> None:
    assert words.live_note(stored, NOW) == note


@pytest.mark.parametrize(
    ("stored", "note"),
    [
        (document(DocumentStatus.COMPLETED, completed=OCTOBER, removed=NOW),
         "Completed 2 Oct, then removed"),
        (document(DocumentStatus.IN_PROGRESS, progress="6 of 11 questions", removed=NOW),
         "6 of 11 questions, then removed"),
        (document(DocumentStatus.REQUESTED, removed=OCTOBER), "Removed 2 Oct"),
    ],
)  # fmt: skip
def test_a_removed_entry_says_what_became_of_it(stored: Document, note: str) -> None:
    assert words.removed_note(stored, NOW) == note


@pytest.mark.parametrize(
    ("stored", "note"),
    [
        (document(DocumentStatus.REQUESTED), "not started; nothing is lost"),
        (document(DocumentStatus.OPENED), "opened, nothing answered yet; nothing is lost"),
        (document(DocumentStatus.IN_PROGRESS, progress="6 of 11 questions"),
         "6 of 11 questions answered; the answers stay under Earlier answers"),
        (document(DocumentStatus.COMPLETED, completed=OCTOBER),
         "completed 2 Oct; the answers stay under Earlier answers"),
        (document(DocumentStatus.SHARED), "not opened yet; it stays with the record"),
        (document(DocumentStatus.READ, changed=OCTOBER), "read 2 Oct; it stays with the record"),
    ],
)  # fmt: skip
def test_the_review_says_what_taking_back_means(stored: Document, note: str) -> None:
    assert words.removal_note(stored, NOW) == note


def test_a_signed_consent_says_when() -> None:
    consent = form(FormGroup.CONSENT, signed=True)
    stored = document(DocumentStatus.COMPLETED, of=consent, completed=OCTOBER)
    assert words.row_note(stored, NOW) == "Signed 2 Oct"
    assert words.row_note(document(DocumentStatus.COMPLETED, of=consent), NOW).startswith(
        "Signed today "
    )
    assert words.kind_line(stored) == "Consent · signature"


def test_a_file_is_a_shared_document_of_its_kind() -> None:
    file = ClientFile(title="Practice policies.pdf", media_type="application/pdf")
    assert words.kind_line(Document(file=file)) == "Shared document · PDF"
    assert words.file_note(file) == "PDF, read only"


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        ([], ""),
        (["PHQ-9"], "Save also emails Priya: PHQ-9 was shared before."),
        (["PHQ-9", "GAD-7"], "Save also emails Priya: PHQ-9 and GAD-7 were shared before."),
        (["A", "B", "C"], "Save also emails Priya: A, B and C were shared before."),
        (["A", "B", "C", "D", "E"],
         "Save also emails Priya: A, B and 3 others were shared before."),
    ],
)  # fmt: skip
def test_the_sentence_above_the_buttons_names_what_was_shared_before(
    titles: list[str], sentence: str
) -> None:
    assert words.save_also_emails("Priya", titles) == sentence


def test_only_three_statuses_let_a_notification_go() -> None:
    going = {status for status in PortalStatus if not words.why_no_mail(status, "Priya")}
    assert going == {PortalStatus.ACTIVE, PortalStatus.INVITED, PortalStatus.EXPIRED}


def test_a_document_without_questions_begins_as_shared() -> None:
    assert words.first_status(None) is DocumentStatus.SHARED
    assert words.first_status(form(FormGroup.DOCUMENT)) is DocumentStatus.SHARED
    assert words.first_status(form(FormGroup.CONSENT)) is DocumentStatus.REQUESTED
