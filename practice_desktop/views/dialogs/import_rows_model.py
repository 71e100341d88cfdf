"""The rows of an import plan as a table, all of them or those of one verdict."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from practice_desktop.services.import_plan import ImportPlan, ImportRow, Verdict

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

HEADERS = ("Row", "Client", "Email", "What happens", "Why, or what changes")
_WORDS = {
    Verdict.ADDED: "Added",
    Verdict.UPDATED: "Updated",
    Verdict.UNCHANGED: "Nothing new",
    Verdict.LEFT_OUT: "Left out",
}


def verdict_word(verdict: Verdict) -> str:
    return _WORDS[verdict]


class ImportRowsModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self._shown: list[int] = []

    def show(self, plan: ImportPlan, verdict: Verdict | None) -> None:
        self.beginResetModel()
        self._plan = plan
        self._shown = [
            i for i, row in enumerate(plan.rows) if verdict is None or row.verdict is verdict
        ]
        self.endResetModel()

    def position(self, row: int) -> int:
        """Where the shown row stands in the plan."""
        return self._shown[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._plan is None:
            return None
        words = _words(self._plan.rows[self._shown[index.row()]])
        if role == Qt.ItemDataRole.DisplayRole:
            return words[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, words)) if index.column() == 0 else words[index.column()]
        return None


def _words(row: ImportRow) -> tuple[str, ...]:
    changes = [
        f"{change.field}: {change.old or 'nothing'} to {change.new}" for change in row.changes
    ]
    said = [row.sentence, "; ".join(changes), *row.notes]
    return (
        str(row.line),
        row.name,
        row.email,
        _WORDS[row.verdict],
        " ".join(" ".join(filter(None, said)).split()),
    )
