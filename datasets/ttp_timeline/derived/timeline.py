"""The wide table: one row per event with its place then and now, tolls, parties, people and sources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ttp_timeline.derived.in_force import TRUCE_COLUMNS, truce_intervals

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
NEEDS = {
    "events": (*EVENT_COLUMNS, *FACT_COLUMNS),
    "places": ("place_id", "province_before_2018_code", *PLACE_COLUMNS),
    "participants": ("event_id", "role", "actor_id"),
    "appearances": ("event_id", "person_id"),
    "reports": ("event_id", "claimed_by_id", "source_id"),
    "truces": TRUCE_COLUMNS,
}
ROLE_LISTS = {
    "perpetrator_ids": "perpetrator",
    "target_ids": "target",
    "party_ids": "party",
    "mediator_ids": "mediator",
}


def timeline(tables: Mapping[str, pa.Table]) -> pa.Table:
    """One row per event, joined with everything that speaks of it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    events, places, participants = (
        _plain(tables[name].select(NEEDS[name])) for name in ("events", "places", "participants")
    )
    columns = {column: events[column] for column in events.column_names}
    place = pc.index_in(events["place_id"], value_set=places["place_id"].combine_chunks())
    columns |= {column: places[column].take(place) for column in PLACE_COLUMNS}
    before = pc.fill_null(pc.less(events["start_date"], pa.scalar(MERGER)), False)
    then = places["province_before_2018_code"].take(place)
    columns["province_then_code"] = pc.if_else(before, then, columns["province_code"])
    for column, role in ROLE_LISTS.items():
        columns[column] = _lists(events, participants.filter(pc.equal(participants["role"], role)), "actor_id")
    columns["claimed_by_ids"] = _lists(events, tables["reports"], "claimed_by_id")
    columns["person_ids"] = _lists(events, tables["appearances"], "person_id")
    columns["source_ids"] = _lists(events, tables["reports"], "source_id")
    columns["truce_ids"] = _truces_on(events["start_date"], tables["truces"])
    return pa.table(columns)


def _plain(table: pa.Table) -> pa.Table:
    """The table with texts in place of dictionaries."""
    import pyarrow as pa

    types = {field.name: field.type for field in table.schema}
    return table.cast(pa.schema({n: t.value_type if pa.types.is_dictionary(t) else t for n, t in types.items()}))


def _lists(events: pa.Table, rows: pa.Table, value: str) -> pa.ListArray:
    """For each event the values that the rows on it have, sorted, each once."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    position = pc.index_in(rows["event_id"], value_set=events["event_id"].combine_chunks())
    pairs = pa.table({"event": position, "value": rows[value]}).group_by(["event", "value"]).aggregate([])
    pairs = pairs.filter(pc.field("event").is_valid() & pc.field("value").is_valid())
    pairs = pairs.sort_by([("event", "ascending"), ("value", "ascending")])
    offsets = np.searchsorted(pairs["event"].to_numpy(), np.arange(events.num_rows + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pairs["value"].combine_chunks())


def _truces_on(days: pa.ChunkedArray, truces: pa.Table) -> pa.ListArray:
    """For each day the truces that were in force, sorted."""
    import pyarrow as pa
    import pyarrow.compute as pc

    distinct = days.combine_chunks().dictionary_encode()
    dates = distinct.dictionary.to_pylist()
    intervals = truce_intervals(truces, max(dates, default=MERGER))
    held = [sorted(t for t, first, last in intervals if first <= day <= last) for day in dates]
    nothing = len(held)  # of an event without a day
    return pa.array([*held, []], pa.list_(pa.string())).take(pc.fill_null(distinct.indices, nothing))
