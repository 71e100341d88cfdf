"""The log of unexpected errors: what kind and where in the code, never a word of a client."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from practice_desktop.views.messages import code_locations

_LARGEST = 1_000_000


class ErrorLog:
    """`log/errors.log` in the data folder; the one before is kept when it grows over a megabyte."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "log" / "errors.log"

    def write(self, error: BaseException) -> None:
        """Add an entry. A log that cannot be written is no reason for a second error."""
        lines = "\n    ".join(code_locations(error))
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > _LARGEST:
                self.path.replace(self.path.with_suffix(".old.log"))
            with self.path.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {lines}\n")
