"""A grant as it is put to the portal: state, link, features, and a manifest only clients can read.

The body is canonical JSON, stored and compared as sent: the same grant version is the same bytes,
so that putting it again changes nothing. Binary values are Base64, times are UTC seconds.
"""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

CONTENT_KEY_BYTES = 32
_NONCE = 12


class GrantState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class GrantLink:
    """A link that opens the grant. `until` None: it has not been mailed yet, its life not begun."""

    token_hash: str
    wrapped_content_key: bytes
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """One document as the client sees it; `round` grows when it is asked for again."""

    request_id: str
    title: str
    kind: str
    form_sha256: str
    blob_ids: tuple[str, ...]
    round: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the browser shows and checks everything against; the portal cannot read it."""

    practice_key: bytes
    practice_key_number: int
    first_name: str
    items: tuple[ManifestItem, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """`link` and `reset` exist only where they may be used; a deleted grant has nothing else."""

    id: str
    version: int
    state: GrantState
    link: GrantLink | None
    reset: GrantLink | None
    features: tuple[str, ...]
    sealed_manifest: bytes | None


def make_content_key() -> bytes:
    """A grant's content key, 32 bytes."""
    return secrets.token_bytes(CONTENT_KEY_BYTES)


def make_grant_id() -> str:
    """32 hexadecimal digits that tell nothing."""
    return secrets.token_hex(16)


def seal_manifest(
    manifest: Manifest, content_key: bytes, *, portal: str, grant_id: str, version: int
) -> bytes:
    """Nonce, then AES-256-GCM under the content key, bound to portal, grant and version."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    plain = _canonical(_plain(asdict(manifest)))
    about = _about(portal, grant_id, version)
    return nonce + AESGCM(content_key).encrypt(nonce, plain, about)


def open_manifest(
    sealed: bytes, content_key: bytes, *, portal: str, grant_id: str, version: int
) -> Manifest:
    """Raises cryptography.exceptions.InvalidTag where anything does not agree."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    about = _about(portal, grant_id, version)
    plain = json.loads(AESGCM(content_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about))
    return Manifest(
        practice_key=base64.b64decode(plain["practice_key"]),
        practice_key_number=plain["practice_key_number"],
        first_name=plain["first_name"],
        items=tuple(
            ManifestItem(**{**item, "blob_ids": tuple(item["blob_ids"])}) for item in plain["items"]
        ),
    )


def body(grant: Grant) -> bytes:
    """The bytes of `PUT /api/grants/{id}`."""
    return _canonical(_plain(asdict(grant)))


def read_body(data: bytes) -> Grant:
    """The grant behind a body. Raises ValueError (KeyError and TypeError included as causes)."""
    try:
        plain = json.loads(data)
        manifest = plain["sealed_manifest"]
        return Grant(
            id=str(plain["id"]),
            version=int(plain["version"]),
            state=GrantState(plain["state"]),
            link=_read_link(plain["link"]),
            reset=_read_link(plain["reset"]),
            features=tuple(str(feature) for feature in plain["features"]),
            sealed_manifest=None if manifest is None else base64.b64decode(manifest, validate=True),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a grant") from error


def _read_link(plain: dict[str, Any] | None) -> GrantLink | None:
    if plain is None:
        return None
    until = plain["until"]
    return GrantLink(
        token_hash=str(plain["token_hash"]),
        wrapped_content_key=base64.b64decode(plain["wrapped_content_key"], validate=True),
        until=None if until is None else datetime.fromtimestamp(int(until), UTC),
    )


def _about(portal: str, grant_id: str, version: int) -> bytes:
    return _canonical(
        {"field": "manifest", "grant": grant_id, "portal": portal, "version": version}
    )


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case datetime():
            return int(value.timestamp())
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
