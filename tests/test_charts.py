"""Charts: they draw what the frames say, of any filtered frame, save offline, and refuse in one sentence what they cannot draw."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ttp_timeline as ttp
from ttp_timeline import charts
from ttp_timeline.outlines import outlines

CHARTS: dict[str, Callable[..., Any]] = {name: getattr(charts, name) for name in charts.__all__ if name != "save"}


def data_of(chart: Any, name: str) -> list[dict[str, Any]]:
    """The rows of a chart's data of that name, wherever it stands."""

    def search(part: Any) -> Any:
        if isinstance(part, dict):
            if isinstance(part.get("data"), dict) and part["data"].get("name") == name:
                return part["data"]["values"]
            part = list(part.values())
        if isinstance(part, list):
            return next((found for found in map(search, part) if found is not None), None)
        return None

    rows: list[dict[str, Any]] = search(chart.to_dict())
    return rows


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("suffix", [".png", ".svg", ".html"])
def test_every_chart_is_saved_whole_and_offline(name: str, suffix: str, tmp_path: Path) -> None:
    saved = charts.save(CHARTS[name](), tmp_path / f"chart{suffix}")
    assert [f.name for f in tmp_path.iterdir()] == [saved.name]
    begin = {".png": b"\x89PNG", ".svg": b"<svg", ".html": b"<!DOCTYPE html>"}[suffix]
    content = saved.read_bytes()
    assert content.lstrip().startswith(begin)
    assert len(content) > 10_000
    if suffix == ".html":
        assert not re.search(rb"<script[^>]+src=", content)
        assert b"vegaEmbed" in content


def test_other_suffixes_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ttp.BadArgumentError, match=r"\.html, \.png, \.svg"):
        charts.save(charts.calendar(), tmp_path / "chart.gif")
    with pytest.raises(ttp.BadArgumentError, match="no folder"):
        charts.save(charts.calendar(), tmp_path / "none" / "chart.svg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", CHARTS)
def test_frames_that_cannot_be_drawn_are_refused(name: str) -> None:
    with pytest.raises(ttp.BadArgumentError, match="not found"):
        CHARTS[name](pd.DataFrame({"x": [1]}))
    with pytest.raises(ttp.BadArgumentError, match="not found"):
        CHARTS[name]("events")
    table = {"map": "timeline", "tree": "relations", "truce_windows": "truce_windows", "calendar": "days"}.get(
        name, "events"
    )
    with pytest.raises(ttp.BadArgumentError, match="no rows"):
        CHARTS[name](ttp.load(table).iloc[:0])  # type: ignore[call-overload]


def test_unknown_choices_name_the_known_ones() -> None:
    for wrong in (lambda: charts.truce_windows(measure="deaths"), lambda: charts.calendar(measure="deaths")):
        with pytest.raises(ttp.UnknownNameError, match="killed_best"):
            wrong()
    with pytest.raises(ttp.UnknownNameError, match="then"):
        charts.map(when="later")  # type: ignore[arg-type]


def test_tolls_show_each_report_of_the_deadliest() -> None:
    events = ttp.load("events", filters=[("start_date", ">=", "2014-12-16"), ("start_date", "<=", "2014-12-16")])
    chart = charts.tolls(events)
    bars, dots = data_of(chart, "tolls"), data_of(chart, "toll_reports")
    school = next(b for b in bars if b["event_id"] == "2014-12-16-army-public-school-attack")
    row = events.set_index("event_id").loc[school["event_id"]]
    assert [school[c] for c in ("killed_low", "killed_best", "killed_high")] == [
        row[c] for c in ("killed_low", "killed_best", "killed_high")
    ]
    told = ttp.evidence(school["event_id"])["killed"].dropna().tolist()
    assert sorted(d["killed"] for d in dots if d["event_id"] == school["event_id"]) == sorted(told)


def test_lanes_hold_every_dated_interval_and_mark_what_is_uncertain() -> None:
    rows = pd.DataFrame(data_of(charts.lanes(), "intervals"))
    truces = ttp.load("truces")
    dated = truces[truces["scope"].isin(["national", "local"]) & truces["in_effect_date"].notna()]
    drawn = rows[rows["lane"].str.endswith("truces")]
    assert sorted(drawn["label"]) == sorted(dated["truce_id"])
    unknown = dated[dated["ended_date"].isna() & dated["announced_end_date"].isna()]["truce_id"]
    assert set(drawn.loc[drawn["certainty"] == "end not known", "label"]) == set(unknown)
    for _, same_row in rows.groupby("row"):
        ends = same_row.sort_values("start")
        assert (ends["start"].iloc[1:].to_numpy() > ends["end"].iloc[:-1].to_numpy()).all()
    months = pd.DataFrame(data_of(charts.lanes(), "months"))
    violence = ttp.load(
        "events", filters=[("event_class", "==", "violence"), ("date_precision", "<=", 4), ("is_lasting", "==", False)]
    )
    assert months["killed"].sum() == violence["killed_best"].sum()


def test_windows_are_rates() -> None:
    rows = data_of(charts.truce_windows(measure="killed_best"), "windows")
    assert len(rows) == len(ttp.load("truce_windows"))
    assert all(abs(r["a_day"] - r["killed_best"] / r["day_count"]) < 0.001 for r in rows)


def test_the_map_then_draws_the_tribal_areas() -> None:
    assert data_of(charts.map(when="then"), "tribal_areas")[0]["properties"]["name"] == "PK-TA"
    assert data_of(charts.map(), "tribal_areas") is None
    assert data_of(charts.map(districts=False), "districts") is None
    points = data_of(charts.map(), "points")
    placed = ttp.load("timeline", filters=[("country_code", "in", ["PK", "AF"])])
    assert {p["event_id"] for p in points} == set(placed.loc[placed["latitude"].notna(), "event_id"])
    rough = {p["event_id"] for p in points if p["placed"].startswith("somewhere")}
    assert rough == {p["event_id"] for p in points if not p["where_precision"] or p["where_precision"] > 2}


def test_the_tree_draws_every_dated_relation_of_its_types() -> None:
    relations = ttp.load("relations", filters=[("relation_type", "in", ["split_from", "merged_into"])])
    drawn = data_of(charts.tree(relations), "relations")
    assert len(drawn) == (relations["start_date"] >= "2001").sum()
    assert {d["relation_type"] for d in drawn} == {"split_from", "merged_into"}


def test_the_calendar_has_each_day_once_in_its_week() -> None:
    days = ttp.load("days", filters=[("date", ">=", "2004-01-01"), ("date", "<=", "2021-12-31")])
    rows = pd.DataFrame(data_of(charts.calendar(days), "days"))
    assert len(rows) == len(days)
    assert not rows.duplicated(["year", "week", "weekday"]).any()


def test_outlines_are_geojson_with_clockwise_outer_rings() -> None:
    shapely = pytest.importorskip("shapely")
    for level, least in (("province", 42), ("district", 135)):
        shapes = outlines(level)
        assert len(shapes) >= least
        for name, geometry in shapes.items():
            shape = shapely.geometry.shape(json.loads(json.dumps(geometry)))
            parts = getattr(shape, "geoms", [shape])
            assert all(not part.exterior.is_ccw for part in parts), name
