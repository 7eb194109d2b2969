"""What was known on a given day: rows and cells whose pages had been published by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttp_timeline.event_facts import FACTS, event_facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import pyarrow as pa

    Read = Callable[[str], pa.Table]


def known_by(table: str, day: date, read: Read) -> pa.Table:
    """The table as it could be known at the end of ``day``; ``read`` gives the published table of a name.

    Rows whose ``known_date`` is later or not dated are left out; cells that became known later are empty; tolls and
    counts are computed from the reports published by then. Tables without ``known_date`` hold names, not news.
    """
    from ttp_timeline.derived import DERIVED

    if table in DERIVED:
        full = read(table)
        computed = DERIVED[table].compute(_Snapshot(day, read))
        return computed.select(full.column_names).cast(full.schema)
    current = _without_later_cells(_without_later_rows(read(table), day), day)
    return _with_facts_of(current, day, read) if table == "events" else current


class _Snapshot(dict[str, "pa.Table"]):
    """Tables as of a day, read when asked for."""

    def __init__(self, day: date, read: Read) -> None:
        super().__init__()
        self._day, self._read = day, read

    def __missing__(self, table: str) -> pa.Table:
        self[table] = known_by(table, self._day, self._read)
        return self[table]


def _without_later_rows(table: pa.Table, day: date) -> pa.Table:
    import pyarrow.compute as pc

    return table.filter(pc.field("known_date") <= day) if "known_date" in table.column_names else table


def _without_later_cells(table: pa.Table, day: date) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    for index, field in enumerate(table.schema):
        gate = (field.metadata or {}).get(b"known_by")
        if gate is not None:
            later = pc.fill_null(pc.greater(table[gate.decode()], day), True)
            empty = pa.scalar(None, field.type)
            table = table.set_column(index, field.with_nullable(True), pc.if_else(later, empty, table[field.name]))
    for index, field in enumerate(table.schema):
        if field.name.endswith("_known_date"):
            later = pc.fill_null(pc.greater(table[field.name], day), True)
            table = table.set_column(index, field, pc.if_else(later, pa.scalar(None, field.type), table[field.name]))
    return table


def _with_facts_of(events: pa.Table, day: date, read: Read) -> pa.Table:
    import pyarrow.compute as pc

    reports, decisions = (known_by(name, day, read) for name in ("reports", "decisions"))
    facts = event_facts(reports, read("sources"), read("actors"), decisions)
    position = pc.index_in(events["event_id"], value_set=facts["event_id"].combine_chunks())
    for name in FACTS:
        index = events.schema.get_field_index(name)
        values = facts[name].combine_chunks().take(position.combine_chunks())
        events = events.set_column(index, events.schema.field(index), values)
    return events
