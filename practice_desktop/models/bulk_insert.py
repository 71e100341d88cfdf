"""Rows by the hundred thousand, as tuples straight to the database driver."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, insert

from practice_desktop.models.base import Base

Row = tuple[Any, ...]

# SQLite takes 32,766 in one statement since 3.32, PostgreSQL 65,535.
_PARAMETERS = 12_000


class BulkInsert:
    """An INSERT compiled once, for tuples of `columns`, which stand in the order of
    the mapped class's own table.

    Core's own insert of many rows builds a dictionary and a parameter set a row, which costs more
    than SQLite does. Values go through the columns' types all the same, each different one once,
    so those of such columns must be hashable. Defaults of the mapped class do not apply.

    One statement holds many rows: FTS5 flushes its index whenever a statement begins (its
    xSavepoint), which costs ten times the insert where a trigger fills the index a row at a time.
    """

    def __init__(self, connection: Connection, mapped: type[Base], columns: Sequence[str]) -> None:
        table = Base.metadata.tables[mapped.__tablename__]
        chosen = [table.columns[name] for name in columns]
        if chosen != [column for column in table.columns if column in set(chosen)]:
            raise ValueError("the columns do not stand in the table's order")
        dialect = connection.dialect
        statement = insert(table).inline().compile(dialect=dialect, column_keys=list(columns))
        self._connection = connection
        self._start, _values, self._row = str(statement).rpartition(" VALUES ")
        self._width = len(chosen)
        self._rows_a_statement = max(1, _PARAMETERS // len(chosen))
        self._processors = [
            (position, _remembering(process))
            for position, column in enumerate(chosen)
            if (process := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        ]

    def insert(self, rows: Sequence[Row]) -> None:
        """Insert `rows` in order; none is fine."""
        for start in range(0, len(rows), self._rows_a_statement):
            some = rows[start : start + self._rows_a_statement]
            values = list(chain.from_iterable(some))
            for position, process in self._processors:
                column = slice(position, None, self._width)
                values[column] = map(process, values[column])
            statement = f"{self._start} VALUES {', '.join([self._row] * len(some))}"
            self._connection.exec_driver_sql(statement, tuple(values))


def _remembering(process: Callable[[Any], Any]) -> Callable[[Any], Any]:
    known: dict[Any, Any] = {}

    def processed(value: Any) -> Any:
        try:
            return known[value]
        except KeyError:
            known[value] = stored = process(value)
            return stored

    return processed
