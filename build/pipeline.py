"""The whole way: read, check, derive, write, describe; outputs appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
from filelock import FileLock

from checking import Checked, check_all
from codebook_page import write_codebook
from descriptor import check_descriptor, write_descriptor
from parquet_files import write_checked
from problems import exit_status
from ttp_timeline.derived import DERIVED
from ttp_timeline.models import MODELS

ROOT = Path(__file__).resolve().parent.parent
CURATED = ROOT / "datasets" / "curated"
DATA = ROOT / "datasets" / "ttp_timeline" / "data"


def build(curated: Path = CURATED, data: Path = DATA, progress: Callable[[str], None] = lambda _: None) -> Checked:
    """Check ``curated`` and, if it has no errors, replace ``data`` with fresh Parquet; the last good build stays otherwise."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(data.with_name(f".{data.name}.lock")):
        recover(data)
        progress("checking")
        checked = check_all(curated)
        if exit_status(checked.problems) == 1:
            return checked
        staging = Path(tempfile.mkdtemp(prefix=f".{data.name}-", dir=data.parent))
        try:
            _write(checked.tables, staging, progress)
            swap(staging, data)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return checked


def _write(tables: dict[str, pa.Table], staging: Path, progress: Callable[[str], None]) -> None:
    """Write all tables and what is told of them; takes each out of ``tables``, so that it is held only once."""
    published: dict[str, pa.Table] = {}

    def write(name: str) -> pa.Table:
        return write_checked(name, tables.pop(name), staging / f"{name}.parquet")

    curated = [name for name in MODELS if name not in DERIVED]
    with ThreadPoolExecutor(2) as pool:
        for name, table in zip(curated, pool.map(write, curated), strict=True):
            progress(f"wrote {name}")
            published[name] = table
    for name, compute in DERIVED.items():
        progress(f"deriving {name}")
        published[name] = write_checked(name, compute(published), staging / f"{name}.parquet")
    write_descriptor(published, staging)
    check_descriptor(staging)
    write_codebook(published, staging)


def swap(staging: Path, data: Path) -> None:
    """Put a finished folder in place of the old one; a reader finds one or the other (see `recover`)."""
    staging.chmod(0o755)
    previous = data.with_name(f"{data.name}.previous")
    if data.exists():
        data.rename(previous)
    staging.rename(data)
    shutil.rmtree(previous, ignore_errors=True)


def recover(data: Path) -> None:
    """Clear up after a build that was killed: the last good build comes back, unfinished folders go."""
    previous = data.with_name(f"{data.name}.previous")
    if previous.exists() and not data.exists():
        previous.rename(data)
    shutil.rmtree(previous, ignore_errors=True)
    for unfinished in data.parent.glob(f".{data.name}-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
