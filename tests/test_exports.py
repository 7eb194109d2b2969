"""Every export format, opened by a reader of that format that is not ours."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import duckdb
import geopandas
import icalendar
import pandas as pd
import pyarrow as pa
import pybtex.database
import pyreadstat
import pytest

import ttp_timeline as ttp
from ttp_timeline.cli import main
from ttp_timeline.exports import FORMATS, writer
from ttp_timeline.loading import load


def exported(folder: Path, table: str, file_format: str, *more: str) -> Path:
    target = folder / f"{table}.{file_format}"
    assert main(["export", table, "--format", file_format, "--output", str(target), *more]) == 0
    return target


@pytest.mark.parametrize("file_format", sorted(FORMATS))
def test_an_existing_file_asks_for_force(tmp_path: Path, file_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    table = "sources" if file_format == "bibtex" else "timeline"
    target = exported(tmp_path, table, file_format)
    first = target.read_bytes()
    assert main(["export", table, "--format", file_format, "--output", str(target)]) == 1
    assert "--force" in capsys.readouterr().err
    exported(tmp_path, table, file_format, "--force")
    if file_format != "duckdb":  # its header holds a random identifier
        assert target.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("table", ttp.tables().index)
def test_stata_has_every_row_of_every_table(tmp_path: Path, table: str) -> None:
    if ttp.load(table).empty:
        pytest.skip(f"{table} has no rows, and Stata holds no empty table")
    frame, described = pyreadstat.read_dta(exported(tmp_path, table, "stata"), apply_value_formats=True)
    published = ttp.load(table)
    assert list(frame.columns) == list(published.columns)
    assert len(frame) == len(published)
    key = published.columns[0]
    if not isinstance(published[key].dtype, pd.CategoricalDtype) and table != "days":
        assert list(frame[key]) == list(published[key])
    assert all(described.column_labels)


def test_stata_keeps_numbers_codes_and_days(tmp_path: Path) -> None:
    frame, _ = pyreadstat.read_dta(exported(tmp_path, "timeline", "stata"), apply_value_formats=True)
    published = ttp.load("timeline")
    assert frame["killed_best"].astype("Int32").tolist() == published["killed_best"].tolist()
    assert list(pd.to_datetime(frame["start_date"])) == list(published["start_date"])
    assert list(frame["event_type"].astype(str)) == list(published["event_type"].astype(str))


def test_sqlite_holds_all_tables_with_keys_that_hold(tmp_path: Path) -> None:
    with sqlite3.connect(exported(tmp_path, "all", "sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, rows in ttp.tables()["rows"].items():
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (rows,)
        killed = connection.execute(
            "SELECT sum(killed_best) FROM events JOIN places USING (place_id) WHERE start_date >= '2014-01-01' AND country_code = 'PK'"
        ).fetchone()[0]
        perpetrators = connection.execute(
            "SELECT count(*) FROM timeline, json_each(perpetrator_ids) WHERE json_each.value = 'ttp'"
        ).fetchone()[0]
    t = ttp.load("timeline")
    assert killed == t[(t["start_date"] >= "2014-01-01") & (t["country_code"] == "PK")]["killed_best"].sum()
    assert perpetrators == t["perpetrator_ids"].map(lambda ids: "ttp" in ids).sum()


def test_duckdb_holds_all_tables_with_types_and_comments(tmp_path: Path) -> None:
    with duckdb.connect(str(exported(tmp_path, "all", "duckdb")), read_only=True) as connection:
        for table, rows in ttp.tables()["rows"].items():
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (rows,)
        days = connection.execute("SELECT min(start_date), max(start_date) FROM events").fetchone()
        bare = connection.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        ).fetchone()
    events = ttp.load("events")
    assert days == (events["start_date"].min().date(), events["start_date"].max().date())
    assert bare == (0,)


@pytest.mark.parametrize("file_format", ["geojson", "kml"])
def test_maps_hold_every_row_that_has_a_point(tmp_path: Path, file_format: str) -> None:
    frame = geopandas.read_file(exported(tmp_path, "timeline", file_format))
    placed = ttp.load("timeline").dropna(subset=["latitude", "longitude"])
    assert len(frame) == len(placed)
    assert frame.geometry.x.tolist() == pytest.approx(placed["longitude"].tolist())
    assert frame.geometry.y.tolist() == pytest.approx(placed["latitude"].tolist())
    assert frame.crs.to_epsg() == 4326


def test_calendar_holds_every_dated_row(tmp_path: Path) -> None:
    calendar = icalendar.Calendar.from_ical(exported(tmp_path, "timeline", "ics").read_bytes())
    entries = calendar.walk("VEVENT")
    published = ttp.load("timeline")
    assert [str(e["SUMMARY"]) for e in entries] == published["title"].tolist()
    assert [e.decoded("DTSTART") for e in entries] == [d.date() for d in published["start_date"]]
    assert len({str(e["UID"]) for e in entries}) == len(entries)


def test_timelinejs_has_what_its_reader_needs(tmp_path: Path) -> None:
    page = json.loads(exported(tmp_path, "timeline", "timelinejs").read_text(encoding="utf-8"))
    assert len(page["events"]) == len(ttp.load("timeline"))
    assert all(e["start_date"]["year"] and e["text"]["headline"] and e["unique_id"] for e in page["events"])


def test_bibtex_holds_every_page(tmp_path: Path) -> None:
    found = pybtex.database.parse_file(exported(tmp_path, "sources", "bibtex"), bib_format="bibtex")
    published = ttp.load("sources").set_index("source_id")
    assert set(found.entries) == set(published.index)
    for key, entry in list(found.entries.items())[:200]:
        assert entry.fields.get("url", "") == (published.loc[key, "url"] if pd.notna(published.loc[key, "url"]) else "")


def test_text_that_a_spreadsheet_would_run_is_shielded(tmp_path: Path) -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", None]
    target = tmp_path / "hostile.csv"
    writer("csv-excel")({"hostile": pa.table({"text": hostile, "number": [-1, 2, 3, 4, 5, 6, 7]})}, target)
    read = pd.read_csv(target, encoding="utf-8-sig", keep_default_na=False)
    assert [t[:1] for t in read["text"]] == ["'"] * 5 + ["p", ""]
    assert read["number"][0] == -1


def test_hostile_text_stays_text_where_it_is_shown_as_markup(tmp_path: Path) -> None:
    row = load("timeline", engine="pyarrow").slice(0, 1).to_pylist()[0]
    row |= {"title": "<script>alert(1)</script> & more", "summary": None, "latitude": 34.0, "longitude": 71.0}
    data = {"timeline": pa.Table.from_pylist([row])}
    for file_format in ("kml", "timelinejs"):
        writer(file_format)(data, tmp_path / file_format)
        assert "<script" not in (tmp_path / file_format).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["all", "--format", "csv"], "one table"),
        (["truces", "--format", "sqlite"], "--output"),
        (["talks", "--format", "geojson", "--output", "x"], "places, timeline"),
        (["talks", "--format", "exel"], "csv-excel"),
        (["talks", "--format", "csv", "--output", "nowhere/x.csv"], "no folder"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == 1
    error = capsys.readouterr().err
    assert expected in error
    assert error.count("\n") == 1


def test_as_of_reaches_the_file(tmp_path: Path) -> None:
    target = exported(tmp_path, "events", "parquet", "--as-of", "2014-12-31")
    assert len(pd.read_parquet(target)) == len(ttp.load("events", as_of="2014-12-31"))
