"""Compute every derived column from the curated ones, as the models' ``derive`` rules say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from casting import arrow_type, each_distinct
from edtf_dates import Span, parse
from store import Store
from ttp_timeline.derived import DERIVED
from ttp_timeline.event_facts import FACTS, REPORT_COLUMNS, event_facts
from ttp_timeline.models import MODELS
from ttp_timeline.models._codes import EVENT_TYPE_CLASSES

_PARTS: dict[str, Callable[[Span], object]] = {
    "start": lambda s: s.start,
    "end": lambda s: s.end,
    "end_status": lambda s: s.end_status,
    "precision": lambda s: s.precision,
    "approximate": lambda s: s.is_approximate,
    "lasting": lambda s: s.is_lasting,
}


def dated(name: str, rows: pa.Table) -> pa.Table:
    """Rows of a table with the columns that follow from their own cells: parts of typed dates, an event's class."""
    columns = MODELS[name].to_schema().columns
    for derived, rule in rules_of(name).items():
        part, _, source = rule.partition(" ")
        if part in _PARTS:
            values = each_distinct(rows[source], partial(_part, part), arrow_type(columns[derived]))
            rows = rows.append_column(derived, values)
    if name == "events":
        rows = rows.append_column("event_class", each_distinct(rows["event_type"], _event_class, pa.string()))
    return rows


def complete(name: str, rows: pa.Table, store: Store) -> pa.Table:
    """Rows of `dated` with all other columns, which follow from rows that are in the store already."""
    if name == "events":
        rows = _with_facts(rows, store)
    columns = MODELS[name].to_schema().columns
    for column, rule in rules_of(name).items():
        if column not in rows.column_names:
            subject = rows.append_column("_row", pa.array(np.arange(rows.num_rows)))
            found = store.table(f"SELECT x FROM ({_expression(rule)}) ORDER BY _row", subject=subject)
            kind = arrow_type(columns[column])
            rows = rows.append_column(pa.field(column, kind), found["x"].cast(kind))
    return rows


def publish_keys(name: str, store: Store) -> None:
    """Once a table is complete: what others look up in it, a row for each key (``known_sources``, ``known_events``).

    A key that stands twice is a problem for the rules, not for those who look it up.
    """
    if name in _LOOKED_UP:
        key, *columns = _LOOKED_UP[name]
        values = ", ".join(f"min_by({column}, _row) AS {column}" for column in columns)
        store.ask(
            f"CREATE TABLE known_{name} AS SELECT {key}, {values} FROM {name} WHERE {key} IS NOT NULL GROUP BY {key}"
        )


#: table -> its key, and the columns that are looked up by it
_LOOKED_UP = {"sources": ("source_id", "origin_id", "known_date"), "events": ("event_id", "start_date", "known_date")}


def rules_of(name: str) -> dict[str, str]:
    """Derived column -> the rule it follows."""
    columns = MODELS[name].to_schema().columns
    return {n: c.metadata["derive"] for n, c in columns.items() if c.metadata and "derive" in c.metadata}


def _part(part: str, edtf: str) -> object:
    return _PARTS[part](parse(edtf))


def _event_class(event_type: str) -> str | None:
    return EVENT_TYPE_CLASSES[event_type][0] if event_type in EVENT_TYPE_CLASSES else None


def _with_facts(events: pa.Table, store: Store) -> pa.Table:
    """The events with what follows from their reports."""
    reports = store.table(
        f"SELECT {', '.join(f'r.{column}' for column in REPORT_COLUMNS)}, s.origin_id FROM reports r "
        "SEMI JOIN ids USING (event_id) LEFT JOIN known_sources s USING (source_id)",
        ids=events.select(["event_id"]),
    )
    origins = reports.select(["source_id", "origin_id"])
    facts = event_facts(reports, origins, *(store.table(f"SELECT * FROM {t}") for t in ("actors", "decisions")))
    position = pc.index_in(events["event_id"], value_set=facts["event_id"].combine_chunks())
    for column in FACTS:
        values = facts[column].combine_chunks().take(position)
        if column in ("report_count", "origin_count"):
            values = pc.fill_null(values, 0)
        events = events.append_column(column, values)
    return events


