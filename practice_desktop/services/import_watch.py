"""How an import is watched and stopped while it runs on another thread."""

from collections.abc import Callable
from dataclasses import dataclass

from practice_desktop.errors import Problem
from practice_desktop.vocabulary import Word


class Phase(Word):
    """What an import is doing just now."""

    READING = "reading"
    CHECKING = "checking"
    SAVING = "saving"


class ImportCancelled(Problem):
    """A person pressed Cancel; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("The import was cancelled. Nothing was changed.")


def _nobody_watches(_phase: Phase, _done: int, _total: int) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """Handed to every long step; both callables run on the importing thread.

    `on_progress` hears the phase, rows done and rows in all (0 while not known yet).
    """

    on_progress: Callable[[Phase, int, int], None] = _nobody_watches
    cancelled: Callable[[], bool] = _never

    def step(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        """Tell how far it has come. Raises ImportCancelled once somebody asked for that."""
        if self.cancelled():
            raise ImportCancelled
        self.on_progress(phase, done, total)


UNWATCHED = Watch()
