"""``datapackage.json``: what users and machines are told of the files, all of it from the models."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
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


def write_descriptor(published: dict[str, pa.Table], folder: Path, file_format: str = "parquet") -> None:
    """Write ``datapackage.json`` beside the Parquet or CSV files that it describes."""
    known = [d for d in published["sources"]["published_date"].to_pylist() if d]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ttp-timeline",
        "title": TITLE,
        "version": version(),
        "last_read": max(known).isoformat() if known else "",
        "licenses": _LICENCES,
        "resources": [_resource(name, published[name], folder, file_format) for name in sorted(published)],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="")


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
        content = (folder / resource["path"]).read_bytes()
        table = pq.read_table(folder / resource["path"])
        facts = {
            "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "rowcount": table.num_rows,
            "schema": [(f.name, _field_type(f.type)) for f in table.schema],
        }
        said = resource | {"schema": [(f["name"], f["type"]) for f in resource["schema"]["fields"]]}
        for key, fact in facts.items():
            if said[key] != fact:
                raise RuntimeError(f"datapackage.json says {key} {said[key]} of {resource['path']}, which has {fact}")


def _field_type(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return "list" if pa.types.is_list(kind) else _TYPES[str(kind)]


def _resource(name: str, table: pa.Table, folder: Path, file_format: str) -> dict[str, Any]:
    content = (folder / f"{name}.{file_format}").read_bytes()
    return {
        "name": name,
        "title": table_metadata(name)["title"],
        "description": " ".join((MODELS[name].__doc__ or "").split()),
        "path": f"{name}.{file_format}",
        "format": file_format,
        "mediatype": MEDIA_TYPES[file_format],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rowcount": table.num_rows,
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
