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


def event_facts(reports: pa.Table, sources: pa.Table, actors: pa.Table, decisions: pa.Table) -> pa.Table:
    """One row per reported event: ``event_id`` and the columns `FACTS`, from the reports given and no others."""
    import pyarrow as pa

    origins = reports.select(["event_id", "source_id", "known_date"]).join(
        sources.select(["source_id", "origin_id"]), "source_id"
    )
    counts = origins.group_by("event_id").aggregate(
        [("source_id", "count"), ("origin_id", "count_distinct"), ("known_date", "min")]
    )
    counts = counts.select(["event_id", "source_id_count", "origin_id_count_distinct", "known_date_min"])
    counts = counts.rename_columns(["event_id", "report_count", "origin_count", "known_date"])
    facts = tolls(reports, actors, decisions).join(counts, "event_id").select(["event_id", *FACTS])
    types = {"event_id": pa.string(), "known_date": pa.date32()}
    return facts.cast(pa.schema([(name, types.get(name, pa.int32())) for name in facts.column_names]))
