"""Arrow tables to Parquet files: the imposed schema, sorted rows, and a reading back before a file counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casting import arrow_type, key_columns
from derive import rules_of
from store import Store, quoted
from ttp_timeline.models import MODELS

#: groups of tables in the order of time are so small that a reader of one year skips the others; of no table are there more
#: than a reader likes to look through
ROWS_PER_GROUP, ROWS_PER_GROUP_BY_DATE, MOST_GROUPS = 8192, 2048, 64
#: tables in the order of time, and their column of the day
BY_DATE = {"events": "start_date", "timeline": "start_date", "days": "date"}
#: how hard zstd tries: what everyone downloads shall be small; of a table of so many rows it would take most of the build
LEVEL, LEVEL_OF_LARGE, LARGE = 12, 3, 200_000
VALIDATED_AT_ONCE = 100_000

#: what plain ``pandas.read_parquet`` shall make of a type that it would otherwise turn into float or object
_PANDAS_TYPES = {"int32": "Int32", "bool": "boolean"}


def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table, from its model: types, and title, description and unit in the field metadata."""
    fields = []
    for column_name, column in MODELS[name].to_schema().columns.items():
        metadata = {"title": column.title, "description": column.description}
        metadata |= {k: v for k, v in (column.metadata or {}).items() if k in ("unit", "known_by", "refers_to")}
        kind = arrow_type(column)
        if "codes" in (column.metadata or {}) and pa.types.is_string(kind):
            kind = pa.dictionary(pa.int16(), pa.string())
        fields.append(pa.field(column_name, kind, nullable=column.nullable, metadata=metadata))
    description = " ".join((MODELS[name].__doc__ or "").split())
    return pa.schema(fields, metadata={"title": name, "description": description, "pandas": _pandas_block(fields)})


def _pandas_block(fields: list[pa.Field]) -> str:
    columns: list[dict[str, Any]] = [
        {
            "name": f.name,
            "field_name": f.name,
            "pandas_type": str(f.type),
            "numpy_type": _PANDAS_TYPES[str(f.type)],
            "metadata": None,
        }
        for f in fields
        if str(f.type) in _PANDAS_TYPES
    ]
    return json.dumps(
        {"index_columns": [], "column_indexes": [], "columns": columns, "creator": {}, "pandas_version": "1.0"}
    )


def write_checked(name: str, store: Store, path: Path) -> None:
    """Write one table of the store, sorted, and read it back: it holds the same rows and keeps to its model."""
    schema, used = arrow_schema(name), _codes_in_use(name, store)
    least = ROWS_PER_GROUP_BY_DATE if name in BY_DATE else ROWS_PER_GROUP
    rows = max(least, -(-store.count(name) // MOST_GROUPS))
    level = LEVEL if store.count(name) <= LARGE else LEVEL_OF_LARGE
    options = {"compression": "zstd", "compression_level": level, "write_page_checksum": True, "version": "2.6"}
    with pq.ParquetWriter(path, schema, **options) as writer:
        for part in store.stream(_published(name), rows):
            writer.write_table(_coded(part, used).cast(schema).combine_chunks(), row_group_size=rows)
    _compare(name, store, path)
    _validate(name, path)


def _published(name: str) -> str:
    """The query of a table's rows in the order of publication: by date where it has one, then by key."""
    columns = list(MODELS[name].to_schema().columns)
    order = dict.fromkeys([BY_DATE.get(name, key_columns(name)[0]), *key_columns(name)])
    return f'SELECT {quoted(columns)} FROM "{name}" ORDER BY {quoted(order)}'


def _codes_in_use(name: str, store: Store) -> dict[str, pa.Array]:
    """The codes of each column of codes that a table uses, in the order of the codebook."""
    described = MODELS[name].to_schema().columns
    coded = {c: d.metadata["codes"] for c, d in described.items() if "codes" in (d.metadata or {})}
    coded = {c: codes for c, codes in coded.items() if pa.types.is_string(arrow_type(described[c]))}
    if not coded:
        return {}
    lists = ", ".join(f"list(DISTINCT {quoted([column])})" for column in coded)
    (found,) = store.rows(f'SELECT {lists} FROM "{name}"')
    used = zip(coded.items(), found, strict=True)
    return {c: pa.array([code for code in codes if code in (held or ())], pa.string()) for (c, codes), held in used}


def _coded(rows: pa.Table, used: dict[str, pa.Array]) -> pa.Table:
    """The rows with their codes as one dictionary for all parts of a table: readers cannot join several."""
    for column, codes in used.items():
        places = pc.index_in(rows[column].combine_chunks(), value_set=codes).cast(pa.int16())
        values = pa.DictionaryArray.from_arrays(places, codes)
        rows = rows.set_column(rows.column_names.index(column), column, values)
    return rows


def _compare(name: str, store: Store, path: Path) -> None:
    """RuntimeError if DuckDB reads other rows from the file than the store holds."""
    columns = quoted(MODELS[name].to_schema().columns)
    sums = f"SELECT count(*), bit_xor(hash({columns})) FROM"
    if store.rows(f'{sums} "{name}"') != store.rows(
        f"{sums} read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"
    ):
        raise RuntimeError(f"{name}.parquet reads back otherwise than it was written: the disk or pyarrow is at fault")


def _validate(name: str, path: Path) -> None:
    """RuntimeError if the computed columns of a file break its model; the typed ones were validated cell by cell before."""
    schema = MODELS[name].to_schema()
    columns = list(rules_of(name))
    chosen = schema.select_columns(columns)
    types = pa.schema([(column, arrow_type(schema.columns[column])) for column in columns])
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(VALIDATED_AT_ONCE, columns=columns) if columns else ():
            plain = pa.Table.from_batches([batch]).cast(types)
            try:
                chosen.validate(plain.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
            except pandera.errors.SchemaErrors as errors:
                cases = errors.failure_cases.head(5).to_string(index=False)
                raise RuntimeError(f"{name}.parquet breaks its model after it was written:\n{cases}") from None
