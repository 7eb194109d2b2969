"""UCDP's Georeferenced Event Dataset (GED) and Candidate Events: what its columns mean here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis

from ttp_timeline.corpus.files import BLOCK, csv_rows
from ttp_timeline.corpus.schema import ARROW, SCHEMA
from ttp_timeline.errors import BadArgumentError

if TYPE_CHECKING:
    import ibis.expr.types as ir

PROVIDER = "ucdp"
EXPECTED = "UCDP GED or Candidate Events, version 17.1 or newer"
#: our column -> the column of GED; provider and version are not columns there
COLUMNS = {
    "corpus_id": "id",
    "start_date": "date_start",
    "end_date": "date_end",
    "date_precision": "date_prec",
    "latitude": "latitude",
    "longitude": "longitude",
    "where_precision": "where_prec",
    "place_name": "where_coordinates",
    "district_name": "adm_2",
    "country": "country",
    "side_a_id": "side_a_new_id",
    "side_a": "side_a",
    "side_b_id": "side_b_new_id",
    "side_b": "side_b",
    "killed_low": "low",
    "killed_best": "best",
    "killed_high": "high",
}
RANGES = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0), "date_precision": (1, 5), "where_precision": (1, 7)}
#: UCDP's names of districts -> those of the table places, once "district", "agency" and frontier regions are taken off
DISTRICTS = {"Bolan": "Kachhi"}
_KIND = r" (district|Distrcit|agency)$"
_FRONTIER = r"^FR ([A-Za-z ]+?)( - .*)?$"


def rows(path: Path, version: str | None) -> Iterator[dict[str, list[object]]]:
    """Blocks of columns of the corpus schema from a CSV file; raises BadArgumentError at the first cell that cannot be meant."""
    lines = csv_rows(path)
    places = _places(next(lines), path)
    version = version or version_of(path)
    block: dict[str, list[object]] = {name: [] for name in SCHEMA}
    for number, cells in enumerate(lines, 1):
        for name, place in places.items():
            block[name].append(_value(name, cells[place].strip(), path, number))
        block["provider"].append(PROVIDER)
        block["version"].append(version)
        if number % BLOCK == 0:
            yield block
            block = {name: [] for name in SCHEMA}
    if block["provider"]:
        yield block


def of_parquet(table: ir.Table, path: Path, version: str | None) -> ir.Table:
    """GED saved as Parquet under its own column names, or a corpus that was saved in our shape, as an expression."""
    if {*SCHEMA} <= {*table.columns}:
        return table.select(*SCHEMA)
    _places(list(table.columns), path)
    types = {field.name: ibis.dtype(field.type) for field in ARROW}
    columns: dict[str, Any] = {
        "provider": ibis.literal(PROVIDER),
        "version": ibis.literal(version or version_of(path), type="string"),
    }
    for name, theirs in COLUMNS.items():
        column = table[theirs]
        if name in ("start_date", "end_date") and column.type().is_string():
            column = column.substr(0, 10)
        columns[name] = column.cast(types[name])
    district = columns["district_name"].re_replace(_KIND, "").re_replace(_FRONTIER, r"\1")
    columns["district_name"] = district.cases(*DISTRICTS.items(), else_=district)
    for name in ("killed_low", "killed_best", "killed_high", "date_precision", "where_precision"):
        columns[name] = (columns[name] >= 0).ifelse(columns[name], ibis.null(types[name]))
    return table.select(**{name: columns[name] for name in SCHEMA})


def version_of(path: Path) -> str | None:
    """The version that a file name tells: GEDEvent_v24_1.csv, ged221-csv.zip, GEDEvent_v25_0_3.csv."""
    told = re.search(r"v(\d\d)[_.](\d{1,2})(?:[_.](\d{1,2}))?", path.name) or re.search(
        r"ged-?(\d\d)[._]?(\d)(?!\d)", path.name
    )
    return ".".join(part for part in told.groups() if part) if told else None


def _places(header: list[str], path: Path) -> dict[str, int]:
    """Our column -> its place in the header; raises BadArgumentError for one that is missing or there twice."""
    names = [name.strip().lower() for name in header]
    missing = [theirs for theirs in COLUMNS.values() if theirs not in names]
    if missing:
        older = " (it has 'best_est', as versions before 17.1 had)" if "best_est" in names else ""
        raise BadArgumentError(f"{path} has no column {missing[0]!r}{older}; expected {EXPECTED}")
    twice = [theirs for theirs in COLUMNS.values() if names.count(theirs) > 1]
    if twice:
        raise BadArgumentError(
            f"{path} has {names.count(twice[0])} columns named {twice[0]!r}; expected one, as in {EXPECTED}"
        )
    return {name: names.index(theirs) for name, theirs in COLUMNS.items()}


def _value(name: str, text: str, path: Path, number: int) -> object:
    """A cell as a value of its column; empty and, where a number cannot be negative, -1 mean that it is not known."""
    if not text:
        if SCHEMA[name].required:
            raise BadArgumentError(
                f"{path}, row {number}: column {COLUMNS[name]!r} is empty, where {EXPECTED} has a value"
            )
        return None
    try:
        value = _PARSERS[str(SCHEMA[name].type)](text)
    except ValueError:
        kind = {"date32[day]": "a day such as 2014-12-16", "int32": "a whole number"}.get(
            str(SCHEMA[name].type), "a number"
        )
        raise BadArgumentError(
            f"{path}, row {number}: column {COLUMNS[name]!r} holds {text[:40]!r}, where {EXPECTED} has {kind}"
        ) from None
    if name == "district_name":
        return _district(text)
    if str(SCHEMA[name].type) == "int32" and value == -1:
        return None
    low, high = RANGES.get(name, (0, 10_000_000) if str(SCHEMA[name].type) == "int32" else (None, None))
    if low is not None and not low <= value <= high:
        raise BadArgumentError(
            f"{path}, row {number}: column {COLUMNS[name]!r} holds {text}, where {EXPECTED} has {low} to {high}"
        )
    return value


def _district(text: str) -> str:
    name = re.sub(_FRONTIER, r"\1", re.sub(_KIND, "", text))
    return DISTRICTS.get(name, name)


def _day(text: str) -> date:
    if not re.match(r"\d{4}-\d\d-\d\d($|[ T]00:00)", text):
        raise ValueError(text)
    return date.fromisoformat(text[:10])


_PARSERS: dict[str, Callable[[str], Any]] = {"string": str, "date32[day]": _day, "int32": int, "double": float}
