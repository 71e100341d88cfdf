"""A hairline between parts of a page."""

from PySide6.QtWidgets import QFrame, QWidget


def horizontal_line(parent: QWidget | None = None) -> QFrame:
    line = _line(parent)
    line.setFixedHeight(1)
    return line


def vertical_line(parent: QWidget | None = None) -> QFrame:
    line = _line(parent)
    line.setFixedWidth(1)
    return line


def _line(parent: QWidget | None) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "line")
    return line
