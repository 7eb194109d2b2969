"""The package as its users meet it, on the data of this checkout."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ttp_timeline as ttp
from ttp_timeline import catalog
from ttp_timeline.cli import main
from ttp_timeline.models import MODELS
from ttp_timeline.table_names import TableName

TABLES: list[TableName] = list(ttp.tables().index)  # type: ignore[arg-type]


def test_every_model_is_published() -> None:
    assert set(TABLES) == set(MODELS)


@pytest.mark.parametrize("name", TABLES)
def test_engines_agree(name: TableName) -> None:
    frame, table, polars = ttp.load(name), ttp.load(name, engine="pyarrow"), ttp.load(name, engine="polars")
    assert list(frame.columns) == table.column_names == polars.columns == list(ttp.describe(name).index)
    assert len(frame) == table.num_rows == len(polars) == ttp.tables().loc[name, "rows"]
    assert isinstance(frame.index, pd.RangeIndex)
    assert polars.equals(pl.DataFrame(pl.from_arrow(table)))


@pytest.mark.parametrize("name", TABLES)
def test_types_are_real(name: TableName) -> None:
    frame, schema = ttp.load(name), ttp.load(name, engine="pyarrow").schema
    for column in frame:
        kind = schema.field(column).type
        expected = {"int32": "Int32", "bool": "boolean", "date32[day]": "datetime64[ms]", "double": "float64"}
        if str(kind) in expected:
            assert str(frame[column].dtype) == expected[str(kind)], column
        elif pa.types.is_dictionary(kind):
            assert isinstance(frame[column].dtype, pd.CategoricalDtype), column


@pytest.mark.parametrize("name", TABLES)
def test_plain_readers_read_the_file(name: TableName) -> None:
    rows = ttp.tables().loc[name, "rows"]
    assert len(pd.read_parquet(ttp.path(name))) == rows
    assert duckdb.sql(f"SELECT count(*) FROM '{ttp.path(name)}'").fetchall() == [(rows,)]
    assert len(pl.read_parquet(ttp.path(name))) == rows


def test_plain_pandas_keeps_nullable_integers() -> None:
    assert str(pd.read_parquet(ttp.path("events"))["killed_best"].dtype) == "Int32"


def test_columns_and_filters_are_pushed_down_and_take_dates_as_text() -> None:
    found = ttp.load(
        "events",
        columns=["event_id", "start_date"],
        filters=[("start_date", ">=", "2022-01-01"), ("start_date", "<", "2023-01-01")],
    )
    assert list(found.columns) == ["event_id", "start_date"]
    assert set(found["start_date"].dt.year) == {2022}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: ttp.load("event"), ["no table 'event'", "events"]),
        (lambda: ttp.load("events", columns=["titel"]), ["'titel'", "title"]),
        (lambda: ttp.load("events", columns="title"), ["list of names"]),
        (lambda: ttp.load("events", as_of="20 May 2022"), ["2022-05-20", "'20 May 2022'"]),
        (lambda: ttp.load("events", filters=[("killed", ">", 3)]), ["'killed'", "killed_best"]),
        (lambda: ttp.load("events", filters=[("start_date", ">", "May")]), ["start_date", "'May'"]),
        (lambda: ttp.load("events", engine="spark"), ["'spark'", "pandas"]),
        (lambda: ttp.evidence("2014-12-16-army-public-schol-attack"), ["2014-12-16-army-public-school-attack"]),
        (lambda: ttp.describe("evnts"), ["events"]),
        (lambda: ttp.cite("apa"), ["bibtex"]),
    ],
)
def test_mistakes_are_answered_in_one_line(call: object, words: list[str]) -> None:
    with pytest.raises(ttp.TtpTimelineError) as caught:
        call()  # type: ignore[operator]
    message = str(caught.value)
    assert "\n" not in message
    assert all(word in message for word in words), message


@pytest.mark.parametrize("day", ["2001-01-01", "2014-12-16", "2022-05-20", "2030-01-01"])
@pytest.mark.parametrize("name", TABLES)
def test_as_of_shows_nothing_published_later(name: TableName, day: str) -> None:
    then, now = ttp.load(name, as_of=day), ttp.load(name)
    assert list(then.columns) == list(now.columns)
    assert len(then) <= len(now)
    for column in [c for c in then if c.endswith("known_date")]:
        assert not (then[column] > pd.Timestamp(day)).any()


def test_as_of_the_far_future_is_the_present_but_for_pages_without_a_day() -> None:
    undated = set(ttp.load("reports").query("known_date.isna()")["event_id"])
    then, now = (ttp.load("events", as_of=day).set_index("event_id") for day in ("2100-01-01", None))
    settled = [event for event in then.index if event not in undated]
    assert len(settled) > len(now) / 2
    pd.testing.assert_frame_equal(then.loc[settled], now.loc[settled])


def test_a_toll_grows_as_reports_come_in() -> None:
    event = "2014-12-16-army-public-school-attack"
    now = ttp.load("events").set_index("event_id").loc[event]
    first = ttp.load("reports").query("event_id == @event")["known_date"].min()
    then = ttp.load("events", as_of=first.date()).set_index("event_id").loc[event]
    assert then["report_count"] < now["report_count"]
    assert then["killed_high"] <= now["killed_high"]


def test_evidence_names_speakers_and_addresses() -> None:
    found = ttp.evidence("2014-12-16-army-public-school-attack")
    assert len(found) >= 2
    assert found["speaker"].notna().all()
    assert found["origin"].nunique() >= 2
    assert found["url"].str.startswith("http").all()


@pytest.fixture
def copied_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(catalog.folder(), tmp_path / "data"))
    monkeypatch.setattr(catalog, "_HERE", str(tmp_path))
    return folder


def test_verify_names_a_changed_file(copied_data: Path) -> None:
    ttp.verify()
    content = bytearray((copied_data / "truces.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (copied_data / "truces.parquet").write_bytes(content)
    with pytest.raises(ttp.DataFileError, match=r"truces\.parquet.*python build"):
        ttp.verify()


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"not parquet at all"])
def test_a_damaged_file_is_named_with_what_mends_it(copied_data: Path, damage: bytes) -> None:
    (copied_data / "events.parquet").write_bytes(damage)
    for call in (lambda: ttp.load("events"), lambda: ttp.load("events", columns=["title"])):
        with pytest.raises(ttp.DataFileError, match=r"events\.parquet is damaged; mend it with `python build`"):
            call()


def test_a_missing_file_is_named(copied_data: Path) -> None:
    (copied_data / "events.parquet").unlink()
    with pytest.raises(ttp.DataFileError, match=r"events\.parquet is missing"):
        ttp.load("events")
    with pytest.raises(ttp.DataFileError, match=r"events\.parquet"):
        ttp.verify()


def test_descriptor_tells_the_truth() -> None:
    for entry in catalog.descriptor()["resources"]:
        content = (Path(catalog.folder()) / entry["path"]).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        table = pa.parquet.read_table(pa.BufferReader(content)) if hasattr(pa, "parquet") else None
        assert table is None or [f["name"] for f in entry["schema"]["fields"]] == table.column_names


def test_load_imports_neither_pandera_nor_for_arrow_pandas() -> None:
    program = (
        "import sys, ttp_timeline as t; assert not {'pandas', 'pyarrow'} & set(sys.modules), 'import is heavy';"
        "t.load('events', engine='pyarrow'); assert 'pandas' not in sys.modules, 'pandas for arrow';"
        "t.load('events'); t.load('events', as_of='2022-05-20'); assert 'pandera' not in sys.modules, 'pandera'"
    )
    environment = {"PYTHONPATH": str(Path(ttp.__file__).parent.parent), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


@pytest.mark.parametrize(
    "arguments",
    [["tables"], ["describe", "truces"], ["show", "2014-12-16-army-public-school-attack"], ["show", "2014-12-16-army-public-school-attack", "--as-of", "2014-12-17"],
     ["verify"], ["cite"], ["cite", "--style", "bibtex"], ["export", "truces"]],
)  # fmt: skip
def test_command(arguments: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(arguments) == 0
    assert len(capfdbinary.readouterr().out) > 20


def test_command_prints_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "2014-12-16-army-public-school-attack", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"speaker", "says", "url"} <= set(rows[0])


def test_command_tells_errors_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "2014-12-16-army-public-schol-attack"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "2014-12-16-army-public-school-attack" in error


@pytest.mark.parametrize("file_format", ["csv", "csv-excel", "jsonl", "parquet"])
def test_export_writes_every_row(tmp_path: Path, file_format: str) -> None:
    target = tmp_path / f"truces.{file_format}"
    assert main(["export", "truces", "--format", file_format, "--output", str(target)]) == 0
    read = {"jsonl": lambda p: pd.read_json(p, lines=True), "parquet": pd.read_parquet}.get(file_format, pd.read_csv)
    assert list(read(target)["truce_id"]) == list(ttp.load("truces")["truce_id"])


def test_copy_gives_files_that_stand_alone(tmp_path: Path) -> None:
    assert main(["copy", str(tmp_path / "out")]) == 0
    assert len(pd.read_parquet(tmp_path / "out" / "events.parquet")) == len(ttp.load("events"))
    assert main(["copy", str(tmp_path / "out")]) == 1


def test_truce_windows_count_the_events_of_their_days() -> None:
    events = ttp.load("events", filters=[("event_class", "==", "violence"), ("date_precision", "<=", 2)])
    truces = ttp.load("truces").set_index("truce_id")
    windows = ttp.load("truce_windows")
    assert set(windows["window"]) == {"before", "during", "after"}
    for row in windows.itertuples():
        inside = events[events["start_date"].between(row.start_date, row.end_date)]
        assert (row.violent_event_count, row.killed_best) == (len(inside), inside["killed_best"].sum())
        truce = truces.loc[row.truce_id]
        assert truce["scope"] == "national"
        if row.window == "during":
            assert row.start_date == truce["in_effect_date"]
        assert row.day_count == (row.end_date - row.start_date).days + 1


def test_an_extension_shares_its_days_with_the_truce_that_it_extends() -> None:
    windows = ttp.load("truce_windows").set_index(["truce_id", "window"])
    after = windows.loc[("truce-may-15-2022", "after")]
    assert after["other_truce_day_count"] == after["day_count"] == 30


def test_a_day_offers_the_events_of_that_day() -> None:
    with pytest.raises(ttp.UnknownNameError, match=r"did you mean .*2022-06-02-ttp-confirms-truce"):
        ttp.evidence("2022-06-02")
