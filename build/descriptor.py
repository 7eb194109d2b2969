"""``datapackage.json``: what users and machines are told of the files, all of it from the models."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casting import arrow_type, key_columns
from ttp_timeline.models import MODELS, table_metadata

ROOT = Path(__file__).resolve().parent.parent
TITLE = "Timeline of Pakistan's conflict and talks with the Tehreek-e-Taliban Pakistan, 2001 to the present"
_TYPES = {"string": "string", "int32": "integer", "double": "number", "bool": "boolean", "date32[day]": "date"}
MEDIA_TYPES = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
_LICENCES = [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0 International"}]


def version() -> str:
    """The one version string, that of ``pyproject.toml``."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return str(tomllib.load(stream)["project"]["version"])


def write_descriptor(parquet: Path, folder: Path, file_format: str = "parquet") -> None:
    """Write ``datapackage.json`` beside the files in ``folder``, which hold what those in ``parquet`` hold."""
    last_read = last_published(parquet)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ttp-timeline",
        "title": TITLE,
        "version": version(),
        "last_read": last_read.isoformat() if last_read else "",
        "licenses": _LICENCES,
        "resources": [_resource(name, parquet, folder, file_format) for name in sorted(MODELS)],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="")


def last_published(parquet: Path) -> date | None:
    """The day on which the newest page was published."""
    days = pq.read_table(parquet / "sources.parquet", columns=["published_date"])["published_date"]
    newest: date | None = pc.max(days).as_py()
    return newest


def check_descriptor(folder: Path) -> None:
    """Compare ``datapackage.json`` with the Parquet files beside it; RuntimeError names the file that it describes wrongly.

    The files are read anew: columns, their order and types, rows, bytes and checksum.
    """
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"] for resource in package["resources"]}
    found = {path.name for path in folder.glob("*.parquet")}
    if described != found:
        raise RuntimeError(f"datapackage.json and the folder differ in {', '.join(sorted(described ^ found))}")
    for resource in package["resources"]:
        file = folder / resource["path"]
        facts = _contents(file) | {
            "rowcount": pq.read_metadata(file).num_rows,
            "schema": [(f.name, _field_type(f.type)) for f in pq.read_schema(file)],
        }
        said = resource | {"schema": [(f["name"], f["type"]) for f in resource["schema"]["fields"]]}
        for key, fact in facts.items():
            if said[key] != fact:
                raise RuntimeError(f"datapackage.json says {key} {said[key]} of {resource['path']}, which has {fact}")


def _contents(file: Path) -> dict[str, Any]:
    """The size and the checksum of a file."""
    with file.open("rb") as stream:
        return {"bytes": file.stat().st_size, "hash": f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"}


def _field_type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return "list" if pa.types.is_list(kind) else _TYPES[str(kind)]


def _resource(name: str, parquet: Path, folder: Path, file_format: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": table_metadata(name)["title"],
        "description": " ".join((MODELS[name].__doc__ or "").split()),
        "path": f"{name}.{file_format}",
        "format": file_format,
        "mediatype": MEDIA_TYPES[file_format],
        **_contents(folder / f"{name}.{file_format}"),
        "rowcount": pq.read_metadata(parquet / f"{name}.parquet").num_rows,
        "schema": {"fields": fields(name), "primaryKey": key_columns(name), "foreignKeys": foreign_keys(name)},
    }


def fields(name: str) -> list[dict[str, Any]]:
    """The columns of a table as Data Package fields, with our unit, codes and origin beside them."""
    found = []
    for column_name, column in MODELS[name].to_schema().columns.items():
        metadata = column.metadata or {}
        kind = arrow_type(column)
        field: dict[str, Any] = {
            "name": column_name,
            "type": _field_type(kind),
            "title": column.title,
            "description": column.description,
            "origin": metadata["origin"],
        }
        field |= {k: metadata[k] for k in ("unit", "example", "refers_to", "known_by") if k in metadata}
        if field["type"] == "list":
            field |= {"delimiter": ";", "itemType": "string"}
        if "codes" in metadata:
            field["codes"] = {str(k): v for k, v in metadata["codes"].items()}
        if not column.nullable:
            field["constraints"] = {"required": True}
        found.append(field)
    return found


def foreign_keys(name: str) -> list[dict[str, Any]]:
    """The references of a table as Data Package foreign keys; lists of ids are left to the checks."""
    keys = []
    for field in fields(name):
        if field["type"] != "list" and "refers_to" in field:
            table, column = field["refers_to"].split(".")
            reference = {"resource": "" if table == name else table, "fields": [column]}
            keys.append({"fields": [field["name"]], "reference": reference})
    return keys
