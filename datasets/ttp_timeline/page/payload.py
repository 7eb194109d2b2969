"""The data of the page: published tables and chart specifications as compressed JSON inside scripts.

A page opened from a file may not fetch other files, but may load scripts.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pyarrow.parquet as pq

from ttp_timeline.catalog import descriptor, path, resource
from ttp_timeline.derived import DERIVED
from ttp_timeline.loading import load
from ttp_timeline.toll_rule import FULLER_RANK, MEASURES, RANKS, SIDES

#: table -> columns that the overview needs before anything else is looked at
OVERVIEW = {
    "events": [
        "event_id", "date_edtf", "start_date", "end_date", "date_precision", "event_class", "event_type", "title", "summary",
        "place_id", "where_precision", "killed_low", "killed_best", "killed_high", "origin_count", "known_date", "is_lasting",
    ],
    "places": None, "actors": None, "people": None, "participants": None, "appearances": None,
}  # fmt: skip
#: provinces that are no places of events themselves
NO_PLACES = {"PK-IS": "Islamabad", "PK-GB": "Gilgit-Baltistan", "PK-JK": "Azad Jammu and Kashmir"}
#: data of charts that the page computes
FILLED_IN = {"intervals", "months", "points", "tolls", "toll_reports"}
#: tables that only the descriptor of the downloads speaks of
LEFT_OUT = {*DERIVED, "waivers", "retired"}


def payloads() -> dict[str, str]:
    """File name -> script text: ``data/overview.js`` for the first view, ``data/records.js`` for all else."""
    from ttp_timeline.charts.tolls import SPEAKERS

    names = [entry["name"] for entry in descriptor()["resources"]]
    rest = [name for name in names if name not in OVERVIEW and name not in LEFT_OUT]
    overview = {
        "version": descriptor()["version"],
        "tables": {name: _table(name, columns) for name, columns in OVERVIEW.items()},
        "lanes": _lanes(),
        "provinces": _provinces(),
        "kinds": {actor_type: kind for kind, types in SPEAKERS.items() for actor_type in types},
        "charts": {"map": _chart("map"), "tolls": _chart("tolls")},
    }
    records = {
        "tables": {name: _table(name, None) for name in rest},
        "gates": {name: _gates(name) for name in (*rest, *OVERVIEW)},
        "rule": {
            "ranks": RANKS,
            "fuller_rank": FULLER_RANK,
            "sides": SIDES,
            "measures": {n: {"title": m.title, "upper": m.upper, "ranking": m.ranking} for n, m in MEASURES.items()},
        },
        "charts": {name: _chart(name) for name in ("truce_windows", "tree", "calendar")},
        "codebook": {name: _codebook(name) for name in names},
        "files": [
            {k: entry[k] for k in ("name", "path", "bytes", "hash", "description")}
            for entry in descriptor()["resources"]
        ],
    }
    return {"data/overview.js": _script("overview", overview), "data/records.js": _script("records", records)}


def _script(name: str, content: dict[str, Any]) -> str:
    packed = gzip.compress(
        json.dumps(content, default=str, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0
    )
    return f'DATA.{name} = "{base64.b64encode(packed).decode()}";\n'


def _table(name: str, columns: list[str] | None) -> dict[str, Any]:
    table = load(name, columns=columns, engine="pyarrow")  # type: ignore[call-overload]
    return {"columns": table.column_names, "rows": [*zip(*(c.to_pylist() for c in table.columns), strict=True)]}


def _provinces() -> dict[str, str]:
    """Code -> name of the provinces that places lie in."""
    places = load("places", filters=[("place_type", "==", "province")], engine="pyarrow").to_pylist()
    named = {place["province_before_2018_code"]: place["place_name"] for place in places}
    return NO_PLACES | named


def _gates(name: str) -> dict[str, str]:
    """Column -> the column that says since when its cell is known."""
    fields = pq.read_schema(path(name))
    return {f.name: f.metadata[b"known_by"].decode() for f in fields if f.metadata and b"known_by" in f.metadata}


def _codebook(name: str) -> list[list[str]]:
    fields = resource(name)["schema"]["fields"]
    return [[f["name"], f["type"], f.get("description", "")] for f in fields]


def _chart(name: str) -> dict[str, Any]:
    from ttp_timeline import charts

    specification: dict[str, Any] = getattr(charts, name)().to_dict(context={"pre_transform": False})
    specification.pop("$schema", None)
    _without_rows(specification)
    return specification


def _without_rows(specification: Any) -> None:
    """Empty the data that the page fills in by itself, following filters and the day of knowledge."""
    if isinstance(specification, dict):
        data = specification.get("data")
        if isinstance(data, dict) and data.get("name") in FILLED_IN:
            specification["data"] = {"name": data["name"]}
        for part in specification.values():
            _without_rows(part)
    elif isinstance(specification, list):
        for part in specification:
            _without_rows(part)


def _lanes() -> dict[str, Any]:
    """The lanes; each interval with how it was thought to end before its end was known."""
    import pandas as pd

    from ttp_timeline.charts.intervals import EVENT_COLUMNS, intervals
    from ttp_timeline.charts.style import values

    events = load("events", columns=EVENT_COLUMNS)
    final = intervals(events)
    unended: dict[str, pd.DataFrame] = {}
    for name in ("truces", "processes", "agreements", "positions"):
        frame: pd.DataFrame = load(name)
        unended[name] = frame.assign(**{column: frame[column].iloc[:0].reindex(frame.index) for column in _gates(name)})
    before = intervals(events, **unended)  # the same rows in the same order
    dates = ["start", "end", "open_end"]
    final = final.assign(open_end=before["end"], open_until=before["until"], open_certainty=before["certainty"])
    rows = final.assign(**{c: final[c].map(pd.Timestamp.timestamp) * 1000 for c in dates})
    return {"chart": _chart("lanes"), "intervals": values(rows, "intervals").to_dict()["values"]}
