"""Read the curated CSV files as they are: every cell a string, every row with its file and physical line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from problems import Problem
from rulebook import declare
from ttp_timeline.models import MODELS

FILE_RULES = (
    declare("encoding", "A curated file is UTF-8 text without a byte order mark and without NUL characters."),
    declare("header", "The first line of a curated file holds the table's curated columns, in order."),
    declare("row-shape", "Every row has as many cells as the header, and quotes are closed."),
    declare("file-name", "Every CSV under datasets/curated belongs to a table."),
)


@dataclass
class RawTable:
    """A table's cells as strings (empty: null), with ``_file`` and ``_line`` of each row's first physical line."""

    name: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def to_arrow(self) -> pa.Table:
        cells = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        data = {c: pa.array([v or None for v in col], pa.string()) for c, col in zip(self.columns, cells, strict=True)}
        return pa.table(data | {"_file": pa.array(self.files, pa.string()), "_line": pa.array(self.lines, pa.int32())})


def curated_columns(name: str) -> list[str]:
    """The columns that people type for a table, in the order of its model."""
    return [n for n, c in MODELS[name].to_schema().columns.items() if (c.metadata or {}).get("origin") == "curated"]


def is_curated(name: str) -> bool:
    return bool(curated_columns(name))


def table_files(root: Path, name: str) -> list[Path]:
    """The files of a table: ``<name>.csv``, or all CSV files of the folder ``<name>/``."""
    single = root / f"{name}.csv"
    return [single] if single.exists() else sorted((root / name).glob("*.csv"))


def read_all(root: Path, shown: str = "datasets/curated") -> tuple[dict[str, RawTable], list[Problem]]:
    """Every curated table under ``root``, and what is wrong with its files; ``shown`` prefixes paths in messages."""
    problems: list[Problem] = []
    tables = {}
    claimed: set[Path] = set()
    for name in filter(is_curated, MODELS):
        table = RawTable(name, curated_columns(name))
        for path in table_files(root, name):
            claimed.add(path)
            problems.extend(_read(path, f"{shown}/{path.relative_to(root).as_posix()}", table))
        tables[name] = table
    for stray in sorted(set(root.rglob("*.csv")) - claimed):
        where = f"{shown}/{stray.relative_to(root).as_posix()}"
        names = ", ".join(sorted(tables))
        problems.append(Problem(where, 0, "file", "", "file-name", "belongs to no table", f"one of: {names}"))
    return tables, problems


def _read(path: Path, shown: str, table: RawTable) -> Iterator[Problem]:
    data = path.read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        yield Problem(
            shown, 1, "file", "", "encoding", "begins with a byte order mark", "UTF-8 without one: save as plain UTF-8"
        )
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        yield Problem(
            shown,
            line,
            "file",
            "",
            "encoding",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            "UTF-8: save the file as UTF-8",
        )
        return
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        yield Problem(shown, line, "file", "", "encoding", "holds a NUL character", "text")
        return
    yield from _rows(text, shown, table)


def _rows(text: str, shown: str, table: RawTable) -> Iterator[Problem]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begun = 1
    try:
        header = next(reader, [])
        if header != table.columns:
            yield Problem(
                shown, 1, "header", "", "header", _header_difference(header, table.columns), ",".join(table.columns)
            )
            return
        begun = reader.line_num + 1
        for row in reader:
            if len(row) == len(table.columns):
                table.rows.append(row)
                table.files.append(shown)
                table.lines.append(begun)
            else:
                yield Problem(
                    shown,
                    begun,
                    "row",
                    row[0] if row else "",
                    "row-shape",
                    f"has {len(row)} cells",
                    f"{len(table.columns)} cells",
                )
            begun = reader.line_num + 1
    except csv.Error as error:
        yield Problem(shown, begun, "row", "", "row-shape", str(error), "closed quotes, doubled inside a quoted cell")


def _header_difference(found: list[str], expected: list[str]) -> str:
    missing = [c for c in expected if c not in found]
    extra = [c for c in found if c not in expected]
    parts = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(map(repr, extra))}"] * bool(
        extra
    )
    return " and ".join(parts) or "columns are repeated or in another order"
