"""The typed tables while they are checked, completed and written: in DuckDB, open to SQL, spilt to disk when they are large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from casting import arrow_type, key_columns
from problems import Problem
from ttp_timeline.models import MODELS

#: what DuckDB may hold in memory at a time; the rest lies in a scratch folder
MEMORY = "384MB"
#: of a table of more rows than these, all lie in Parquet files there
HELD = 200_000
_TYPES = {"string": "VARCHAR", "int32": "INTEGER", "double": "DOUBLE", "bool": "BOOLEAN", "date32[day]": "DATE"}
_PLACE = {"_row": "BIGINT", "_file": "VARCHAR", "_line": "INTEGER"}


class Finding(NamedTuple):
    """Something wrong in a cell of a table: the number of its row, its column, what it is and what was expected."""

    row: int
    column: str
    message: str
    expected: str


class Store:
    """Tables by name. In SQL each has ``_row`` (its number, from 0), ``_file`` and ``_line`` beside the columns of its model."""

    def __init__(self) -> None:
        self._scratch = TemporaryDirectory(prefix="ttp-timeline-build-")
        self._connection = duckdb.connect(
            config={"threads": 2, "memory_limit": MEMORY, "temp_directory": self._scratch.name}
        )
        #: table -> the columns of its model
        self.columns: dict[str, list[str]] = {}
        #: table, column, rows and texts of all texts, but for those that the rules on text have nothing to say of
        self.doubtful: list[tuple[str, str, pa.Array, pa.Array]] = []
        self._counts: dict[str, int] = {}
        self._files: dict[str, list[str]] = {}

    def close(self) -> None:
        """Let go of the tables and of what was spilt."""
        self._connection.close()
        self._scratch.cleanup()

    def create(self, name: str) -> None:
        """An empty table of a model."""
        described = MODELS[name].to_schema().columns
        columns = {column: _sql_type(arrow_type(described[column])) for column in described} | _PLACE
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self._connection.execute(f'CREATE TABLE "{name}" ({listed})')
        self.columns[name] = list(described)
        self._counts[name] = 0
        self._files[name] = []

    def add(self, name: str, rows: pa.Table) -> None:
        """Add rows that have all columns of the model, and ``_file`` and ``_line`` if they were read from files."""
        first = self._counts[name]
        self._counts[name] += rows.num_rows
        numbered = rows.append_column("_row", pa.array(np.arange(first, first + rows.num_rows)))
        if self._counts[name] <= HELD and not self._files[name]:
            self.ask(f'INSERT INTO "{name}" BY NAME SELECT * FROM numbered', numbered=numbered)
            return
        if not self._files[name]:  # the table has just grown too large: what it holds becomes its first file
            self.ask(f'COPY "{name}" TO \'{self._new_file(name)}\' (FORMAT parquet); DROP TABLE "{name}"')
        pq.write_table(numbered, self._new_file(name), compression="lz4")
        columns = quoted([*self.columns[name], *_PLACE])
        files = ", ".join(f"'{file}'" for file in self._files[name])
        self.ask(
            f'CREATE OR REPLACE VIEW "{name}" AS SELECT {columns} FROM read_parquet([{files}], union_by_name = true)'
        )

    def _new_file(self, name: str) -> str:
        self._files[name].append(f"{self._scratch.name}/{name}-{len(self._files[name])}.parquet")
        return self._files[name][-1]

    def count(self, name: str) -> int:
        """The number of rows of a table."""
        return self._counts[name]

    def ask(self, sql: str, **given: pa.Table) -> None:
        """Run a statement, in which the tables ``given`` have these names."""
        with self._given(given):
            self._connection.execute(sql)

    def table(self, sql: str, **given: pa.Table) -> pa.Table:
        """The answer to a query as a table; the tables ``given`` have these names in it."""
        with self._given(given):
            return self._connection.sql(sql).to_arrow_table()

    @contextmanager
    def _given(self, tables: dict[str, pa.Table]) -> Iterator[None]:
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self._connection.unregister(name)

    def stream(self, sql: str, rows: int) -> Iterator[pa.Table]:
        """The answer to a query, so many rows at a time; at least one table, if an empty one."""
        relation = self._connection.cursor().sql(sql)
        # the newer name first: the older one warns
        read = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
        yield from _sliced(read(min(rows, 100_000)), rows)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._connection.cursor().execute(sql).fetchall()  # a cursor of its own: tables are written side by side

    def find(self, table: str, column: str, expected: str, sql: str) -> Iterator[Problem]:
        """A problem for each row of a query that selects a table's ``_row`` and a message."""
        yield from self.problems(table, (Finding(row, column, message, expected) for row, message in self.rows(sql)))

    def problems(self, table: str, findings: Iterable[Finding]) -> Iterator[Problem]:
        """The findings with file, line and record; the rule's id is filled in by whoever runs the rule."""
        found = list(findings)
        if not found:
            return
        numbers = pa.table({"_row": pa.array(sorted({finding.row for finding in found}), pa.int64())})
        places = self.table(
            f'SELECT _row, _file, _line, {record_id(table)} AS record FROM "{table}" SEMI JOIN numbers USING (_row)',
            numbers=numbers,
        )
        place = {row["_row"]: row for row in places.to_pylist()}
        for row, column, message, expected in found:
            at = place[row]
            yield Problem(at["_file"], at["_line"], column, at["record"], "", message, expected, table_name=table)


def quoted(columns: Iterable[str]) -> str:
    """Columns as SQL lists them; one is called ``window``."""
    return ", ".join(f'"{column}"' for column in columns)


def record_id(name: str) -> str:
    """The SQL expression for the key of a row as one text, its parts joined by slashes; see `casting.record_ids`."""
    return " || '/' || ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in key_columns(name))


def _sliced(reader: pa.RecordBatchReader, rows: int) -> Iterator[pa.Table]:
    held, is_empty = reader.schema.empty_table(), True
    for batch in reader:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows >= rows:
            yield held.slice(0, rows)
            held, is_empty = held.slice(rows), False
    if held.num_rows or is_empty:
        yield held


def _sql_type(kind: pa.DataType) -> str:
    return "VARCHAR[]" if pa.types.is_list(kind) else _TYPES[str(kind)]
