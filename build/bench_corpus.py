"""How fast and how large: the joins of a corpus with the timeline, beside the same join written by hand, pandas and Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import Result, in_child, median_seconds, peak_memory
from bench_chart import seconds_by_rows

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)

#: what an analyst would write by hand for the same answer
SQL = {
    "truce_status": """
        SELECT t.truce_id, count(*), sum(c.killed_best) FROM corpus c
        LEFT JOIN national t ON c.country = 'Pakistan' AND c.start_date BETWEEN t.first_day AND t.last_day
        GROUP BY t.truce_id""",
    "around": """
        SELECT e.event_id, CASE WHEN c.start_date < e.first_day THEN 'before' WHEN c.start_date > e.last_day THEN 'after'
            ELSE 'during' END AS side, count(*), sum(c.killed_best)
        FROM corpus c JOIN rounds e ON c.start_date BETWEEN e.first_day - 30 AND e.last_day + 30
        GROUP BY ALL""",
    "match": """
        WITH days AS (
            SELECT *, unnest(generate_series(first_day - 1, last_day + 1, INTERVAL 1 DAY))::DATE AS day FROM events),
        near AS (
            SELECT c.corpus_id, e.event_id, c.killed_best AS best, e.killed_low, e.killed_high,
                greatest(0, e.first_day - c.start_date, c.start_date - e.last_day) AS apart,
                c.side_a_id, c.side_b_id,
                2 * 6371 * asin(least(1, sqrt(sin(radians((e.latitude - c.latitude) / 2)) ** 2 + cos(radians(c.latitude))
                    * cos(radians(e.latitude)) * sin(radians((e.longitude - c.longitude) / 2)) ** 2))) AS km
            FROM corpus c JOIN days e ON c.start_date = e.day),
        scored AS MATERIALIZED (
            SELECT corpus_id, event_id, 0.25 * (1 - apart / 2) + 0.25 * (1 - km / 60)
                + 0.35 * (least(best, nearest) + 1) / (greatest(best, nearest) + 1)
                + 0.15 * CASE WHEN list_has_any(sides, fought) THEN 1
                    WHEN list_has_any((SELECT list(id) FROM known_sides), fought) THEN 0 ELSE 0.5 END AS score
            FROM (SELECT n.*, greatest(least(best, n.killed_high), n.killed_low) AS nearest, e.sides,
                    [side_a_id, side_b_id] AS fought
                FROM near n JOIN events e USING (event_id) WHERE km <= 60)
            WHERE score >= 0.6),
        first AS MATERIALIZED (
            SELECT corpus_id, event_id, score FROM scored
            QUALIFY row_number() OVER (PARTITION BY corpus_id ORDER BY score DESC, event_id) = 1
                AND row_number() OVER (PARTITION BY event_id ORDER BY score DESC, corpus_id) = 1),
        second AS (
            SELECT corpus_id, event_id, score FROM scored ANTI JOIN first USING (corpus_id) ANTI JOIN first USING (event_id)
            QUALIFY row_number() OVER (PARTITION BY corpus_id ORDER BY score DESC, event_id) = 1
                AND row_number() OVER (PARTITION BY event_id ORDER BY score DESC, corpus_id) = 1)
        SELECT count(*), sum(score) FROM (FROM first UNION ALL FROM second)""",
}


def measure(ucdp: Path, progress: Callable[[str], None]) -> Iterator[Result]:
    """Every join at every size on the corpus repeated to that size under new ids; each in a process of its own."""
    with TemporaryDirectory(prefix="ttp-timeline-bench-") as folder:
        for rows in SIZES:
            progress(f"a corpus of {rows:,} rows")
            file = Path(folder) / f"{rows}.parquet"
            in_child("bench_corpus", "make", ucdp, rows, file)
            for what in SQL:
                engines = ["duckdb", "by hand"] + ["pandas"] * (what == "truce_status" and rows <= 1_000_000)
                for engine in engines + ["spark"] * _has_spark():
                    progress(f"{what} of {rows:,} rows by {engine}")
                    found = in_child("bench_corpus", what, engine, file)
                    yield Result("corpus", f"{what}, {engine}", found["seconds"], rows, found["memory"])
            file.unlink()


def draw(results: list[Result], folder: Path) -> None:
    """``corpus.svg``: seconds by rows, a panel per join."""
    values = []
    for result in results:
        join, engine = result.what.split(", ")
        values.append({"panel": join, "line": engine, "rows": result.rows, "seconds": result.seconds})
    seconds_by_rows(values, "Rows of the corpus", folder / "corpus.svg")


def _has_spark() -> bool:
    from importlib.util import find_spec

    return find_spec("pyspark") is not None


def child(what: str, *arguments: str) -> dict[str, float]:
    """One measurement, in this process: seconds and MiB."""
    if what == "make":
        _make(Path(arguments[0]), int(arguments[1]), Path(arguments[2]))
        return {}
    engine, file = arguments
    run = (
        _ours(what, engine, file)
        if engine in ("duckdb", "spark")
        else _pandas(file)
        if engine == "pandas"
        else _by_hand(what, file)
    )
    return {"seconds": median_seconds(run), "memory": peak_memory()}


def _make(ucdp: Path, rows: int, file: Path) -> None:
    import duckdb

    from ttp_timeline import corpus

    once = corpus.read_ucdp(ucdp)
    first = file.with_name("once.parquet")
    once.to_parquet(first)
    duckdb.sql(
        f"""COPY (SELECT * REPLACE (corpus_id || '-' || copy AS corpus_id) FROM '{first}',
        range({-(-rows // once.count().execute())}) AS copies(copy) LIMIT {rows}) TO '{file}' (FORMAT parquet)"""
    )


def _rounds() -> Any:
    import ttp_timeline as ttp

    return ttp.load("timeline", filters=[("event_type", "==", "talks_round")])


def _ours(what: str, engine: str, file: str) -> Callable[[], object]:
    from ibis import _

    from ttp_timeline import corpus

    if engine == "spark":
        from pyspark.sql import SparkSession

        local: Any = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = local.config("spark.driver.memory", "6g").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    held = corpus.read_ucdp(file, backend=engine)
    sums = {"events": _.count(), "killed": _.killed_best.sum()}
    asked: dict[str, Callable[[], Any]] = {
        "truce_status": lambda: corpus.truce_status(held).group_by("truce_id").agg(**sums),
        "around": lambda: corpus.around(held, _rounds()).group_by("event_id", "window").agg(**sums),
        "match": lambda: corpus.match(held).agg(events=_.count(), score=_.score.sum()),
    }
    return lambda: asked[what]().to_pandas()


def _by_hand(what: str, file: str) -> Callable[[], object]:
    import duckdb

    import ttp_timeline as ttp
    from ttp_timeline.derived.in_force import truce_intervals

    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW corpus AS SELECT * FROM '{file}'")

    def ask() -> object:
        truces = truce_intervals(ttp.load("truces", engine="pyarrow"), ttp.load("days")["date"].max().date())
        for name, table in _frames(truces, _rounds(), ttp.load("timeline")).items():
            connection.register(name, table)
        return connection.execute(SQL[what]).fetchall()

    return ask


def _frames(truces: list[Any], rounds: Any, timeline: Any) -> dict[str, Any]:
    """What the queries by hand join with: national truces, rounds, placed events of violence with their sides."""
    import pyarrow as pa

    from ttp_timeline.corpus.matching import known_sides, sides_of_events

    def spans(frame: Any, *columns: str) -> Any:
        held = frame.assign(
            first_day=frame["start_date"].dt.date, last_day=frame["end_date"].fillna(frame["start_date"]).dt.date
        )
        return pa.Table.from_pandas(held[["event_id", "first_day", "last_day", *columns]], preserve_index=False)

    national = dict(zip(("truce_id", "first_day", "last_day"), map(list, zip(*truces, strict=True)), strict=True))
    violent = timeline[(timeline["event_class"] == "violence") & (timeline["date_precision"] <= 2)]
    violent = violent[~violent["is_lasting"].astype(bool) & violent["killed_best"].notna()]
    placed = spans(violent[violent["latitude"].notna()], "latitude", "longitude", "killed_low", "killed_high")
    sides = sides_of_events()
    listed = pa.array([sorted(sides.get(e, ())) for e in placed["event_id"].to_pylist()], pa.list_(pa.string()))
    return {
        "national": pa.table(national),
        "rounds": spans(rounds),
        "events": placed.append_column("sides", listed),
        "known_sides": pa.table({"id": sorted(known_sides())}),
    }


def _pandas(file: str) -> Callable[[], object]:
    """The national truce in force by `pandas.merge_asof`: truces sorted by their first day, the latest that has begun."""
    import pandas as pd

    import ttp_timeline as ttp
    from ttp_timeline.derived.in_force import truce_intervals

    def ask() -> object:
        truces = truce_intervals(ttp.load("truces", engine="pyarrow"), ttp.load("days")["date"].max().date())
        national = pd.DataFrame(truces, columns=["truce_id", "first_day", "last_day"])
        national = national.assign(
            **{c: pd.to_datetime(national[c]).astype("datetime64[s]") for c in ("first_day", "last_day")}
        )
        corpus = pd.read_parquet(file, columns=["start_date", "country", "killed_best"])
        corpus["start_date"] = pd.to_datetime(corpus["start_date"]).astype("datetime64[s]")
        joined = pd.merge_asof(
            corpus.sort_values("start_date"),
            national.sort_values("first_day"),
            left_on="start_date",
            right_on="first_day",
        )
        held = (joined["last_day"] >= joined["start_date"]) & (joined["country"] == "Pakistan")
        return joined["killed_best"].groupby(joined["truce_id"].where(held), dropna=False).agg(["size", "sum"])

    return ask
