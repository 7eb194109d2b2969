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
        files = expected_file(name, tables)
        expected = sorted(pc.unique(files).to_pylist())
        if not expected and not table_metadata(name).get("split_by"):
            expected = [f"{name}.csv"]
        for file in expected:
            yield file, to_csv(_in_order(name, table.filter(pc.equal(files, file))))


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


def unlaid_files(raw: RawTable, files: list[str]) -> list[str]:
    """Of the files of a table from which ``raw`` was read, those that are not in the one layout, all as messages name them.

    That every row lies in the file of its year is for the rule ``year-file`` to say.
    """
    # with a character between the parts that is lower than all of theirs, texts have the order of the keys
    keys = [pc.fill_null(raw.cells[key], "") for key in key_columns(raw.name)]
    joined = pc.binary_join_element_wise(*keys, "\0").combine_chunks()
    begun, sizes = 0, {count["values"]: count["counts"] for count in pc.value_counts(raw.cells["_file"]).to_pylist()}
    unlaid = set(raw.irregular)
    for file, size in sizes.items():
        of_file = joined.slice(begun, size)
        begun += size
        if not pc.all(pc.less_equal(of_file[:-1], of_file[1:]), min_count=0).as_py():
            unlaid.add(file)
    if table_metadata(raw.name).get("split_by"):
        unlaid |= set(files) - sizes.keys()  # a year without rows has no file
    elif not files:
        unlaid.add(f"datasets/curated/{raw.name}.csv")
    return sorted(unlaid)


def _in_order(name: str, cells: pa.Table) -> pa.Table:
    """The curated cells, sorted by key."""
    keys = pa.table({key: pc.fill_null(cells[key], "") for key in key_columns(name)})
    order = pc.sort_indices(keys, [(key, "ascending") for key in keys.column_names])
    return cells.select(cells.column_names[:-2]).take(order)


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
