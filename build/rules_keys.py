"""Rules about keys and references: every row has one name, and every name that is used exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casting import key_columns
from problems import Problem
from rulebook import rule
from store import Finding, Store, record_id
from ttp_timeline.models import MODELS


@rule
def check_key_unique(data: Store) -> Iterable[Problem]:
    """No two rows of a table have the same key."""
    for name in data.columns:
        keys = ", ".join(key_columns(name))
        # which rows they are is asked only of a table that has some: it takes an order of all rows
        if not data.rows(f'SELECT 1 FROM "{name}" GROUP BY {keys} HAVING count(*) > 1 LIMIT 1'):
            continue
        yield from data.find(
            name,
            key_columns(name)[0],
            "a key of its own",
            f"SELECT _row, 'the key stands already in line ' || first_line || ' of ' || first_file FROM ("
            f"SELECT _row, row_number() OVER w AS n, first_value(_line) OVER w AS first_line, "
            f"first_value(_file) OVER w AS first_file "
            f'FROM "{name}" WINDOW w AS (PARTITION BY {keys} ORDER BY _row)) WHERE n > 1 ORDER BY _row',
        )


@rule
def check_reference(data: Store) -> Iterable[Problem]:
    """Every id that a row names exists in the table it refers to."""
    for name in data.columns:
        for column, target in _references(name).items():
            table, target_column = target.split(".")
            value = f"unnest({column})" if column.endswith("_ids") else column
            values = f'SELECT _row, {value} AS v FROM "{name}"'
            yield from _dangling(data, name, column, values, table, target_column, "an id of")


def _dangling(
    data: Store, name: str, column: str, values: str, table: str, key: str, expected: str
) -> Iterator[Problem]:
    """A problem for each of ``values``, a query of ``_row`` and ``v``, that is no key of a table; it names the key most like it."""
    found = f'SELECT _row, v FROM ({values}) ANTI JOIN (SELECT {key} AS v FROM "{table}") USING (v) WHERE v IS NOT NULL'
    if data.rows(f"{found} LIMIT 1"):
        near = data.rows(_NEAREST.format(found=found, key=key, table=table))
        hints = ((row, wrong, f", such as {like}" if like else "") for row, wrong, like in near)
        told = (
            Finding(row, column, f"{wrong} is not in {table}", f"{expected} {table}{hint}")
            for row, wrong, hint in hints
        )
        yield from data.problems(name, told)


#: the dangling values of a query, each with the key that it most resembles, if one is near
_NEAREST = """
WITH dangling AS ({found}), near AS (
  SELECT v, first(id ORDER BY likeness DESC, id) AS id FROM (
    SELECT v, id, jaro_winkler_similarity(v, id) AS likeness
    FROM (SELECT DISTINCT v FROM dangling), (SELECT DISTINCT {key} AS id FROM "{table}"))
  WHERE likeness > 0.8 AND id IS NOT NULL GROUP BY v)
SELECT _row, v, id FROM dangling LEFT JOIN near USING (v) ORDER BY _row, v
"""


def _references(name: str) -> dict[str, str]:
    columns = MODELS[name].to_schema().columns
    return {n: c.metadata["refers_to"] for n, c in columns.items() if c.metadata and "refers_to" in c.metadata}


@rule
def check_record_named(data: Store) -> Iterable[Problem]:
    """A row of decisions, crosswalk, waivers or retired names a table that exists and, but for retired, a record in it."""
    for name in ("decisions", "crosswalk", "waivers", "retired"):
        known = ", ".join(f"'{table}'" for table in data.columns)
        yield from data.find(
            name,
            "table_name",
            "one of " + ", ".join(data.columns),
            f"SELECT _row, table_name || ' is no table' FROM \"{name}\" WHERE table_name NOT IN ({known})",
        )
        for table in _tables_named(data, name) if name != "retired" else ():
            values = f"SELECT _row, record_id AS v FROM \"{name}\" WHERE table_name = '{table}'"
            yield from _dangling(data, name, "record_id", values, table, record_id(table), "a key of")


@rule
def check_retired_id(data: Store) -> Iterable[Problem]:
    """A retired id is not used again, and what replaces it exists."""
    for table in _tables_named(data, "retired"):
        named = f"FROM retired WHERE table_name = '{table}' AND"
        held = f'(SELECT {record_id(table)} FROM "{table}")'
        yield from data.find(
            "retired",
            "record_id",
            "an id that is used no longer",
            f"SELECT _row, record_id || ' is in use in {table}' {named} record_id IN {held}",
        )
        yield from data.find(
            "retired",
            "replaced_by_id",
            f"a key of {table}",
            f"SELECT _row, replaced_by_id || ' is not in {table}' {named} replaced_by_id NOT IN {held}",
        )


@rule
def check_released_id(data: Store) -> Iterable[Problem]:
    """An id that a release has published is still there, or is in retired."""
    for (table,) in data.rows("SELECT DISTINCT table_name FROM released WHERE table_name IS NOT NULL ORDER BY ALL"):
        held = f'SELECT {record_id(table)} FROM "{table}" UNION ALL ' if table in data.columns else ""
        yield from data.find(
            "released",
            "record_id",
            "the record, or a row in retired",
            f"SELECT _row, record_id || ' is no longer in {table}' FROM released WHERE table_name = '{table}' "
            f"AND record_id NOT IN ({held}SELECT record_id FROM retired WHERE table_name = '{table}')",
        )


def _tables_named(data: Store, name: str) -> list[str]:
    """The tables that exist of those that a table's column ``table_name`` names."""
    named = {table for (table,) in data.rows(f'SELECT DISTINCT table_name FROM "{name}"')}
    return [table for table in data.columns if table in named]
