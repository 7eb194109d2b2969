"""``croissant.json`` (MLCommons Croissant 1.0) and ``dataset.jsonld`` (schema.org), from the models."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from casting import key_columns
from descriptor import MEDIA_TYPES, TITLE, fields, version
from ttp_timeline.models import MODELS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DESCRIPTION = (
    "Talks, truces, accords, releases, groups, leaders, violence, statements and published figures in one schema; "
    "every row rests on pages that were read, with who said what, and can be asked what was known on a given day."
)
_DATA_TYPES = {
    "string": "sc:Text",
    "list": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def write_croissant(published: dict[str, pa.Table], folder: Path) -> None:
    """Write ``croissant.json`` beside the Parquet files: a file object and a record set for every table."""
    page = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_about(published),
        "distribution": [_file(name, folder) for name in sorted(published)],
        "recordSet": [_record_set(name) for name in sorted(published)],
    }
    _write(page, folder / "croissant.json")


def write_dataset_page(published: dict[str, pa.Table], folder: Path) -> None:
    """Write ``dataset.jsonld``: what search engines read of a data set."""
    days = published["events"]["start_date"].to_pylist()
    page = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_about(published),
        "isAccessibleForFree": True,
        "temporalCoverage": f"{min(days)}/{max(days)}",
        "spatialCoverage": {"@type": "Place", "name": "Pakistan and eastern Afghanistan"},
        "variableMeasured": [" ".join((MODELS[name].__doc__ or "").split()) for name in sorted(published)],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{n}.parquet", "encodingFormat": MEDIA_TYPES["parquet"]}
            for n in sorted(published)
        ],
    }
    _write(page, folder / "dataset.jsonld")


def _about(published: dict[str, pa.Table]) -> dict[str, Any]:
    newest = max(d for d in published["sources"]["published_date"].to_pylist() if d)
    author = {"@type": "Organization", "name": "ttp-timeline contributors"}
    return {
        "name": "ttp-timeline",
        "alternateName": TITLE,
        "description": f"{TITLE}. {DESCRIPTION}",
        "license": LICENCE,
        "version": version(),
        "creator": author,
        "citeAs": f"ttp-timeline contributors ({newest.year}). {TITLE}, version {version()}.",
        "datePublished": newest.isoformat(),
        "keywords": ["Pakistan", "Tehreek-e-Taliban Pakistan", "conflict", "ceasefire", "negotiation"],
    }


def _file(name: str, folder: Path) -> dict[str, Any]:
    content = (folder / f"{name}.parquet").read_bytes()
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.parquet",
        "name": f"{name}.parquet",
        "contentUrl": f"{name}.parquet",
        "contentSize": f"{len(content)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _record_set(name: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": " ".join((MODELS[name].__doc__ or "").split()),
        "key": [{"@id": f"{name}/{column}"} for column in key_columns(name)],
        "field": [_field(name, field) for field in fields(name)],
    }


def _field(table: str, field: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field["description"] or field["title"],
        "dataType": _DATA_TYPES[field["type"]],
        "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": field["name"]}},
    }
    if field["type"] == "list":
        found["repeated"] = True
    # no "references": mlcroissant joins what they name and drops the rows without a partner; datapackage.json has them
    return found


def _write(page: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(page, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")
