"""The one layout of curated files: sorted rows, each in the file of its year, LF, quotes only where needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from casting import each_distinct, key_columns
from curated import RawTable, table_files
from ttp_timeline.models import table_metadata

UNDATED = "undated"
_YEAR = re.compile(r"[0-9]{4}")


def expected_file(name: str, tables: dict[str, pa.Table]) -> pa.Array:
    """The file, below ``datasets/curated``, in which each row of a table belongs."""
    split_by = table_metadata(name).get("split_by")
    table = tables[name]
    if not split_by:
        return pa.repeat(f"{name}.csv", table.num_rows)
    dates = table[split_by]
    if split_by == "event_id":
        events = tables["events"]
        dates = events["date_edtf"].take(pc.index_in(dates, value_set=events["event_id"].combine_chunks()))
    return each_distinct(pc.fill_null(dates, ""), lambda edtf: f"{name}/{_year(edtf)}.csv", pa.string())


def _year(edtf: str) -> str:
    match = _YEAR.match(edtf)
    return match[0] if match else UNDATED


def formatted_files(raw: dict[str, RawTable]) -> Iterator[tuple[str, str]]:
    """Path below ``datasets/curated`` and text in the one layout, for every table that has rows or a file; see `tidied`."""
    tables = {name: table.cells for name, table in raw.items()}
    for name, table in tables.items():
        keys = {key: pc.fill_null(table[key], "") for key in key_columns(name)}
        files = expected_file(name, tables)
        order = pa.table({"": files} | keys)
        table = table.select(raw[name].columns).take(
            pc.sort_indices(order, [(c, "ascending") for c in order.column_names])
        )
        counts = sorted((v["values"], v["counts"]) for v in pc.value_counts(files).to_pylist())
        if not counts and not table_metadata(name).get("split_by"):
            counts = [(f"{name}.csv", 0)]
        begun = 0
        for file, count in counts:
            yield file, to_csv(table.slice(begun, count))
            begun += count


def tidied(table: RawTable) -> RawTable:
    """The table with composed characters and single blanks in every cell."""
    cells = table.cells
    for at, column in enumerate(table.columns):
        texts = cells[column].combine_chunks()
        doubtful = pc.fill_null(pc.match_substring_regex(texts, "[^ -~]|^ | $|  "), False)
        if pc.any(doubtful).as_py():
            better = pa.array([_tidy_cell(text) or None for text in texts.filter(doubtful).to_pylist()], pa.string())
            cells = cells.set_column(at, column, pc.replace_with_mask(texts, doubtful, better))
    return RawTable(table.name, cells)


def _tidy_cell(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def to_csv(texts: pa.Table) -> str:
    """A table of texts as CSV: LF, a cell quoted only where it must be."""
    cells = [_quoted(texts[column].combine_chunks()) for column in texts.column_names]
    rows = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="").to_pylist()
    return "\n".join([",".join(texts.column_names), *rows, ""])


def _quoted(cells: pa.Array) -> pa.Array:
    needed = pc.fill_null(pc.or_(pc.match_substring(cells, ","), pc.match_substring(cells, '"')), False)
    if not pc.any(needed).as_py():
        return cells
    doubled = pc.replace_substring(cells.filter(needed), '"', '""')
    return pc.replace_with_mask(cells, needed, pc.binary_join_element_wise('"', doubled, '"', ""))


def differing(root: Path, texts: Iterable[tuple[str, str]]) -> list[str]:
    """The files whose text is not that of the layout, and those that should not exist."""
    expected, changed = set(), []
    for file, text in texts:
        expected.add(file)
        if not _holds(root / file, text):
            changed.append(file)
    return sorted(changed + _left_over(root, expected))


def rewrite(root: Path, texts: Iterable[tuple[str, str]]) -> list[str]:
    """Write the files that differ, each whole or not at all, and delete emptied ones; returns their names."""
    expected, changed = set(), []
    for file, text in texts:
        expected.add(file)
        target = root / file
        if _holds(target, text):
            continue
        changed.append(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".csv.part")
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(target)
    emptied = _left_over(root, expected)
    for file in emptied:
        (root / file).unlink()
    return sorted(changed + emptied)


def _holds(file: Path, text: str) -> bool:
    return file.exists() and file.read_bytes() == text.encode()


def _left_over(root: Path, expected: set[str]) -> list[str]:
    names = {f.split("/")[0].removesuffix(".csv") for f in expected}
    found = {p.relative_to(root).as_posix() for name in names for p in table_files(root, name)}
    return sorted(found - expected)
