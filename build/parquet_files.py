"""Arrow tables to Parquet files: the imposed schema, sorted rows, and a reading back before a file counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from casting import arrow_type, key_columns
from ttp_timeline.models import MODELS

#: groups small enough that a reader of one year skips the others, and no more than a reader likes to look through
ROWS_PER_GROUP, MOST_GROUPS = 2048, 64

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


def publishable(name: str, table: pa.Table) -> pa.Table:
    """The table as it is published: its model's columns and types, rows sorted by date where it has one, then by key."""
    columns = list(MODELS[name].to_schema().columns)
    lead = [c for c in ("start_date", "date") if c in columns and name in ("events", "timeline", "days")]
    order = [(c, "ascending") for c in [*lead, *key_columns(name)]]
    return table.select(columns).sort_by(order).cast(arrow_schema(name)).combine_chunks()


def write_checked(name: str, table: pa.Table, path: Path) -> pa.Table:
    """Write one table, read it back and validate it against its model; returns the published table."""
    published = publishable(name, table)
    pq.write_table(
        published,
        path,
        compression="zstd",
        compression_level=6,
        write_statistics=True,
        write_page_checksum=True,
        version="2.6",
        row_group_size=max(ROWS_PER_GROUP, -(-published.num_rows // MOST_GROUPS)),
    )
    _validate(name, pq.read_table(path), published)
    return published


def _validate(name: str, read: pa.Table, written: pa.Table) -> None:
    if not read.cast(written.schema).equals(written):  # older pyarrow names the items of lists otherwise
        raise RuntimeError(f"{name}.parquet reads back otherwise than it was written: the disk or pyarrow is at fault")
    plain = read.cast(pa.schema([(n, arrow_type(c)) for n, c in MODELS[name].to_schema().columns.items()]))
    try:
        MODELS[name].validate(plain.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.head(5).to_string(index=False)
        raise RuntimeError(f"{name}.parquet breaks its model after it was written:\n{cases}") from None
