"""A box to choose a time zone from by typing any part of its name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget


class TimeZoneBox(QComboBox):
    """The names are read at the first use: there are six hundred of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        completer = _Completer(self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setModel(self.model())
        self.setCompleter(completer)

    def zone(self) -> str:
        return self.currentText().strip().replace(" ", "_")

    def show_zone(self, zone: str) -> None:
        self.setEditText(zone)

    def showPopup(self) -> None:
        self._fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._fill()
        super().focusInEvent(event)

    def _fill(self) -> None:
        if self.count():
            return
        from zoneinfo import available_timezones

        text = self.currentText()
        names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
        self.blockSignals(True)
        self.addItems([name for name in names if not name.startswith(("Etc/", "posix/"))])
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)
        self.blockSignals(False)


class _Completer(QCompleter):
    def splitPath(self, path: str) -> list[str]:
        return [path.strip().replace(" ", "_")]
