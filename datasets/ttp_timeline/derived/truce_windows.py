"""Violence before, during and after each national truce."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

WIDTH = 30  # days before and after
SUMS = ("attack_count", "violent_event_count", "killed_best")
NEEDS = {
    "days": ("date", "truce_ids", *SUMS),
    "truces": ("truce_id", "scope", "in_effect_date", "announced_end_date", "ended_date"),
}


def truce_windows(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Three rows per national truce that came into force and whose end, real or announced, is known."""
    import pyarrow as pa

    days = {row["date"]: row for row in tables["days"].select(NEEDS["days"]).to_pylist()}
    last_day = max(days)
    rows: list[dict[str, Any]] = []
    for truce_id, name, first, last in _windows(tables["truces"]):
        last = min(last, last_day)
        held = [days[first + timedelta(n)] for n in range((last - first).days + 1)]
        if held:
            row = {"truce_id": truce_id, "window": name, "start_date": first, "end_date": last, "day_count": len(held)}
            row |= {column: sum(day[column] for day in held) for column in SUMS}
            row["other_truce_day_count"] = sum(bool(set(day["truce_ids"]) - {truce_id}) for day in held)
            rows.append(row)
    types = {"truce_id": pa.string(), "window": pa.string(), "start_date": pa.date32(), "end_date": pa.date32()}
    types |= dict.fromkeys(("day_count", *SUMS, "other_truce_day_count"), pa.int32())
    return pa.Table.from_pylist(rows, schema=pa.schema(list(types.items())))


def _windows(truces: pa.Table) -> Iterator[tuple[str, str, date, date]]:
    for row in truces.select(NEEDS["truces"]).to_pylist():
        first, last = row["in_effect_date"], row["ended_date"] or row["announced_end_date"]
        if row["scope"] == "national" and first is not None and last is not None:
            yield row["truce_id"], "before", first - timedelta(WIDTH), first - timedelta(1)
            yield row["truce_id"], "during", first, last
            yield row["truce_id"], "after", last + timedelta(1), last + timedelta(WIDTH)
