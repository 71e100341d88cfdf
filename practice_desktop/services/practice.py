"""The practice itself: name, phone, portal address, rules, and who may be *Working as*."""

from dataclasses import dataclass

from practice_desktop.models.database import Database
from practice_desktop.services.clock import Clock
from practice_desktop.services.history import History
from practice_desktop.vocabulary import Feature


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
        raise NotImplementedError

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
        raise NotImplementedError

    def feature_choices(self) -> tuple[FeatureChoice, ...]:
        """All features for a new invitation, defaults ticked, unavailable ones with the reason."""
        raise NotImplementedError

    def staff(self) -> tuple[str, ...]:
        """The names offered under *Working as*, in alphabetical order."""
        raise NotImplementedError

    def add_staff(self, name: str) -> None:
        """Raises InvalidInput('name')."""
        raise NotImplementedError

    def remove_staff(self, name: str) -> None:
        raise NotImplementedError
