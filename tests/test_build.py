"""The build: the same bytes twice, whole or not at all, and the last good build stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from descriptor import write_descriptor
from parquet_files import ROWS_PER_GROUP_BY_DATE, arrow_schema
from pipeline import CURATED, build, recover
from problems import Problem, exit_status
from ttp_timeline.models import MODELS

BUILD = Path(__file__).parent.parent / "build"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_the_curated_data_is_clean(curated_check: list[Problem]) -> None:
    assert [str(p) for p in curated_check] == []


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert exit_status(build(CURATED, tmp_path / name / "data")) == 0
    assert contents(tmp_path / "one" / "data") == contents(tmp_path / "two" / "data")
    assert {p.name for p in (tmp_path / "one").iterdir()} <= {"data", ".data.lock"}


def test_tables_read_in_parts_and_held_in_files_come_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(CURATED, tmp_path / "one" / "data")
    for small, value in {"intake.PART": 10_000, "store.HELD": 500, "derive.EVENTS_AT_ONCE": 700}.items():
        monkeypatch.setattr(small, value)
    assert [str(p) for p in build(CURATED, tmp_path / "two" / "data")] == []
    assert contents(tmp_path / "one" / "data") == contents(tmp_path / "two" / "data")


def test_a_scratch_disk_without_room_is_told_as_such(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tiny, tmp_path / "data")
    before = contents(tmp_path / "data")

    def refuse(*_: object) -> None:
        raise duckdb.IOException("could not write: no space left on device")

    monkeypatch.setattr("store.Store.add", refuse)
    with pytest.raises(OSError, match=r"no room for the tables: .*no space left"):
        build(tiny, tmp_path / "data")
    assert contents(tmp_path / "data") == before


def test_the_order_of_curated_rows_does_not_matter(tiny: Path, tmp_path: Path) -> None:
    build(tiny, tmp_path / "one" / "data")
    for path in tiny.rglob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([header, *reversed(rows)]), encoding="utf-8")
    build(tiny, tmp_path / "two" / "data")
    assert contents(tmp_path / "one" / "data") == contents(tmp_path / "two" / "data")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_written_schema_is_the_models(name: str, tiny: Path, tmp_path: Path) -> None:
    build(tiny, tmp_path / "data")
    schema = pq.read_schema(tmp_path / "data" / f"{name}.parquet")
    expected = tmp_path / "expected.parquet"  # older pyarrow gives dictionaries back with wider indices
    pq.write_table(arrow_schema(name).empty_table(), expected)
    assert schema.equals(pq.read_schema(expected))
    for field in schema:
        assert field.metadata[b"title"]
        assert field.metadata[b"description"]


def test_errors_leave_the_last_good_build(tiny: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    build(tiny, data)
    before = contents(data)
    events = tiny / "events" / "2010.csv"
    events.write_text(events.read_text().replace("suicide_bombing", "explosion"))
    assert exit_status(build(tiny, data)) == 1
    assert contents(data) == before


def test_a_kill_between_the_two_renames_is_mended(tiny: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    build(tiny, data)
    before = contents(data)
    data.rename(tmp_path / "data.previous")
    (tmp_path / ".data-unfinished").mkdir()
    recover(data)
    assert contents(data) == before
    assert not (tmp_path / ".data-unfinished").exists()


def test_content_does_not_hang_on_the_clock_or_the_folder(tiny: Path, tmp_path: Path) -> None:
    build(tiny, tmp_path / "data")
    for name in MODELS:
        metadata = pq.read_metadata(tmp_path / "data" / f"{name}.parquet")
        assert metadata.num_row_groups == max(1, -(-metadata.num_rows // ROWS_PER_GROUP_BY_DATE))
        assert str(tmp_path).encode() not in (tmp_path / "data" / f"{name}.parquet").read_bytes()
        assert isinstance(metadata.schema.to_arrow_schema(), pa.Schema)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda p: p["resources"][0].update(rowcount=7), "rowcount 7 of actors.parquet"),
        (lambda p: p["resources"][0]["schema"]["fields"].reverse(), "schema"),
        (lambda p: p["resources"][0]["schema"]["fields"][0].update(type="date"), "schema"),
        (lambda p: p["resources"].pop(), "differ in waivers.parquet"),
    ],
)
def test_a_descriptor_that_disagrees_with_its_file_fails_the_build(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any], named: str
) -> None:
    build(tiny, tmp_path / "data")
    before = contents(tmp_path / "data")

    def describe_wrongly(parquet: Path, folder: Path) -> None:
        write_descriptor(parquet, folder)
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        change(package)
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    monkeypatch.setattr("pipeline.write_descriptor", describe_wrongly)
    with pytest.raises(RuntimeError, match=named):
        build(tiny, tmp_path / "data")
    assert contents(tmp_path / "data") == before
