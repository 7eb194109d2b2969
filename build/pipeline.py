"""The whole way: read, check, derive, write, describe; outputs appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock

from checking import checked
from codebook_page import write_codebook
from derive import fill
from descriptor import check_descriptor, write_descriptor
from parquet_files import write_checked
from problems import Problem, exit_status
from store import Store
from ttp_timeline.derived import DERIVED
from ttp_timeline.models import MODELS

ROOT = Path(__file__).resolve().parent.parent
CURATED = ROOT / "datasets" / "curated"
DATA = ROOT / "datasets" / "ttp_timeline" / "data"


def build(
    curated: Path = CURATED, data: Path = DATA, progress: Callable[[str], None] = lambda _: None
) -> list[Problem]:
    """Check ``curated`` and, if it has no errors, replace ``data`` with fresh Parquet; the last good build stays otherwise."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(data.with_name(f".{data.name}.lock")):
        recover(data)
        progress("checking")
        with _out_of_room(), checked(curated) as (store, problems):
            if exit_status(problems) == 1:
                return problems
            staging = Path(tempfile.mkdtemp(prefix=f".{data.name}-", dir=data.parent))
            try:
                _write(store, staging, progress)
                swap(staging, data)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    return problems


@contextmanager
def _out_of_room() -> Iterator[None]:
    """Turn what DuckDB says of a full disk or memory into an OSError, as Python says it."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OSError(f"no room for the tables: {error}") from error


def _write(store: Store, staging: Path, progress: Callable[[str], None]) -> None:
    """Write all tables and what is told of them."""

    def write(name: str) -> str:
        write_checked(name, store, staging / f"{name}.parquet")
        return name

    for name in DERIVED:
        progress(f"deriving {name}")
        fill(name, store)
    with ThreadPoolExecutor(2) as pool:
        for name in pool.map(write, MODELS):
            progress(f"wrote {name}")
    write_descriptor(staging, staging)
    check_descriptor(staging)
    write_codebook(staging)


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
