"""What follows for an event from its reports: tolls, numbers of reports and origins, and since when it was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttp_timeline.toll_rule import BOUNDS, MEASURES, tolls

if TYPE_CHECKING:
    import pyarrow as pa

#: the columns of ``events`` that this module computes
FACTS = (
    *(f"{measure}_{bound}" for measure in MEASURES for bound in BOUNDS),
    "report_count",
    "origin_count",
    "known_date",
)
#: the columns of ``reports`` from which it does
REPORT_COLUMNS = (
    "event_id",
    "source_id",
    "speaker_id",
    "known_date",
    *MEASURES,
    *(measure.upper for measure in MEASURES.values() if measure.upper),
)


def event_facts(reports: pa.Table, sources: pa.Table, actors: pa.Table, decisions: pa.Table) -> pa.Table:
    """One row per reported event: ``event_id`` and the columns `FACTS`, from the reports given and no others.

    ``reports`` needs `REPORT_COLUMNS`, ``sources`` ``source_id`` and ``origin_id``; see `tolls` for the others.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    page = pc.index_in(reports["source_id"], value_set=sources["source_id"].combine_chunks())
    origins = reports.select(["event_id", "known_date"]).append_column("origin_id", sources["origin_id"].take(page))
    counts = origins.group_by("event_id").aggregate(
        [([], "count_all"), ("origin_id", "count_distinct"), ("known_date", "min")]
    )
    facts = tolls(reports, actors, decisions)
    row = pc.index_in(facts["event_id"], value_set=counts["event_id"].combine_chunks())
    for column, found in (
        ("report_count", "count_all"),
        ("origin_count", "origin_id_count_distinct"),
        ("known_date", "known_date_min"),
    ):
        facts = facts.append_column(column, counts[found].take(row))
    types = {"event_id": pa.string(), "known_date": pa.date32()}
    return facts.cast(pa.schema([(name, types.get(name, pa.int32())) for name in facts.column_names]))
