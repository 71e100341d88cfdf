"""Drives a program by its labels through AT-SPI, as a screen reader does.

Runs under the system's Python, which has pyatspi, and takes one JSON list a line from standard
input: ["press", label], ["type", label, text], ["tick", label], ["expect", label]. Answers each
with a JSON object a line.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi

PATIENCE = 20.0
BUTTONS = {"push button", "button", "check box", "toggle button", "page tab", "menu item"}
FIELDS = {"text", "entry", "password text", "combo box", "spin button"}


class Absent(Exception):
    pass


def walk(node: Any, depth: int = 0) -> Iterator[Any]:
    yield node
    if depth > 40:
        return
    for index in range(node.childCount):
        try:
            child = node.getChildAtIndex(index)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, depth + 1)


def application(name: str) -> Any:
    desktop = pyatspi.Registry.getDesktop(0)
    for app in desktop:
        if app is not None and name in (app.name or ""):
            return app
    raise Absent(f"no program called {name}")


def showing(node: Any) -> bool:
    states = node.getState()
    return all(states.contains(s) for s in (pyatspi.STATE_SHOWING, pyatspi.STATE_VISIBLE))


def plain(name: str | None) -> str:
    return re.sub("&(?=.)", "", name or "")


def find(label: str, roles: set[str] | None = None, *, enabled: bool = False) -> Any:
    """The last showing node of that name: what opened last lies on top."""
    found = None
    for node in walk(application("Practice Desktop")):
        try:
            if plain(node.name) != label or not showing(node):
                continue
            if roles is not None and node.getRoleName() not in roles:
                continue
            if enabled and not node.getState().contains(pyatspi.STATE_ENABLED):
                continue
        except Exception:
            continue
        found = node
    if found is None:
        raise Absent(label)
    return found


def act(node: Any, wanted: tuple[str, ...]) -> None:
    action = node.queryAction()
    names = [action.getName(index) for index in range(action.nActions)]
    for name in wanted:
        if name in names:
            action.doAction(names.index(name))
            return
    raise Absent(f"{node.name} offers {names}")


def press(label: str) -> None:
    act(find(label, BUTTONS, enabled=True), ("Press", "Toggle", "ShowMenu", "click"))


def tick(label: str) -> None:
    box = find(label, {"check box"}, enabled=True)
    act(box, ("Toggle", "Press"))


def write(label: str, text: str) -> None:
    field = find(label, FIELDS, enabled=True)
    field.queryEditableText().setTextContents(text)


def expect(label: str) -> None:
    find(label)


VERBS: dict[str, Callable[..., None]] = {
    "press": press,
    "tick": tick,
    "type": write,
    "expect": expect,
}


def tree() -> str:
    lines = []
    try:
        for node in walk(application("Practice Desktop")):
            if node.name and showing(node):
                lines.append(f"{node.getRoleName()}: {node.name}")
    except Exception as error:
        lines.append(repr(error))
    return "\n".join(lines)


def main() -> None:
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                VERBS[verb](*arguments)
                answer: dict[str, Any] = {"done": True}
                break
            except Exception as error:
                if time.monotonic() > deadline:
                    answer = {"done": False, "why": repr(error), "tree": tree()}
                    break
                time.sleep(0.1)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
