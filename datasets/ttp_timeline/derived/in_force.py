"""On which days truces and talks were going on, as far as the rows given tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

Interval = tuple[str, "date", "date"]
#: what the functions here read of the two tables
TRUCE_COLUMNS = ("truce_id", "scope", "in_effect_date", "announced_end_date", "ended_date", "end_reason")
PROCESS_COLUMNS = ("process_id", "start_date", "end_date", "end_status")


def truce_intervals(truces: pa.Table, last_day: date, *, scope: str = "national") -> list[Interval]:
    """(truce_id, first day in force, last day) of every truce of a scope that came into force.

    A truce without a real end counts until its announced end, or, if called ongoing, until ``last_day``; without
    any of these only its first day counts.
    """
    found = []
    for row in truces.select(TRUCE_COLUMNS).to_pylist():
        first = row["in_effect_date"]
        if first is None or row["scope"] != scope:
            continue
        open_end = last_day if row["end_reason"] == "ongoing" else first
        found.append((row["truce_id"], first, row["ended_date"] or row["announced_end_date"] or open_end))
    return found


def process_intervals(processes: pa.Table, last_day: date) -> list[Interval]:
    """(process_id, first day, last day) of every series of talks; an ongoing one counts until ``last_day``."""
    rows = processes.select(PROCESS_COLUMNS).to_pylist()
    return [
        (
            r["process_id"],
            r["start_date"],
            r["end_date"] or (last_day if r["end_status"] == "ongoing" else r["start_date"]),
        )
        for r in rows
        if r["start_date"] is not None
    ]
