"""``python build release``: everything that is published of a version, in one folder that appears whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from casting import key_columns
from croissant import write_croissant, write_dataset_page
from curated import curated_columns
from descriptor import version, write_descriptor
from diffing import compare, version_of
from formatting import to_csv
from geoparquet import write_geoparquet
from pipeline import CURATED, DATA, ROOT, build, recover, swap
from problems import Problem, exit_status
from sbom import write_sbom
from ttp_timeline.exports import writer
from ttp_timeline.models import MODELS
from versions import required_version, satisfies

DIST = ROOT / "dist"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the least that a zip can hold; a clock would make every zip another


class ReleaseRefusedError(Exception):
    """The version does not fit what changed since the last release."""


def release(previous: Path | None, progress: Callable[[str], None] = lambda _: None) -> list[Problem]:
    """Make ``dist/`` of this checkout; returns the problems of the curated data, errors among which stop it.

    ``previous`` is the last release (its wheel, zip or folder): ReleaseRefusedError if the version did not rise enough.
    """
    record_released()
    problems = build(progress=progress)
    if exit_status(problems) == 1:
        return problems
    if previous is not None:
        old = version_of(previous)
        if not satisfies(old, version(), compare(previous, DATA).rises):
            wanted = required_version(old, compare(previous, DATA).rises)
            raise ReleaseRefusedError(
                f"version {version()} must be {wanted} or higher; see `python build diff {previous}`"
            )
    recover(DIST)
    staging = Path(tempfile.mkdtemp(prefix=".dist-", dir=ROOT))
    try:
        _fill(staging, progress)
        swap(staging, DIST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return problems


def record_released() -> None:
    """Enter the ids of this version in ``released.csv``: from then on a build refuses to lose them."""
    from curated import read_all

    raw, problems = read_all(CURATED)
    if problems:
        return  # the build that follows tells them
    ledger, held = CURATED / "released.csv", raw["released"].cells
    columns = curated_columns("released")
    rows = held.select(columns).to_pylist()
    known = {(row["table_name"], row["record_id"]) for row in rows}
    for name, table in raw.items():
        if _names_its_rows(name):
            ids = table.cells[key_columns(name)[0]].to_pylist()
            rows += [
                {"table_name": name, "record_id": record, "first_version": version()}
                for record in ids
                if (name, record) not in known
            ]
    rows.sort(key=lambda row: list(row.values()))
    part = ledger.with_suffix(".part")
    part.write_text(
        to_csv(pa.Table.from_pylist(rows, pa.schema([(c, pa.string()) for c in columns]))), encoding="utf-8", newline=""
    )
    part.replace(ledger)


def _names_its_rows(name: str) -> bool:
    """Whether the table's key is an id of its own, not the id of another table's row or a combination."""
    keys = key_columns(name)
    return len(keys) == 1 and "refers_to" not in (MODELS[name].to_schema().columns[keys[0]].metadata or {})


def _fill(staging: Path, progress: Callable[[str], None]) -> None:
    published = {name: pq.read_table(DATA / f"{name}.parquet") for name in sorted(MODELS)}
    progress("Parquet")
    parquet = Path(shutil.copytree(DATA, staging / "parquet"))
    write_croissant(published, parquet)
    write_dataset_page(published, parquet)
    progress("CSV")
    twins = staging / "csv"
    twins.mkdir()
    for name, table in published.items():
        writer("csv")({name: table}, twins / f"{name}.csv")
    write_descriptor(parquet, twins, "csv")
    progress("GeoParquet")
    (staging / "geo").mkdir()
    for name in ("places", "timeline"):
        write_geoparquet(published[name], staging / "geo" / f"{name}.parquet")
    progress("databases")
    writer("sqlite")(published, staging / "ttp-timeline.sqlite")
    writer("duckdb")(published, staging / "ttp-timeline.duckdb")
    progress("zip")
    _zip(parquet, staging / "ttp-timeline-parquet.zip")
    progress("wheel and sdist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(staging)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"hatchling failed:\n{done.stdout}{done.stderr}")
    write_sbom(staging / "sbom.cdx.json")
    sums = [
        f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.relative_to(staging).as_posix()}" for f in _files(staging)
    ]
    (staging / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8", newline="")


def _files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.rglob("*") if f.is_file())


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in _files(folder):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())
