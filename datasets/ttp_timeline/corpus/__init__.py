"""The timeline beside an event corpus of any size, on DuckDB in process or on Spark: ``pip install 'ttp-timeline[corpus]'``.

>>> from ttp_timeline import corpus
>>> ged = corpus.read_ucdp("ged251.csv")                      # doctest: +SKIP
>>> corpus.truce_status(ged).group_by("truce_id").agg(killed=lambda t: t.killed_best.sum()).to_pandas()  # doctest: +SKIP

Everything but reading is an Ibis expression: nothing is computed until you ask (``to_pandas``, ``to_parquet``, …), and then
by the engine that holds the corpus. Nothing is downloaded.
"""

try:
    import ibis as _ibis  # noqa: F401
except ImportError as error:
    raise ImportError("a corpus needs Ibis: pip install 'ttp-timeline[corpus]'") from error

from ttp_timeline.corpus.coverage import REASONS, agreement, coverage
from ttp_timeline.corpus.joins import around, daily, truce_status
from ttp_timeline.corpus.matching import match
from ttp_timeline.corpus.readers import read, read_ucdp
from ttp_timeline.corpus.schema import SCHEMA

__all__ = [
    "REASONS",
    "SCHEMA",
    "agreement",
    "around",
    "coverage",
    "daily",
    "match",
    "read",
    "read_ucdp",
    "truce_status",
]
