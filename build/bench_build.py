"""How fast the build is: beside DuckDB's bare copy of the same CSV files, and as the data grow."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from bench import Result, in_child, median_process, median_seconds, peak_memory
from bench_chart import seconds_by_rows
from casting import arrow_type, key_columns
from curated import curated_columns, is_curated, table_files
from pipeline import build
from problems import Problem, exit_status
from synthetic import grow
from ttp_timeline.models import MODELS

BUILD = Path(__file__).resolve().parent
CURATED = BUILD.parent / "datasets" / "curated"
#: synthetic events; each is six rows: the event, a participant, two reports, two sources
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def measure(progress: Callable[[str], None]) -> Iterator[Result]:
    """The real data in new processes, as a curator waits for them; synthetic data for growth and memory."""
    with TemporaryDirectory(prefix="ttp-timeline-bench-") as folder:
        target = Path(folder) / "data"
        programs = {
            "python build": f"from pathlib import Path; import pipeline; pipeline.build(data=Path({str(target)!r}))",
            "python build check": "import checking, pipeline; checking.check_all(pipeline.CURATED)",
            "import pandas, pandera": "import pandas, pandera.pandas",
            "DuckDB's bare copy": f"import bench_build; bench_build.bare_copy({str(CURATED)!r}, {folder!r})",
        }
        paths = f"import sys; sys.path[:0] = [{str(BUILD)!r}, {str(BUILD.parent / 'datasets')!r}]; "
        for what, program in programs.items():
            progress(what)
            yield Result("build", what, median_process([sys.executable, "-c", paths + program]))
        for events in SIZES:
            curated = Path(folder) / str(events)
            progress(f"{events:,} synthetic events")
            grow(CURATED, curated, events)
            for what in ("check and convert", *PEERS):
                progress(f"{what} of {events:,} events")
                found = in_child("bench_build", what, curated, Path(folder) / what.replace(" ", "-"))
                yield Result("build", what, found["seconds"], events, found["memory"])
            shutil.rmtree(curated)


def draw(results: list[Result], folder: Path) -> None:
    """``build.svg``: seconds by synthetic events."""
    grown = [r for r in results if r.rows]
    values = [{"panel": "check, derive, write", "line": r.what, "rows": r.rows, "seconds": r.seconds} for r in grown]
    seconds_by_rows(values, "Synthetic events, six rows each", folder / "build.svg")


def child(what: str, curated: str, target: str) -> dict[str, float]:
    """One measurement, in this process: seconds and MiB."""
    if what in PEERS:
        seconds = median_seconds(lambda: PEERS[what](curated, target))
    else:
        seconds = median_seconds(lambda: _built(build(Path(curated), Path(target))))
    return {"seconds": seconds, "memory": peak_memory()}


def _built(problems: list[Problem]) -> None:
    if exit_status(problems) == 1:
        raise RuntimeError(f"the synthetic data are not clean: {problems[0]}")


def bare_copy(curated: str, target: str) -> None:
    """Every curated file as Parquet, all cells text, nothing checked: the floor."""
    import duckdb

    Path(target).mkdir(exist_ok=True)
    with duckdb.connect(config={"threads": 2}) as connection:
        for table in sorted(Path(curated).iterdir()):
            files = f"{table}/*.csv" if table.is_dir() else str(table)
            if table.is_dir() and not any(table.iterdir()):
                continue
            connection.execute(
                f"COPY (SELECT * FROM read_csv('{files}', header=true, all_varchar=true, union_by_name=true)) "
                f"TO '{target}/{table.stem}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )


def checked_copy(curated: str, target: str) -> None:
    """The bare copy, and the checks of single columns, keys and references in SQL over what was copied: the floor of a build."""
    import duckdb

    bare_copy(curated, target)
    with duckdb.connect(config={"threads": 2}) as connection:
        for name in filter(is_curated, MODELS):
            file = Path(target) / f"{name}.parquet"
            columns = curated_columns(name)
            empty = ", ".join(f"NULL::VARCHAR AS {column}" for column in columns) + " WHERE false"
            origin = f"FROM '{file}'" if file.exists() else ""
            connection.execute(
                f'CREATE VIEW "{name}" AS SELECT {", ".join(columns) + " " + origin if origin else empty}'
            )
        for name in filter(is_curated, MODELS):
            for query in _queries(name):
                if connection.execute(query).fetchone() != (0,):
                    raise RuntimeError(f"the synthetic data are not clean: {query}")


def _queries(name: str) -> Iterator[str]:
    """Queries that count what is wrong in a table whose cells are all text."""
    wrong = []
    for column, described in MODELS[name].to_schema().select_columns(curated_columns(name)).columns.items():
        metadata, kind = described.metadata or {}, arrow_type(described)
        if not described.nullable:
            wrong.append(f"{column} IS NULL")
        if "codes" in metadata:
            wrong.append(f"{column} NOT IN ({', '.join(repr(str(code)) for code in metadata['codes'])})")
        if "pattern" in metadata:
            wrong.append(f"NOT regexp_matches({column}, '{metadata['pattern']}')")
        if pa.types.is_string(kind):
            wrong.append(f"{column} <> nfc_normalize({column})")
            wrong.append(f"regexp_matches({column}, '^[=+@ -]|[\\x00-\\x1F]|  | $')")
        if metadata.get("edtf"):
            wrong.append(f"NOT regexp_full_match({column}, '[0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}})?)?~?(/.*)?')")
        if not pa.types.is_list(kind) and not pa.types.is_string(kind):
            wrong.append(
                f"{column} IS NOT NULL AND TRY_CAST({column} AS {'BOOLEAN' if kind == pa.bool_() else 'DOUBLE'}) IS NULL"
            )
        if "refers_to" in metadata:
            table, other = metadata["refers_to"].split(".")
            value = f"unnest(string_split({column}, ';'))" if pa.types.is_list(kind) else column
            yield f'SELECT count(*) FROM (SELECT {value} AS v FROM "{name}") WHERE v NOT IN (SELECT {other} FROM "{table}")'
    yield f'SELECT count(*) FROM "{name}" WHERE {" OR ".join(wrong)}'
    keys = ", ".join(key_columns(name))
    yield f'SELECT count(*) FROM (SELECT 1 FROM "{name}" GROUP BY {keys} HAVING count(*) > 1)'


def plain_pandas(curated: str, target: str) -> None:
    """The way that most would go: pandas reads, pandera checks single columns, pandas writes; no key, reference or rule."""
    import pandas as pd

    Path(target).mkdir(exist_ok=True)
    for name in filter(is_curated, MODELS):
        files = table_files(Path(curated), name)
        if not files:
            continue
        frame = pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""]) for file in files])
        schema = MODELS[name].to_schema().select_columns(curated_columns(name))
        for column, described in schema.columns.items():
            kind = arrow_type(described)
            if pa.types.is_list(kind):
                parts = [text.split(";") if isinstance(text, str) else None for text in frame[column]]
                frame[column] = pd.arrays.ArrowExtensionArray(pa.array(parts, kind))
                continue
            texts = frame[column].map({"true": True, "false": False}) if pa.types.is_boolean(kind) else frame[column]
            is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
            frame[column] = (pd.to_numeric(texts) if is_number else texts).astype(pd.ArrowDtype(kind))
        schema.validate(frame.reset_index(drop=True), lazy=True).to_parquet(Path(target) / f"{name}.parquet")


PEERS = {"bare copy": bare_copy, "checked copy": checked_copy, "plain pandas": plain_pandas}
