"""Tables in one database file, with their keys and descriptions."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ttp_timeline.catalog import resource
from ttp_timeline.errors import BadArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_sqlite(data: Mapping[str, pa.Table], path: Path) -> None:
    """SQLite: days as ISO 8601 text, lists as JSON arrays, true and false as 1 and 0; primary and foreign keys."""
    connection = sqlite3.connect(path)
    try:
        for name, table in data.items():
            connection.execute(_definition(name, table, data))
            marks = ", ".join("?" * table.num_columns)
            rows = ([_sqlite_value(v) for v in row.values()] for row in table.to_pylist())
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        connection.commit()
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if broken and len(data) > 1:
        raise BadArgumentError(f"{len(broken)} rows refer to a row that is not there, such as {broken[0]}")


def _definition(name: str, table: pa.Table, data: Mapping[str, pa.Table]) -> str:
    described = resource(name)
    required = {f["name"] for f in described["schema"]["fields"] if f.get("constraints", {}).get("required")}
    lines = [f'"{f.name}" {_sqlite_type(f.type)}{" NOT NULL" * (f.name in required)}' for f in table.schema]
    keys = described["schema"]["primaryKey"]
    if {*keys} <= required:
        lines.append(f"PRIMARY KEY ({', '.join(keys)})")
    for key in described["schema"]["foreignKeys"]:
        target = key["reference"]["resource"] or name
        if target in data:
            lines.append(
                f'FOREIGN KEY ("{key["fields"][0]}") REFERENCES "{target}" ("{key["reference"]["fields"][0]}")'
            )
    return f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _sqlite_type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else value


def write_duckdb(data: Mapping[str, pa.Table], path: Path) -> None:
    """DuckDB: the Arrow types as they are, each table and column with its description as comment."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise BadArgumentError("duckdb is not installed: pip install duckdb") from None
    with duckdb.connect(str(path)) as connection:
        for name, table in data.items():
            connection.register("arriving", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM arriving')
            connection.unregister("arriving")
            described = resource(name)
            connection.execute(f'COMMENT ON TABLE "{name}" IS {_quoted(described["description"])}')
            for field in described["schema"]["fields"]:
                if field["name"] in table.column_names:
                    text = _quoted(field["description"] or field["title"])
                    connection.execute(f'COMMENT ON COLUMN "{name}"."{field["name"]}" IS {text}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
