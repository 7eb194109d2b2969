"""Write tables for other tools; a file appears whole or not at all, and none is replaced unasked."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ttp_timeline.catalog import folder, table_names
from ttp_timeline.errors import BadArgumentError, UnknownNameError
from ttp_timeline.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    Writer = Callable[[Mapping[str, pa.Table], Path], None]

ALL = "all"


@dataclass(frozen=True)
class Format:
    """A format: what it is, the module of its writer, and what it asks of a table."""

    title: str
    module: str
    needs: tuple[str, ...] = ()
    holds_all: bool = False
    is_text: bool = True


FORMATS = {
    "csv": Format("comma-separated text, lists joined by semicolons", "tabular"),
    "csv-excel": Format("comma-separated text for spreadsheets, no cell of which runs as a formula", "tabular"),
    "jsonl": Format("one JSON object a line", "tabular"),
    "parquet": Format("Apache Parquet", "tabular", is_text=False),
    "stata": Format("Stata 14 or newer (.dta)", "tabular", is_text=False),
    "sqlite": Format("SQLite database, with keys; one table or all", "databases", holds_all=True, is_text=False),
    "duckdb": Format("DuckDB database; one table or all", "databases", holds_all=True, is_text=False),
    "geojson": Format("points as GeoJSON (RFC 7946)", "maps", needs=("latitude", "longitude")),
    "kml": Format("points for Google Earth, with their time", "maps", needs=("latitude", "longitude")),
    "ics": Format("calendar (RFC 5545)", "calendars", needs=("start_date", "title"), is_text=False),
    "timelinejs": Format("JSON for Knight Lab's TimelineJS", "calendars", needs=("start_date", "title")),
    "bibtex": Format("references", "references", needs=("source_id", "url")),
}


def export(
    table: str, file_format: str, *, output: str | None = None, as_of: str | None = None, force: bool = False
) -> None:
    """Write a table (for databases also "all") in one of the FORMATS to ``output``, or text to standard output.

    Raises UnknownNameError (table, format) and BadArgumentError: ``output`` exists and ``force`` is false, or the
    table lacks what the format needs.
    """
    if file_format not in FORMATS:
        raise UnknownNameError("format", file_format, FORMATS)
    chosen = FORMATS[file_format]
    if table == ALL and not chosen.holds_all:
        raise BadArgumentError(f"a {file_format} file holds one table; sqlite and duckdb hold all")
    if output is None and not chosen.is_text:
        raise BadArgumentError(f"{file_format} is not text: give --output FILE")
    names = table_names() if table == ALL else [table]
    data = {name: load(name, as_of=as_of, engine="pyarrow") for name in names}  # type: ignore[call-overload]
    if table != ALL and not {*chosen.needs} <= {*data[table].column_names}:
        suited = [n for n in table_names() if {*chosen.needs} <= {*load(n, engine="pyarrow").column_names}]  # type: ignore[call-overload]
        raise BadArgumentError(
            f"{file_format} needs the columns {', '.join(chosen.needs)}: tables {', '.join(suited)} have them, {table} has not"
        )
    _whole(data, writer(file_format), output, force)


def writer(file_format: str) -> Writer:
    """The function that writes tables by name to a file that does not exist yet."""
    module = import_module(f"ttp_timeline.exports.{FORMATS[file_format].module}")
    found: Writer = getattr(module, f"write_{file_format.replace('-', '_')}")
    return found


def _whole(data: Mapping[str, pa.Table], write: Writer, output: str | None, force: bool) -> None:
    """Write beside the target and put it in place in one step; without a target, to standard output."""
    from tempfile import TemporaryDirectory

    target = Path(output) if output is not None else None
    if target is not None:
        if target.exists() and not force:
            raise BadArgumentError(f"{target} exists; give --force to replace it")
        if not target.parent.is_dir():
            raise BadArgumentError(f"there is no folder {target.parent}")
    with TemporaryDirectory(dir=target.parent if target else None, prefix=".ttp-timeline-") as scratch:
        part = Path(scratch) / (target.name if target else "part")
        write(data, part)
        if target is None:
            sys.stdout.buffer.write(part.read_bytes())
        else:
            os.replace(part, target)


def copy(target: str, *, force: bool = False) -> int:
    """Copy all Parquet files with their description and codebook to a folder; returns how many files."""
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
