"""The words of a message that has not left, under the root key, and how long their link lives."""

import json
from datetime import datetime, timedelta

from practice_desktop.models.outbox import OutboxMessage
from practice_desktop.models.practice import Practice
from practice_desktop.services.mail_templates import UNTIL_PLACE, Words
from practice_desktop.services.root_key import RootKey
from practice_desktop.vocabulary import MessageKind

RESET_LIFE = timedelta(hours=24)


def seal_words(root_key: RootKey, idempotency_key: str, words: Words) -> bytes:
    plain = json.dumps([words.subject, words.text, words.html], ensure_ascii=False)
    return root_key.seal(plain.encode(), f"words {idempotency_key}")


def open_words(root_key: RootKey, idempotency_key: str, sealed: bytes) -> Words:
    """Raises RootKeyMissing, SealBroken, PasswordStoreProblem."""
    subject, text, html = json.loads(root_key.open(sealed, f"words {idempotency_key}"))
    return Words(subject, text, html)


def link_ends(
    message: OutboxMessage, words: Words, practice: Practice, leaves: datetime
) -> datetime | None:
    """Until when the link works if the message leaves then; None where it carries no such link."""
    if message.kind is MessageKind.PASSWORD_RESET:
        return leaves + RESET_LIFE
    if message.invitation_id is None and UNTIL_PLACE not in words.text:
        return None
    return leaves + timedelta(days=practice.link_days)
