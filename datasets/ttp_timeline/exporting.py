"""Write tables for other tools; a file appears whole or not at all, and none is replaced unasked."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ttp_timeline.catalog import folder
from ttp_timeline.errors import BadArgumentError, UnknownNameError
from ttp_timeline.loading import load

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("csv", "jsonl", "parquet")


def export(
    table: Any, file_format: str, *, output: str | None = None, as_of: str | None = None, force: bool = False
) -> None:
    """Write a table as "csv", "jsonl" or "parquet" to ``output``, or to standard output.

    In CSV lists are joined by semicolons. Raises BadArgumentError if ``output`` exists and ``force`` is false.
    """
    if file_format not in FORMATS:
        raise UnknownNameError("format", file_format, FORMATS)
    data = load(table, as_of=as_of, engine="pyarrow")
    if output is None:
        _write(data, file_format, sys.stdout.buffer)
        return
    target = Path(output)
    if target.exists() and not force:
        raise BadArgumentError(f"{target} exists; give --force to replace it")
    if not target.parent.is_dir():
        raise BadArgumentError(f"there is no folder {target.parent}")
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            _write(data, file_format, stream)
        os.replace(part, target)
    except BaseException:
        os.unlink(part)
        raise


def _write(data: pa.Table, file_format: str, stream: IO[bytes]) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    if file_format == "parquet":
        pyarrow.parquet.write_table(data, stream, compression="zstd")
    elif file_format == "csv":
        pyarrow.csv.write_csv(_flat(data), stream)
    else:
        import json

        for row in data.to_pylist():
            stream.write((json.dumps(row, default=str, ensure_ascii=False) + "\n").encode())


def _flat(data: pa.Table) -> pa.Table:
    """Lists joined by semicolons, codes as text: what CSV can hold."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for index, field in enumerate(data.schema):
        if pa.types.is_list(field.type):
            data = data.set_column(index, field.name, pc.binary_join(data[field.name].combine_chunks(), ";"))
        elif pa.types.is_dictionary(field.type):
            data = data.set_column(index, field.name, data[field.name].cast(pa.string()))
    return data


def copy(target: str, *, force: bool = False) -> int:
    """Copy all Parquet files and ``datapackage.json`` to a folder; returns how many files."""
    import shutil

    files = sorted(Path(folder()).iterdir())
    destination = Path(target)
    existing = [f.name for f in files if (destination / f.name).exists()]
    if existing and not force:
        raise BadArgumentError(f"{destination} holds {existing[0]} already; give --force to replace it")
    destination.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, destination / file.name)
    return len(files)
