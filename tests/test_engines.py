"""The Parquet files as other engines read them: equal values, real dates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ttp_timeline as ttp

TABLES = ttp.tables().index.tolist()
Rows = list[dict[str, Any]]


def published(table: str) -> Rows:
    rows: Rows = pq.read_table(ttp.path(table)).to_pylist()
    return rows


def by_pandas(path: Path) -> Rows:
    pd = pytest.importorskip("pandas")
    frame = pd.read_parquet(path)

    def plain(value: Any) -> Any:
        if hasattr(value, "tolist"):
            return value.tolist()
        return None if pd.isna(value) else value

    columns = {c: [plain(v) for v in frame[c]] for c in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def by_polars(path: Path) -> Rows:
    rows: Rows = pytest.importorskip("polars").read_parquet(path).to_dicts()
    return rows


def by_duckdb(path: Path) -> Rows:
    found = pytest.importorskip("duckdb").connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [c[0] for c in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("read", [by_pandas, by_polars, by_duckdb])
@pytest.mark.parametrize("table", TABLES)
def test_engines_agree(table: str, read: Callable[[Path], Rows]) -> None:
    assert read(ttp.path(table)) == published(table)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A local Spark of two workers; CI sets REQUIRE_SPARK, and then its absence is a failure."""
    if os.environ.get("REQUIRE_SPARK") != "1":
        pytest.importorskip("pyspark", reason="pyspark wants an environment of its own and Java: .ci/run has one")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("table", TABLES)
def test_spark_agrees(table: str, spark: Any) -> None:
    frame = spark.read.parquet(str(ttp.path(table)))
    days = {f.name for f in pq.read_schema(ttp.path(table)) if pa.types.is_date(f.type)}
    assert {name for name, kind in frame.dtypes if kind == "date"} == days
    assert [row.asDict() for row in frame.collect()] == published(table)


def test_a_reader_of_one_year_and_three_columns_reads_little() -> None:
    metadata = pq.read_metadata(ttp.path("days"))
    wanted = {"date", "killed_best", "is_truce_in_force"}
    read = total = 0
    for g in range(metadata.num_row_groups):
        chunks = [metadata.row_group(g).column(i) for i in range(metadata.num_columns)]
        (days,) = (c.statistics for c in chunks if c.path_in_schema == "date")
        total += sum(c.total_compressed_size for c in chunks)
        if days.min.year <= 2022 <= days.max.year:
            read += sum(c.total_compressed_size for c in chunks if c.path_in_schema.split(".")[0] in wanted)
    assert 0 < read < total / 10
