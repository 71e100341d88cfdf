"""The practice itself: name, phone, portal address, rules, and who may be *Working as*."""

import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from practice_desktop.errors import InvalidInput, StaleEdit
from practice_desktop.models import practice as models
from practice_desktop.models.database import Database
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import Change, History
from practice_desktop.vocabulary import Feature

MAX_LINK_DAYS = 60
DEFAULT_FEATURES = (
    Feature.SECURE_MESSAGES,
    Feature.APPOINTMENT_REQUESTS,
    Feature.UPDATE_OWN_DETAILS,
)
_LABELS = {
    "name": "Practice name",
    "phone": "Phone",
    "portal_address": "Portal address",
    "link_days": "Link life in days",
    "default_features": "Features ticked by default",
    "offered_features": "Features offered",
    "hold_new_messages": "Hold new messages for review",
}


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """`offered` are the features that the practice has switched on, `defaults` come ticked.

    `link_days` is the life of an invitation link, in days after it left.
    """

    version: int
    name: str
    phone: str
    portal_address: str
    link_days: int
    defaults: tuple[Feature, ...]
    offered: tuple[Feature, ...]
    hold_new_messages: bool


@dataclass(frozen=True, slots=True)
class FeatureChoice:
    """A feature as the pages that choose features show it; `reason` says why it is off."""

    feature: Feature
    ticked: bool
    available: bool
    reason: str = ""


class Practice:
    def __init__(self, database: Database, history: History, clock: Clock) -> None:
        self._database = database
        self._history = history
        self._clock = clock

    def load(self) -> PracticeRow:
        """The practice, made with its defaults at the first call."""
        with self._database.read() as session:
            practice = session.get(models.Practice, 1)
            if practice is not None:
                return _row(practice)
        with self._database.write() as session:
            practice = session.get(models.Practice, 1)
            if practice is None:
                practice = models.Practice(
                    id=1,
                    key=secrets.token_hex(8),
                    name="",
                    phone="",
                    portal_address="",
                    link_days=14,
                    default_features=list(DEFAULT_FEATURES),
                    offered_features=list(Feature),
                    hold_new_messages=False,
                    created_at=self._clock(),
                )
                session.add(practice)
                session.flush()
            return _row(practice)

    def save(
        self,
        *,
        version: int | None = None,
        name: str | None = None,
        phone: str | None = None,
        portal_address: str | None = None,
        link_days: int | None = None,
        defaults: tuple[Feature, ...] | None = None,
        offered: tuple[Feature, ...] | None = None,
        hold_new_messages: bool | None = None,
    ) -> PracticeRow:
        """Change what is given. Raises InvalidInput (field named as the parameter), StaleEdit."""
        wanted: dict[str, object] = {}
        if name is not None:
            wanted["name"] = _one_line("name", name)
        if phone is not None:
            wanted["phone"] = _one_line("phone", phone)
        if portal_address is not None:
            wanted["portal_address"] = check_portal_address(portal_address)
        if link_days is not None:
            wanted["link_days"] = _check_link_days(link_days)
        if defaults is not None:
            wanted["default_features"] = [str(feature) for feature in defaults]
        if offered is not None:
            wanted["offered_features"] = [str(feature) for feature in offered]
        if hold_new_messages is not None:
            wanted["hold_new_messages"] = hold_new_messages
        with self._database.write() as session:
            practice = session.get_one(models.Practice, 1)
            if version is not None and practice.version != version:
                raise StaleEdit(
                    "Somebody else changed the practice's settings meanwhile. What you typed is "
                    "still here. Look at the new values, then save again."
                )
            changes = [
                Change(_LABELS[field], _text(getattr(practice, field)), _text(value))
                for field, value in wanted.items()
                if getattr(practice, field) != value
            ]
            for field, value in wanted.items():
                setattr(practice, field, value)
            if changes:
                self._history.record(session, None, "practice", "Practice changed", changes)
            session.flush()
            return _row(practice)

    def feature_choices(self) -> tuple[FeatureChoice, ...]:
        """All features for a new invitation, defaults ticked, unavailable ones with the reason."""
        with self._database.read() as session:
            return choices(session, None)

    def staff(self) -> tuple[str, ...]:
        """The names offered under *Working as*, in alphabetical order."""
        with self._database.read() as session:
            names = session.scalars(select(models.StaffMember.name)).all()
        return tuple(sorted(names, key=str.casefold))

    def add_staff(self, name: str) -> None:
        """Raises InvalidInput('name')."""
        name = _one_line("name", name)
        if not name:
            raise InvalidInput("name", "Type a name.")
        with self._database.write() as session:
            known = session.scalars(select(models.StaffMember.name)).all()
            if name.casefold() in {other.casefold() for other in known}:
                raise InvalidInput("name", f"{name} is in the list already.")
            session.add(models.StaffMember(name=name))
            self._history.record(session, None, "staff", f"Added {name} to Working as")

    def remove_staff(self, name: str) -> None:
        """History keeps the name wherever it stands."""
        with self._database.write() as session:
            session.execute(delete(models.StaffMember).where(models.StaffMember.name == name))
            self._history.record(session, None, "staff", f"Removed {name} from Working as")


def choices(session: Session, ticked: Iterable[str] | None) -> tuple[FeatureChoice, ...]:
    """All features with `ticked` set, or the practice's defaults where that is None."""
    practice = session.get_one(models.Practice, 1)
    on = set(practice.default_features if ticked is None else ticked)
    offered = set(practice.offered_features)
    return tuple(
        FeatureChoice(feature, ticked=feature in on, available=True)
        if feature in offered
        else FeatureChoice(
            feature,
            ticked=False,
            available=False,
            reason="Your practice has switched this off (Settings > Practice).",
        )
        for feature in Feature
    )


def is_loopback(host: str) -> bool:
    """Whether `host` names this very computer."""
    if host.casefold() in {"localhost", "localhost."}:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_portal_address(text: str) -> str:
    """The address of the portal without a slash at its end. Raises InvalidInput.

    Plain http is taken on this computer only: elsewhere it would show the link to the network.
    """
    address = text.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if (
        host is None
        or parts.scheme not in {"http", "https"}
        or any(c.isspace() or not c.isprintable() for c in address)
    ):
        raise InvalidInput(
            "portal_address", "Type the whole address, like https://portal.your-practice.com."
        )
    if parts.query or parts.fragment or parts.username or "?" in address or "#" in address:
        raise InvalidInput(
            "portal_address", "The address must end with a name or path: no ?, # or password."
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise InvalidInput(
            "portal_address",
            "The address must begin with https:// so that nobody can read what clients write.",
        )
    return address


def _check_link_days(days: int) -> int:
    if not 1 <= days <= MAX_LINK_DAYS:
        raise InvalidInput("link_days", f"Choose between 1 and {MAX_LINK_DAYS} days.")
    return days


def _one_line(field: str, text: str) -> str:
    cleaned = " ".join(text.split())
    if any(not c.isprintable() for c in cleaned):
        raise InvalidInput(field, "This holds characters that cannot be printed. Type it again.")
    return cleaned


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(Feature(name).word for name in value)
        case _:
            return str(value)


def _row(practice: models.Practice) -> PracticeRow:
    return PracticeRow(
        version=practice.version,
        name=practice.name,
        phone=practice.phone,
        portal_address=practice.portal_address,
        link_days=practice.link_days,
        defaults=tuple(Feature(name) for name in practice.default_features),
        offered=tuple(Feature(name) for name in practice.offered_features),
        hold_new_messages=practice.hold_new_messages,
    )
