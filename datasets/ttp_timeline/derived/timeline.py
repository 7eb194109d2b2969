"""The wide table: one row per event with its place then and now, tolls, parties, people and sources."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from ttp_timeline.derived.in_force import truce_intervals

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

MERGER = date(2018, 5, 31)  # the 25th Amendment came into force: the tribal areas joined Khyber Pakhtunkhwa
EVENT_COLUMNS = (
    "event_id", "start_date", "end_date", "date_precision", "is_approximate", "event_class", "event_type", "title",
    "place_id", "where_precision",
)  # fmt: skip
PLACE_COLUMNS = ("place_name", "district_name", "province_code", "country_code", "latitude", "longitude")
FACT_COLUMNS = (
    "killed_low", "killed_best", "killed_high", "killed_civilians_best", "killed_security_best",
    "killed_militants_best", "injured_best", "report_count", "origin_count", "known_date", "is_lasting",
)  # fmt: skip
ROLE_LISTS = {
    "perpetrator_ids": "perpetrator",
    "target_ids": "target",
    "party_ids": "party",
    "mediator_ids": "mediator",
}


def timeline(tables: Mapping[str, pa.Table]) -> pa.Table:
    """One row per event, joined with everything that speaks of it."""
    import pyarrow as pa

    events = tables["events"].to_pylist()
    places = {p["place_id"]: p for p in tables["places"].to_pylist()}
    roles = _lists(tables["participants"], "role", "actor_id")
    claims = _lists(tables["reports"], None, "claimed_by_id")
    pages = _lists(tables["reports"], None, "source_id")
    people = _lists(tables["appearances"], None, "person_id")
    last_day = max((e["start_date"] for e in events if e["start_date"]), default=MERGER)
    truces = truce_intervals(tables["truces"], last_day)
    rows = []
    for event in events:
        place: dict[str, Any] = places.get(event["place_id"], {})
        name, day = event["event_id"], event["start_date"]
        row = {c: event[c] for c in (*EVENT_COLUMNS, *FACT_COLUMNS)} | {c: place.get(c) for c in PLACE_COLUMNS}
        before = day is not None and day < MERGER
        row["province_then_code"] = place.get("province_before_2018_code" if before else "province_code")
        row |= {c: roles[role, name] for c, role in ROLE_LISTS.items()}
        row |= {"claimed_by_ids": claims[None, name], "person_ids": people[None, name], "source_ids": pages[None, name]}
        row["truce_ids"] = sorted(t for t, first, last in truces if day and first <= day <= last)
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=_schema(tables))


def _lists(table: pa.Table, group: str | None, value: str) -> defaultdict[tuple[str | None, str], list[str]]:
    found: defaultdict[tuple[str | None, str], set[str]] = defaultdict(set)
    for row in table.to_pylist():
        if row[value] is not None:
            found[row[group] if group else None, row["event_id"]].add(row[value])
    return defaultdict(list, {k: sorted(v) for k, v in found.items()})


def _schema(tables: Mapping[str, pa.Table]) -> pa.Schema:
    import pyarrow as pa

    def plain(table: str, column: str) -> pa.DataType:
        kind = tables[table].schema.field(column).type
        return kind.value_type if pa.types.is_dictionary(kind) else kind

    fields = [(c, plain("events", c)) for c in (*EVENT_COLUMNS, *FACT_COLUMNS)]
    fields += [(c, plain("places", c)) for c in PLACE_COLUMNS] + [("province_then_code", pa.string())]
    lists = (*ROLE_LISTS, "claimed_by_ids", "person_ids", "source_ids", "truce_ids")
    return pa.schema(fields + [(c, pa.list_(pa.string())) for c in lists])
