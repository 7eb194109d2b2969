"""Compute every derived column from the curated ones, as the models' ``derive`` rules say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from casting import arrow_type, each_distinct
from edtf_dates import Span, parse
from ttp_timeline.event_facts import FACTS, event_facts
from ttp_timeline.models import MODELS
from ttp_timeline.models._codes import EVENT_TYPE_CLASSES

Tables = dict[str, pa.Table]

_PARTS: dict[str, Callable[[Span], object]] = {
    "start": lambda s: s.start,
    "end": lambda s: s.end,
    "end_status": lambda s: s.end_status,
    "precision": lambda s: s.precision,
    "approximate": lambda s: s.is_approximate,
    "lasting": lambda s: s.is_lasting,
}


def derive(tables: Tables) -> Tables:
    """The tables with all derived columns added; ``_file`` and ``_line`` stay."""
    tables = {name: _date_parts(name, table) for name, table in tables.items()}
    classes = each_distinct(tables["events"]["event_type"], _event_class, pa.string())
    tables["events"] = tables["events"].append_column("event_class", classes)
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        for name in ("sources", "reports"):
            tables[name] = _sql_columns(name, tables, connection)
        tables["events"] = _facts(tables)
        for name in tables.keys() - {"sources", "reports"}:
            tables[name] = _sql_columns(name, tables, connection)
    return {name: _in_order(name, table) for name, table in tables.items()}


def rules_of(name: str) -> dict[str, str]:
    """Derived column -> the rule it follows."""
    columns = MODELS[name].to_schema().columns
    return {n: c.metadata["derive"] for n, c in columns.items() if c.metadata and "derive" in c.metadata}


def _date_parts(name: str, table: pa.Table) -> pa.Table:
    columns = MODELS[name].to_schema().columns
    for derived, rule in rules_of(name).items():
        part, _, source = rule.partition(" ")
        if part not in _PARTS:
            continue
        values = each_distinct(table[source], partial(_part, part), arrow_type(columns[derived]))
        table = table.append_column(derived, values)
    return table


def _part(part: str, edtf: str) -> object:
    return _PARTS[part](parse(edtf))


def _event_class(event_type: str) -> str | None:
    return EVENT_TYPE_CLASSES[event_type][0] if event_type in EVENT_TYPE_CLASSES else None


def _facts(tables: Tables) -> pa.Table:
    events = tables["events"]
    facts = event_facts(tables["reports"], tables["sources"], tables["actors"], tables["decisions"])
    position = pc.index_in(events["event_id"], value_set=facts["event_id"].combine_chunks())
    for column in FACTS:
        values = facts[column].combine_chunks().take(position)
        if column in ("report_count", "origin_count"):
            values = pc.fill_null(values, 0)
        events = events.append_column(column, values)
    return events


def _sql_columns(name: str, tables: Tables, connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The columns whose rule speaks of other rows: since when a row was known, days between dates."""
    table = tables[name]
    rules = {c: r for c, r in rules_of(name).items() if c not in table.column_names}
    if not rules:
        return table
    for other, key in (("sources", "source_id"), ("events", "event_id")):
        dates = [c for c in ("known_date", "start_date") if c in tables[other].column_names]
        connection.register(f"all_{other}", tables[other].select([key, *dates]))
        # a key that stands twice is a problem for the rules, not for the joins here
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {other} AS SELECT DISTINCT ON ({key}) * FROM all_{other}")
    connection.register("subject", table.append_column("_row", pa.array(np.arange(table.num_rows))))
    for column, rule in rules.items():
        found = connection.sql(f"SELECT x FROM ({_expression(rule)}) ORDER BY _row").to_arrow_table()
        kind = arrow_type(MODELS[name].to_schema().columns[column])
        table = table.append_column(pa.field(column, kind), found["x"].cast(kind))
    return table


def _expression(rule: str) -> str:
    """A query of ``_row`` and the value ``x`` for every row of ``subject``."""
    verb, _, rest = rule.partition(" ")
    if verb == "days_between":
        first, last = rest.split()
        return f"SELECT _row, {last} - {first} AS x FROM subject"
    if verb == "days_to":
        return (
            f"SELECT s._row, b.start_date - a.start_date AS x FROM subject s "
            f"LEFT JOIN events a ON a.event_id = s.event_id LEFT JOIN events b ON b.event_id = s.{rest}"
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
            return "SELECT s._row, o.known_date AS x FROM subject s JOIN sources o USING (source_id)"
        case ["latest", "source_ids"]:
            return f"SELECT _row, CASE WHEN count(*) = count(day) THEN max(day) END AS x FROM ({_EACH_SOURCE}) GROUP BY _row"
        case ["source_ids"]:
            return f"SELECT _row, min(day) AS x FROM ({_EACH_SOURCE}) GROUP BY _row"
        case ["after", date, "source_ids"]:
            return f"SELECT _row, min(day) AS x FROM ({_EACH_SOURCE}) JOIN subject USING (_row) WHERE day >= {date} GROUP BY _row"
        case ["latest", first, second]:
            return (
                f"SELECT s._row, greatest(a.known_date, b.known_date) AS x FROM subject s "
                f"JOIN events a ON a.event_id = s.{first} JOIN events b ON b.event_id = s.{second}"
            )
        case [column] if column.endswith("event_id"):
            return f"SELECT s._row, e.known_date AS x FROM subject s JOIN events e ON e.event_id = s.{column}"
    raise ValueError(f"no such rule for a known date: {choice!r}")


_EACH_SOURCE = (
    "SELECT u._row, o.known_date AS day FROM "
    "(SELECT _row, unnest(source_ids) AS source_id FROM subject) u LEFT JOIN sources o USING (source_id)"
)


def _in_order(name: str, table: pa.Table) -> pa.Table:
    return table.select([*MODELS[name].to_schema().columns, "_file", "_line"])
