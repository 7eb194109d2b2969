"""Where the published files lie, what they hold, and whether they are as they were built."""

from __future__ import annotations

import os

from ttp_timeline.errors import DataFileError, UnknownNameError

TYPE_CHECKING = False  # as in `typing`, whose import would take longer than all the rest here
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_HERE = os.path.dirname(os.path.abspath(__file__))


def folder() -> str:
    """The folder of the Parquet files; while a build swaps folders, the last good one."""
    data = os.path.join(_HERE, "data")
    if not os.path.isdir(data) and os.path.isdir(f"{data}.previous"):
        return f"{data}.previous"
    return data


def table_names() -> list[str]:
    """The names of the published tables."""
    try:
        return sorted(f[:-8] for f in os.listdir(folder()) if f.endswith(".parquet"))
    except FileNotFoundError:
        return []


def path(table: str) -> Path:
    """The Parquet file of a table, for DuckDB, Polars, R, Spark and others.

    Raises UnknownNameError for a name that is no table, DataFileError if the file is missing.
    """
    from pathlib import Path

    file = Path(folder()) / f"{table}.parquet"
    if not file.exists():
        names = descriptor_names()
        if table in names:
            raise DataFileError(file, "is missing")
        raise UnknownNameError("table", table, names)
    return file


def descriptor() -> dict[str, Any]:
    """``datapackage.json``: tables, columns, sizes and checksums."""
    import json

    file = os.path.join(folder(), "datapackage.json")
    try:
        with open(file, encoding="utf-8") as stream:
            content: dict[str, Any] = json.load(stream)
            return content
    except FileNotFoundError:
        raise DataFileError(file, "is missing") from None
    except ValueError:
        raise DataFileError(file, "is damaged") from None


def descriptor_names() -> list[str]:
    """The names of the tables that the descriptor lists."""
    return [resource["name"] for resource in descriptor()["resources"]]


def resource(table: str) -> dict[str, Any]:
    """The descriptor's entry for a table; raises UnknownNameError."""
    resources = descriptor()["resources"]
    for entry in resources:
        if entry["name"] == table:
            found: dict[str, Any] = entry
            return found
    raise UnknownNameError("table", table, [r["name"] for r in resources])


def damaged() -> list[str]:
    """The files that are missing or differ from the checksum in ``datapackage.json``."""
    import hashlib

    wrong = []
    for entry in descriptor()["resources"]:
        file = os.path.join(folder(), entry["path"])
        try:
            with open(file, "rb") as stream:
                found = hashlib.sha256(stream.read()).hexdigest()
        except OSError:
            found = ""
        if f"sha256:{found}" != entry["hash"]:
            wrong.append(file)
    return wrong
