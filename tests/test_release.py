"""A release of this checkout, judged by the libraries that its readers use."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import duckdb
import frictionless
import geopandas
import mlcroissant
import pandas as pd
import pyarrow.parquet as pq
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import ttp_timeline as ttp
from ttp_timeline.models import MODELS

ROOT = Path(__file__).parent.parent


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build", *arguments], cwd=checkout, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def dist(checkout: Path) -> Path:
    done = run(checkout, "release")
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout / "dist"


def hashes(folder: Path) -> dict[str, str]:
    files = (f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_sums_name_every_file(dist: Path) -> None:
    lines = (dist / "SHA256SUMS").read_text().splitlines()
    found = hashes(dist)
    del found["SHA256SUMS"]
    assert dict(reversed(line.split("  ")) for line in lines) == found  # type: ignore[misc]


def test_names_of_data_files_hold_no_version(dist: Path) -> None:
    for table in MODELS:
        assert (dist / "parquet" / f"{table}.parquet").exists()
        assert (dist / "csv" / f"{table}.csv").exists()


def test_a_second_run_gives_the_same_bytes(checkout: Path, dist: Path) -> None:
    first = hashes(dist)
    assert run(checkout, "release").returncode == 0
    second = hashes(dist)
    differing = {name for name in first if first[name] != second.get(name)}
    # DuckDB writes a random identifier into the header of a database and does not repeat all bytes of its blocks
    assert differing <= {"ttp-timeline.duckdb", "SHA256SUMS"}
    assert first.keys() == second.keys()
    assert not list(checkout.glob(".dist-*"))


def test_ids_of_a_release_do_not_vanish(checkout: Path, dist: Path, tmp_path: Path) -> None:
    ledger = checkout / "datasets" / "curated" / "released.csv"
    assert "events,2014-12-16-army-public-school-attack,0.1.0\n" in ledger.read_text(encoding="utf-8")
    links = checkout / "datasets" / "curated" / "offices.csv"
    before = links.read_text(encoding="utf-8")
    head, first, *rest = before.splitlines(keepends=True)
    links.write_text(head + "".join(rest), encoding="utf-8", newline="")
    try:
        done = run(checkout, "check")
    finally:
        links.write_text(before, encoding="utf-8", newline="")
    assert done.returncode == 1
    assert f"{first.split(',')[0]} is no longer in offices" in done.stdout


def test_a_version_that_does_not_rise_is_refused(checkout: Path, dist: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(dist / "ttp-timeline-parquet.zip") as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            if name != "truces.parquet":
                target.writestr(name, source.read(name))
    before = hashes(dist)
    done = run(checkout, "release", "--previous", str(old))
    assert done.returncode == 1
    assert "version 0.1.0 must be 0.2.0 or higher" in done.stderr
    assert hashes(dist) == before


def test_csv_package_passes_frictionless_with_its_foreign_keys(dist: Path) -> None:
    report = frictionless.validate(dist / "csv" / "datapackage.json")
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((dist / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    assert sum(len(r["schema"]["foreignKeys"]) for r in package["resources"]) > 30


def test_frictionless_sees_a_descriptor_that_disagrees(dist: Path, tmp_path: Path) -> None:
    wrong = Path(shutil.copytree(dist / "csv", tmp_path / "csv"))
    events = (wrong / "events.csv").read_text(encoding="utf-8")
    (wrong / "events.csv").write_text(events.replace("quetta", "qeutta"), encoding="utf-8")
    assert not frictionless.validate(wrong / "datapackage.json").valid


def test_csv_twins_hold_what_the_parquet_files_hold(dist: Path) -> None:
    for table in MODELS:
        assert (
            len(pd.read_csv(dist / "csv" / f"{table}.csv"))
            == pq.read_metadata(dist / "parquet" / f"{table}.parquet").num_rows
        )


def test_croissant_is_without_issues_and_its_records_load(
    dist: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(dist / "parquet")
    with caplog.at_level(logging.WARNING):
        dataset = mlcroissant.Dataset("croissant.json")
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    for record_set in dataset.metadata.record_sets:
        rows = pq.read_metadata(f"{record_set.id}.parquet").num_rows
        assert sum(1 for _ in dataset.records(record_set.id)) == rows, record_set.id


def test_dataset_page_says_what_search_engines_ask(dist: Path) -> None:
    page = json.loads((dist / "parquet" / "dataset.jsonld").read_text(encoding="utf-8"))
    assert page["@type"] == "Dataset"
    assert 50 <= len(page["description"]) <= 5000  # the bounds of Google's data set search
    assert {"name", "license", "creator", "temporalCoverage", "distribution", "version"} <= page.keys()


@pytest.mark.parametrize("table", ["places", "timeline"])
def test_geoparquet_opens_where_maps_are_made(dist: Path, table: str) -> None:
    frame = geopandas.read_parquet(dist / "geo" / f"{table}.parquet")
    placed = frame[frame.geometry.notna()]
    assert len(frame) == len(ttp.load(table))  # type: ignore[call-overload]
    assert placed.geometry.x.tolist() == placed["longitude"].tolist()
    assert placed.geometry.y.tolist() == placed["latitude"].tolist()
    assert frame.crs.equals("OGC:CRS84")


def test_databases_hold_all_tables(dist: Path) -> None:
    with (
        sqlite3.connect(dist / "ttp-timeline.sqlite") as lite,
        duckdb.connect(str(dist / "ttp-timeline.duckdb"), read_only=True) as duck,
    ):
        for table in MODELS:
            rows = pq.read_metadata(dist / "parquet" / f"{table}.parquet").num_rows
            for connection in (lite, duck):
                assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (rows,)


def test_wheel_holds_the_package_and_its_data_only(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    info = {n.split("/")[-1] for n in names if ".dist-info/" in n}
    package = {n for n in names if n.startswith("ttp_timeline/")}
    assert len(package) + len(info) == len(names)
    assert info == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE", "LICENSE-DATA"}
    assert {n.rpartition(".")[2] for n in package} == {
        "py", "typed", "parquet", "json", "md", "geojson", "html", "js", "css",
    }  # fmt: skip
    assert wheel.stat().st_size < 2_000_000


def test_sdist_holds_what_a_build_needs_and_no_product(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [n.partition("/")[2] for n in archive.getnames()]
    tops = {n.split("/")[0] for n in names}
    assert tops <= {
        "README.md", "pyproject.toml", "datasets", "build", "tests", "PKG-INFO", ".gitignore",
        "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "LICENSE-DATA", "LICENSES", "REUSE.toml",
    }  # fmt: skip
    assert not [n for n in names if n.endswith((".parquet", ".pyc"))]


def test_sbom_is_valid_and_names_the_dependencies(dist: Path) -> None:
    text = (dist / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert {c["name"] for c in json.loads(text)["components"]} == {"pandas", "pyarrow"}


def test_verify_refuses_a_corrupt_download(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    file = tmp_path / "ttp_timeline" / "data" / "events.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "ttp_timeline.cli", "verify"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "events.parquet" in done.stderr


def command(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command of this environment, run on this checkout."""
    line = [str(Path(sys.executable).parent / name), *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)


def test_workflows_have_their_schema_and_pass_a_linter() -> None:
    files = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    assert len(files) == 2
    for done in (
        command("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files),
        command("zizmor", "--offline", "--persona=pedantic", *files),  # unpinned actions and wide permissions too
    ):
        assert done.returncode == 0, done.stdout + done.stderr


def test_licences_are_told_per_file() -> None:
    done = command("reuse", "lint")
    assert done.returncode == 0, done.stdout
