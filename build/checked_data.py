"""The tables while they are checked: typed, with file and line of each row, and open to SQL."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from casting import record_ids
from problems import Problem


class CheckedData:
    """Typed tables by name. In SQL every table has ``_row``, the number of the row, beside its columns."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self.tables = tables
        self._connection = duckdb.connect(":memory:", config={"threads": 2})
        self._ids: dict[str, list[str]] = {}
        self._rows: dict[str, dict[str, int]] = {}
        for name, table in tables.items():
            numbered = table.append_column("_row", pa.array(range(table.num_rows), pa.int64()))
            self._connection.register(f"_{name}", numbered)
            self._connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM "_{name}"')

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """All rows of a query."""
        return self._connection.execute(sql).fetchall()

    def row_of(self, table: str, record_id: str) -> int | None:
        """The row of a record, None if there is none."""
        if table not in self._rows:
            ids = record_ids(self.tables[table], table)
            self._rows[table] = {record: row for row, record in reversed(list(enumerate(ids)))}
        return self._rows[table].get(record_id)

    def record_id(self, table: str, row: int) -> str:
        if table not in self._ids:
            self._ids[table] = record_ids(self.tables[table], table)
        return self._ids[table][row]

    def problem(self, table: str, row: int, column: str, message: str, expected: str) -> Problem:
        """A problem in one row; the rule's id is filled in by whoever runs the rule."""
        data = self.tables[table]
        path, line = data["_file"][row].as_py(), data["_line"][row].as_py()
        return Problem(path, line, column, self.record_id(table, row), "", message, expected, table_name=table)

    def find(self, table: str, column: str, expected: str, sql: str) -> Iterator[Problem]:
        """A problem for each row of a query that selects a table's ``_row`` and a message."""
        for row, message in self.rows(sql):
            assert isinstance(row, int)
            yield self.problem(table, row, column, str(message), expected)
