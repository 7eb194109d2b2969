"""Read the curated CSV files as they are: every cell a string, every row with its file and physical line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from problems import Problem
from rulebook import declare
from ttp_timeline.models import MODELS

FILE_RULES = (
    declare("encoding", "A curated file is UTF-8 text without a byte order mark and without NUL characters."),
    declare("header", "The first line of a curated file holds the table's curated columns, in order."),
    declare("row-shape", "Every row has as many cells as the header, and quotes are closed."),
    declare("file-name", "Every CSV under datasets/curated belongs to a table."),
)


#: rows as `formatting.to_csv` writes them: one a line, cells quoted only where they hold a comma or a quote
_REGULAR = r'\A(?:(?:[^",\r\n]*|"[^",\r\n]*(?:,|"")(?:[^"\r\n]|"")*")[,\n])*\z'

Lines = npt.NDArray[np.int32]


@dataclass
class RawTable:
    """A table's cells, or those of some of its files, as strings (empty: null), with ``_file`` and ``_line`` of each row's first physical line."""

    name: str
    cells: pa.Table
    #: the files that are not written as `formatting.to_csv` writes, whatever the order of their rows
    irregular: list[str] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        return list(self.cells.column_names[:-2])


def curated_columns(name: str) -> list[str]:
    """The columns that people type for a table, in the order of its model."""
    return [n for n, c in MODELS[name].to_schema().columns.items() if (c.metadata or {}).get("origin") == "curated"]


def is_curated(name: str) -> bool:
    return bool(curated_columns(name))


def table_files(root: Path, name: str) -> list[Path]:
    """The files of a table: ``<name>.csv``, or all CSV files of the folder ``<name>/``."""
    single = root / f"{name}.csv"
    return [single] if single.exists() else sorted((root / name).glob("*.csv"))


def read_all(root: Path) -> tuple[dict[str, RawTable], list[Problem]]:
    """Every curated table under ``root``, whole, and what is wrong with its files."""
    problems = stray_files(root)
    tables = {}
    for name in filter(is_curated, MODELS):
        tables[name], found = read_files(root, name, table_files(root, name))
        problems += found
    return tables, problems


def read_files(root: Path, name: str, files: Iterable[Path]) -> tuple[RawTable, list[Problem]]:
    """The rows of some files of a table, and what is wrong with them; paths in messages begin at ``datasets/curated``."""
    columns = curated_columns(name)
    parts, problems, irregular = [_cells([], [], columns, name)], [], []
    for path in files:
        cells, found, is_regular = _read(path, shown(root, path), columns)
        parts.append(cells)
        problems += found
        irregular += [] if is_regular else [shown(root, path)]
    return RawTable(name, pa.concat_tables(parts).unify_dictionaries(), irregular), problems


def shown(root: Path, path: Path) -> str:
    """A file under ``root`` as messages name it."""
    return f"datasets/curated/{path.relative_to(root).as_posix()}"


def stray_files(root: Path) -> list[Problem]:
    """A problem for each CSV file that belongs to no table."""
    names = sorted(filter(is_curated, MODELS))
    strays = set(root.rglob("*.csv")).difference(*(table_files(root, name) for name in names))
    message, expected = "belongs to no table", f"one of: {', '.join(names)}"
    return [Problem(shown(root, stray), 0, "file", "", "file-name", message, expected) for stray in sorted(strays)]


def _read(path: Path, shown_as: str, columns: list[str]) -> tuple[pa.Table, list[Problem], bool]:
    """The rows of one file, as far as they can be read, what is wrong with it, and whether it has the form of `_REGULAR`."""
    data, problems = path.read_bytes(), []
    if data.startswith(b"\xef\xbb\xbf"):
        message = "begins with a byte order mark"
        problems.append(Problem(shown_as, 1, "file", "", "encoding", message, "UTF-8 without one: save as plain UTF-8"))
        data = data[3:]
    unreadable = _unreadable(data, shown_as)
    if unreadable:
        return _cells([], [], columns, shown_as), [*problems, unreadable], False
    regular = _regular(data, shown_as, columns)
    if regular is not None:
        return regular, problems, True
    cells, found = _irregular(data.decode("utf-8"), shown_as, columns)
    return cells, problems + found, False


def _unreadable(data: bytes, shown_as: str) -> Problem | None:
    """What keeps the bytes from being text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return Problem(shown_as, line, "file", "", "encoding", message, "UTF-8: save the file as UTF-8")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        return Problem(shown_as, line, "file", "", "encoding", "holds a NUL character", "text")
    return None


def _regular(data: bytes, shown_as: str, columns: list[str]) -> pa.Table | None:
    """The rows of a file that has the form of `_REGULAR`, read by Arrow at once; None of any other file."""
    header = ",".join(columns).encode() + b"\n"
    if not data.startswith(header) or b"\n\n" in data:  # an empty line is no row, which Arrow would not say
        return None
    body = pa.array([data[len(header) :]], pa.large_binary())
    if not pc.match_substring_regex(body, _REGULAR)[0].as_py():
        return None
    if len(data) == len(header):
        return _cells([], [], columns, shown_as)
    try:
        read = pa.csv.read_csv(
            pa.BufferReader(data),
            parse_options=pa.csv.ParseOptions(ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid:  # rows of unequal length: `_irregular` says which
        return None
    return _placed(read, shown_as, np.arange(2, 2 + read.num_rows, dtype=np.int32))


def _irregular(text: str, shown_as: str, columns: list[str]) -> tuple[pa.Table, list[Problem]]:
    """The rows of any other file, read row by row, and a problem for each that is not one."""
    rows: list[list[str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begun = 1
    try:
        header = next(reader, [])
        if header != columns:
            message = _header_difference(header, columns)
            return _cells([], [], columns, shown_as), [
                Problem(shown_as, 1, "header", "", "header", message, ",".join(columns))
            ]
        begun = reader.line_num + 1
        for row in reader:
            if len(row) == len(columns):
                rows.append(row)
                lines.append(begun)
            else:
                message, name = f"has {len(row)} cells", row[0] if row else ""
                problems.append(Problem(shown_as, begun, "row", name, "row-shape", message, f"{len(columns)} cells"))
            begun = reader.line_num + 1
    except csv.Error as error:
        expected = "closed quotes, doubled inside a quoted cell"
        problems.append(Problem(shown_as, begun, "row", "", "row-shape", str(error), expected))
    return _cells(rows, lines, columns, shown_as), problems


def _cells(rows: list[list[str]], lines: list[int], columns: list[str], shown_as: str) -> pa.Table:
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    data = {c: pa.array([v or None for v in col], pa.string()) for c, col in zip(columns, cells, strict=True)}
    return _placed(pa.table(data), shown_as, np.array(lines, np.int32))


def _placed(cells: pa.Table, shown_as: str, lines: Lines) -> pa.Table:
    file = pa.DictionaryArray.from_arrays(np.zeros(len(lines), np.int32), pa.array([shown_as]))
    return cells.append_column("_file", file).append_column("_line", pa.array(lines))


def _header_difference(found: list[str], expected: list[str]) -> str:
    missing = [c for c in expected if c not in found]
    extra = [c for c in found if c not in expected]
    parts = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(map(repr, extra))}"] * bool(
        extra
    )
    return " and ".join(parts) or "columns are repeated or in another order"
