"""Which engine holds and computes: DuckDB in this process, Spark, or any Ibis connection of yours."""

from __future__ import annotations

from typing import Any

import ibis

from ttp_timeline.errors import BadArgumentError, UnknownNameError

BACKENDS = ("duckdb", "spark")


def connection(backend: Any) -> Any:
    """The Ibis connection for "duckdb" (a new one, in memory), "spark" (the session now open, or a local one), or itself."""
    if isinstance(backend, ibis.BaseBackend):
        return backend
    if backend == "duckdb":
        return ibis.duckdb.connect()
    if backend == "spark":
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise BadArgumentError("Spark is not installed: pip install 'ttp-timeline[spark]', and Java") from None
        return ibis.pyspark.connect(SparkSession.builder.getOrCreate())
    raise UnknownNameError("backend", backend, BACKENDS)
