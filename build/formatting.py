"""The one layout of curated files: sorted rows, each in the file of its year, LF, quotes only where needed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pyarrow as pa

from casting import key_columns
from curated import RawTable, table_files
from ttp_timeline.models import table_metadata

UNDATED = "undated"
_YEAR = re.compile(r"[0-9]{4}")


def expected_file(name: str, tables: dict[str, pa.Table]) -> list[str]:
    """The file, below ``datasets/curated``, in which each row of a table belongs."""
    split_by = table_metadata(name).get("split_by")
    table = tables[name]
    if not split_by:
        return [f"{name}.csv"] * table.num_rows
    values = table[split_by].to_pylist()
    if split_by == "event_id":
        events = dict(
            zip(tables["events"]["event_id"].to_pylist(), tables["events"]["date_edtf"].to_pylist(), strict=True)
        )
        values = [events.get(v) for v in values]
    return [f"{name}/{_year(v)}.csv" for v in values]


def _year(edtf: str | None) -> str:
    match = _YEAR.match(edtf or "")
    return match[0] if match else UNDATED


def formatted_files(raw: dict[str, RawTable]) -> dict[str, str]:
    """Path below ``datasets/curated`` -> its text in the one layout, for every table that has rows or a file."""
    tidied = {name: _tidy(table) for name, table in raw.items()}
    tables = {name: table.to_arrow() for name, table in tidied.items()}
    texts = {}
    for name, table in tidied.items():
        order = [table.columns.index(c) for c in key_columns(name)]
        groups: dict[str, list[list[str]]] = defaultdict(list)
        if not table_metadata(name).get("split_by"):
            groups[f"{name}.csv"] = []
        for file, row in zip(expected_file(name, tables), table.rows, strict=True):
            groups[file].append(row)
        for file, rows in groups.items():
            rows.sort(key=lambda row: [row[i] for i in order])
            texts[file] = to_csv(table.columns, rows)
    return texts


def to_csv(columns: list[str], rows: list[list[str]]) -> str:
    """CSV text: LF, a cell quoted only where it must be."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def _tidy(table: RawTable) -> RawTable:
    rows = [[_tidy_cell(c) for c in row] for row in table.rows]
    return RawTable(table.name, table.columns, rows, table.files, table.lines)


def _tidy_cell(cell: str) -> str:
    if cell.isascii() and cell.isprintable() and "  " not in cell and cell == cell.strip():
        return cell  # nearly all cells; the rest is for the others
    return " ".join(unicodedata.normalize("NFC", cell).split())


def differing(root: Path, texts: dict[str, str]) -> list[str]:
    """The files whose text is not that of the layout, and those that should not exist."""
    changed = [f for f, t in texts.items() if not (root / f).exists() or (root / f).read_bytes() != t.encode()]
    return sorted(changed + _left_over(root, texts))


def rewrite(root: Path, texts: dict[str, str]) -> list[str]:
    """Write the files that differ, each whole or not at all, and delete emptied ones; returns their names."""
    changed = differing(root, texts)
    for file in changed:
        target = root / file
        if file not in texts:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".csv.part")
        part.write_text(texts[file], encoding="utf-8", newline="")
        part.replace(target)
    return changed


def _left_over(root: Path, texts: dict[str, str]) -> list[str]:
    names = {f.split("/")[0].removesuffix(".csv") for f in texts}
    found = {p.relative_to(root).as_posix() for name in names for p in table_files(root, name)}
    return sorted(found - set(texts))
