"""The tables while they are checked: typed, with file and line of each row, and open to SQL."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from casting import record_ids
from problems import Problem

#: a character that is not printable ASCII, a blank at an end or two in a row, a sign at the beginning
_NOT_PLAIN = r"[^ -~]|^[ =+\-@]| $|  "


class CheckedData:
    """Typed tables by name. In SQL every table has ``_row``, the number of the row, beside its columns."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self.tables = tables
        self._connection = duckdb.connect(":memory:", config={"threads": 2})
        self._rows: dict[str, dict[str, int]] = {}
        for name, table in tables.items():
            numbered = table.append_column("_row", pa.array(np.arange(table.num_rows)))
            self._connection.register(name, numbered)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """All rows of a query."""
        return self._connection.execute(sql).fetchall()

    def records(self, table: str) -> dict[str, int]:
        """The records of a table by their id, each with its first row."""
        if table not in self._rows:
            ids = record_ids(self.tables[table], table)
            self._rows[table] = {record: row for row, record in reversed(list(enumerate(ids)))}
        return self._rows[table]

    def problem(self, table: str, row: int, column: str, message: str, expected: str) -> Problem:
        """A problem in one row; the rule's id is filled in by whoever runs the rule."""
        cells = self.tables[table].slice(row, 1)
        path, line, record = cells["_file"][0].as_py(), cells["_line"][0].as_py(), record_ids(cells, table)[0]
        return Problem(path, line, column, record, "", message, expected, table_name=table)

    @cached_property
    def texts(self) -> list[tuple[str, str, pa.Array, pa.Array]]:
        """Table, column, rows and texts of all texts, but for those of plain ASCII that the rules on text have nothing to say of."""
        found = []
        for name, table in self.tables.items():
            for column in table.column_names:
                values, rows = table[column].combine_chunks(), None
                if pa.types.is_list(values.type):
                    rows, values = pc.list_parent_indices(values), pc.list_flatten(values)
                if not column.startswith("_") and pa.types.is_string(values.type):
                    at = pc.indices_nonzero(pc.match_substring_regex(values, _NOT_PLAIN))
                    found.append((name, column, at if rows is None else rows.take(at), values.take(at)))
        return found

    def find(self, table: str, column: str, expected: str, sql: str) -> Iterator[Problem]:
        """A problem for each row of a query that selects a table's ``_row`` and a message."""
        for row, message in self.rows(sql):
            assert isinstance(row, int)
            yield self.problem(table, row, column, str(message), expected)
