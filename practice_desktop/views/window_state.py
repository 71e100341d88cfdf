"""What the window remembers: its size and the last page, in a small file of the data folder."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FILE_NAME = "window.json"
LEAST_WIDTH, LEAST_HEIGHT = 1024, 700


@dataclass(frozen=True, slots=True)
class WindowState:
    """Sizes in logical pixels; `page` as the rail names it."""

    width: int = 1240
    height: int = 800
    maximized: bool = False
    page: str = "Clients"
    working_as: str = ""


def read_window_state(folder: Path) -> WindowState:
    """What was remembered; the defaults for whatever is missing or makes no sense."""
    try:
        stored = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return WindowState()
    if not isinstance(stored, dict):
        return WindowState()
    known = {
        field.name: stored[field.name]
        for field in fields(WindowState)
        if type(stored.get(field.name)) is type(getattr(WindowState(), field.name))
    }
    state = WindowState(**known)
    if state.width < LEAST_WIDTH or state.height < LEAST_HEIGHT:
        return WindowState(maximized=state.maximized, page=state.page, working_as=state.working_as)
    return state


def write_window_state(folder: Path, state: WindowState) -> None:
    """Remember it. A folder that cannot be written costs only the remembering."""
    try:
        text = json.dumps(asdict(state), indent=1)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")
    except OSError:
        return