def _expression(rule: str) -> str:
    """A query of ``_row`` and the value ``x`` for every row of ``subject``."""
    verb, _, rest = rule.partition(" ")
    if verb == "days_between":
        first, last = rest.split()
        return f"SELECT _row, {last} - {first} AS x FROM subject"
    if verb == "days_to":
        return (
            f"SELECT s._row, b.start_date - a.start_date AS x FROM subject s "
            f"LEFT JOIN known_events a ON a.event_id = s.event_id LEFT JOIN known_events b ON b.event_id = s.{rest}"
        )
    choices = [_known(choice) for choice in rest.split(" or ")]
    joins = " ".join(f"LEFT JOIN ({q}) k{i} USING (_row)" for i, q in enumerate(choices))
    return f"SELECT _row, coalesce({', '.join(f'k{i}.x' for i in range(len(choices)))}) AS x FROM subject {joins}"


def _known(choice: str) -> str:
    """One way in which a row became known, as a query of ``_row`` and the day ``x``."""
    match choice.split():
        case ["published_date"]:
            return "SELECT _row, published_date AS x FROM subject"
        case ["source_id"]:
            return "SELECT s._row, o.known_date AS x FROM subject s JOIN known_sources o USING (source_id)"
        case ["latest", "source_ids"]:
            return f"SELECT _row, CASE WHEN count(*) = count(day) THEN max(day) END AS x FROM ({_EACH_SOURCE}) GROUP BY _row"
        case ["source_ids"]:
            return f"SELECT _row, min(day) AS x FROM ({_EACH_SOURCE}) GROUP BY _row"
        case ["after", date, "source_ids"]:
            return f"SELECT _row, min(day) AS x FROM ({_EACH_SOURCE}) JOIN subject USING (_row) WHERE day >= {date} GROUP BY _row"
        case ["latest", first, second]:
            return (
                f"SELECT s._row, greatest(a.known_date, b.known_date) AS x FROM subject s "
                f"JOIN known_events a ON a.event_id = s.{first} JOIN known_events b ON b.event_id = s.{second}"
            )
        case [column] if column.endswith("event_id"):
            return f"SELECT s._row, e.known_date AS x FROM subject s JOIN known_events e ON e.event_id = s.{column}"
    raise ValueError(f"no such rule for a known date: {choice!r}")


_EACH_SOURCE = (
    "SELECT u._row, o.known_date AS day FROM "
    "(SELECT _row, unnest(source_ids) AS source_id FROM subject) u LEFT JOIN known_sources o USING (source_id)"
)


#: of a table that takes each event on its own, so many are computed at a time
EVENTS_AT_ONCE = 50_000


def fill(name: str, store: Store) -> None:
    """Compute a table that follows from others, and lay it into the store."""
    compute, needs, is_by_event = DERIVED[name]

    def read(table: str, which: str = "", **given: pa.Table) -> pa.Table:
        return store.table(f"SELECT {', '.join(needs[table])} FROM {table} {which}", **given)

    store.create(name)
    if not is_by_event:
        store.add(name, compute({table: read(table) for table in needs}))
        return
    of_events = [table for table, columns in needs.items() if "event_id" in columns and table != "events"]
    whole = {table: read(table) for table in needs.keys() - {*of_events, "events"}}
    for events in store.stream(f"SELECT {', '.join(needs['events'])} FROM events", EVENTS_AT_ONCE):
        ids = events.select(["event_id"])
        of_these = {table: read(table, "SEMI JOIN ids USING (event_id)", ids=ids) for table in of_events}
        store.add(name, compute({**whole, **of_these, "events": events}))
