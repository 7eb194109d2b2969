"""One table as text, Parquet or Stata."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: a spreadsheet runs a cell that begins so (OWASP, "CSV injection")
_FORMULA = r"^[=+\-@\t\r]"


def write_csv(data: Mapping[str, pa.Table], path: Path) -> None:
    """UTF-8, lists joined by semicolons, an empty cell for what is not known."""
    pyarrow.csv.write_csv(flat(only(data)), path)


def write_csv_excel(data: Mapping[str, pa.Table], path: Path) -> None:
    """As csv, with a byte order mark for Excel and an apostrophe before text that would run as a formula."""
    table = flat(only(data))
    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            column = table[field.name]
            shielded = pc.binary_join_element_wise("'", column, "")
            runs = pc.fill_null(pc.match_substring_regex(column, _FORMULA), False)
            table = table.set_column(index, field.name, pc.if_else(runs, shielded, column))
    with path.open("wb") as stream:
        stream.write(b"\xef\xbb\xbf")
        pyarrow.csv.write_csv(table, stream)


def write_jsonl(data: Mapping[str, pa.Table], path: Path) -> None:
    """One object a line; days as ISO 8601 text, lists as arrays."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in only(data).to_pylist():
            stream.write(json.dumps(row, default=str, ensure_ascii=False) + "\n")


def write_parquet(data: Mapping[str, pa.Table], path: Path) -> None:
    """As published, compressed with zstd."""
    pyarrow.parquet.write_table(only(data), path, compression="zstd")


def write_stata(data: Mapping[str, pa.Table], path: Path) -> None:
    """Stata 14 or newer: codes as labelled values, days as %td, lists joined by semicolons; unknown text is empty."""
    from datetime import datetime

    import pandas as pd

    table = only(data)
    codes = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
    frame = flat(table).replace_schema_metadata(None).to_pandas(date_as_object=False)
    days = {c: "td" for c in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[c])}
    for column in frame.columns:
        if column in codes:
            frame[column] = frame[column].astype("category")
        elif pa.types.is_string(flat(table).schema.field(column).type):
            frame[column] = frame[column].fillna("").astype(object)
        elif pa.types.is_boolean(flat(table).schema.field(column).type):
            frame[column] = frame[column].astype("float32")
    labels = {f.name: (f.metadata or {}).get(b"title", b"").decode()[:80] for f in table.schema}
    lengths = frame.select_dtypes(object).map(len).max() if not frame.empty else {}
    long_text = [c for c, length in dict(lengths).items() if length > 2000]
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        convert_dates=days,
        convert_strl=long_text,
        variable_labels=labels,
        time_stamp=datetime(2001, 1, 1),  # the writer wants one; a clock would make every file another
    )


def only(data: Mapping[str, pa.Table]) -> pa.Table:
    """The one table of a format that holds one."""
    (table,) = data.values()
    return table


def flat(table: pa.Table) -> pa.Table:
    """Lists joined by semicolons, codes as text: what one cell can hold."""
    for index, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            table = table.set_column(index, field.name, pc.binary_join(table[field.name].combine_chunks(), ";"))
        elif pa.types.is_dictionary(field.type):
            table = table.set_column(index, field.name, table[field.name].cast(pa.string()))
    return table
