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
from casting import arrow_type
from curated import curated_columns, is_curated, table_files
from derive import rules_of
from pipeline import build
from problems import Problem, exit_status
from rulebook import RULES
from store import Store
from synthetic import grow
from ttp_timeline.models import MODELS
from ttp_timeline.models._codes import EVENT_TYPE_CLASSES

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
    """One measurement, in this process: seconds (median) and the memory of the first run, in MiB."""

    def run() -> None:
        if what in PEERS:
            PEERS[what](curated, target)
        else:
            _built(build(Path(curated), Path(target)))

    run()
    memory = peak_memory()
    return {"seconds": median_seconds(run), "memory": memory}


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
    """The copy and the same checks in SQL, all in memory: single columns, keys, references and the rules' own queries."""
    Path(target).mkdir(exist_ok=True)
    store = InMemory(Path(curated))
    try:
        for name in store.columns:
            store.ask(f"COPY \"{name}\" TO '{target}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
            for query in _queries(name):
                if store.rows(query) != [(0,)]:
                    raise RuntimeError(f"the synthetic data are not clean: {query}")
        for rule in RULES.values():
            if rule.check is not None and (found := list(rule.check(store))):
                raise RuntimeError(f"the synthetic data are not clean: {found[0]}")
    finally:
        store.close()


class InMemory(Store):
    """Curated tables as DuckDB reads and types them by itself, with dates computed in SQL; no tolls, nothing on since when a row is known."""

    def __init__(self, curated: Path) -> None:
        import duckdb

        super().__init__()
        self._connection.close()
        self._connection = duckdb.connect(config={"threads": 2})
        for macro in _DATES:
            self.ask(f"CREATE MACRO {macro}")
        for name in filter(is_curated, MODELS):
            self.create(name)
            files = [str(file) for file in table_files(curated, name)]
            if files:
                self.ask(f'INSERT INTO "{name}" BY NAME {_typed(name, files)}')
            self._counts[name] = self.rows(f'SELECT count(*) FROM "{name}"')[0][0]


#: what `edtf_dates` says of a typed date, as SQL
_DATES = (
    "edtf_from(d) AS CAST(d || CASE length(d) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END AS DATE)",
    "edtf_to(d) AS CASE length(d) WHEN 4 THEN CAST(d || '-12-31' AS DATE) "
    "WHEN 7 THEN last_day(CAST(d || '-01' AS DATE)) ELSE CAST(d AS DATE) END",
    "edtf_part(x, n) AS rtrim(CASE WHEN x LIKE '%/%' THEN split_part(x, '/', n) ELSE x END, '~')",
    "edtf_start(x) AS edtf_from(edtf_part(x, 1))",
    "edtf_end(x) AS CASE WHEN edtf_part(x, 2) NOT IN ('', '..') THEN edtf_to(edtf_part(x, 2)) END",
    "edtf_end_status(x) AS CASE edtf_part(x, 2) WHEN '' THEN 'unknown' WHEN '..' THEN 'ongoing' ELSE 'known' END",
    "edtf_approximate(x) AS contains(x, '~')",
    "edtf_precision(x) AS CASE length(edtf_part(x, 1)) WHEN 4 THEN 5 WHEN 7 THEN 4 ELSE 1 END",
    "edtf_lasting(x) AS coalesce(edtf_end(x) - edtf_start(x) > "
    "CASE edtf_precision(x) WHEN 5 THEN 366 WHEN 4 THEN 31 ELSE 10 END, true)",
)


def _typed(name: str, files: list[str]) -> str:
    """The query that reads the files of a table and types its columns."""
    described, rules = MODELS[name].to_schema().columns, rules_of(name)
    columns = ["row_number() OVER () - 1 AS _row", "filename AS _file", "0 AS _line"]
    for column in curated_columns(name):
        kind = arrow_type(described[column])
        columns.append(f"string_split({column}, ';') AS {column}" if pa.types.is_list(kind) else f'"{column}"')
    columns += [f"edtf_{part}({of}) AS {column}" for column, (part, of) in _dated(rules)]
    if name == "events":
        classes = " ".join(f"WHEN '{kind}' THEN '{of}'" for kind, (of, _) in EVENT_TYPE_CLASSES.items())
        columns.append(f"CASE event_type {classes} END AS event_class")
    return (
        f"SELECT {', '.join(columns)} FROM read_csv({files}, header=true, all_varchar=true, filename=true, "
        "union_by_name=true)"
    )


def _dated(rules: dict[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Derived column -> the part of a date and the column that it is of, for those that are such parts."""
    for column, rule in rules.items():
        part, _, of = rule.partition(" ")
        if part in ("start", "end", "end_status", "precision", "approximate", "lasting"):
            yield column, (part, of)


def _queries(name: str) -> Iterator[str]:
    """Queries that count what is wrong in single columns of a table; its keys and references are for rules."""
    wrong = []
    for column, described in MODELS[name].to_schema().select_columns(curated_columns(name)).columns.items():
        metadata = described.metadata or {}
        if not described.nullable:
            wrong.append(f"{column} IS NULL")
        if "codes" in metadata:
            wrong.append(
                f"CAST({column} AS VARCHAR) NOT IN ({', '.join(repr(str(code)) for code in metadata['codes'])})"
            )
        if "pattern" in metadata:
            wrong.append(f"NOT regexp_matches({column}, '{metadata['pattern']}')")
        if pa.types.is_string(arrow_type(described)):
            wrong.append(f"{column} <> nfc_normalize({column})")
            wrong.append(f"regexp_matches({column}, '^[=+@ -]|[\\x00-\\x1F]|  | $')")
        if metadata.get("edtf"):
            wrong.append(f"NOT regexp_full_match({column}, '[0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}})?)?~?(/.*)?')")
    yield f'SELECT count(*) FROM "{name}" WHERE {" OR ".join(wrong) or "false"}'


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
