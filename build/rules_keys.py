"""Rules about keys and references: every row has one name, and every name that is used exists."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from casting import key_columns
from checked_data import CheckedData
from problems import Problem
from rulebook import rule
from ttp_timeline.models import MODELS

#: the dangling values of a query, each with the id that it most resembles, if one is near
_NEAREST = """
WITH dangling AS ({found}), near AS (
  SELECT v, first(id ORDER BY likeness DESC, id) AS id FROM (
    SELECT v, id, jaro_winkler_similarity(v, id) AS likeness
    FROM (SELECT DISTINCT v FROM dangling), (SELECT DISTINCT {column} AS id FROM "{table}" WHERE {column} IS NOT NULL))
  WHERE likeness > 0.8 GROUP BY v)
SELECT _row, v, id FROM dangling LEFT JOIN near USING (v) ORDER BY _row, v
"""


@rule
def check_key_unique(data: CheckedData) -> Iterable[Problem]:
    """No two rows of a table have the same key."""
    for name in data.tables:
        keys = key_columns(name)
        columns = ", ".join(keys)
        yield from data.find(
            name,
            keys[0],
            "a key of its own",
            f"SELECT _row, 'the key stands already in line ' || first_line || ' of ' || first_file FROM ("
            f"SELECT _row, row_number() OVER w AS n, first_value(_line) OVER w AS first_line, "
            f"first_value(_file) OVER w AS first_file "
            f'FROM "{name}" WINDOW w AS (PARTITION BY {columns} ORDER BY _row)) WHERE n > 1 ORDER BY _row',
        )


@rule
def check_reference(data: CheckedData) -> Iterable[Problem]:
    """Every id that a row names exists in the table it refers to."""
    for name in data.tables:
        for column, target in _references(name).items():
            table, target_column = target.split(".")
            is_list = column.endswith("_ids")
            value = f"unnest({column})" if is_list else column
            found = (
                f'SELECT _row, v FROM (SELECT _row, {value} AS v FROM "{name}") '
                f'WHERE v IS NOT NULL AND v NOT IN (SELECT {target_column} FROM "{table}" WHERE {target_column} IS NOT NULL)'
            )
            if not data.rows(f"{found} LIMIT 1"):
                continue
            for row, wrong, near in data.rows(_NEAREST.format(found=found, table=table, column=target_column)):
                assert isinstance(row, int)
                hint = f", such as {near}" if near else ""
                yield data.problem(name, row, column, f"{wrong} is not in {table}", f"an id of {table}{hint}")


def _references(name: str) -> dict[str, str]:
    columns = MODELS[name].to_schema().columns
    return {n: c.metadata["refers_to"] for n, c in columns.items() if c.metadata and "refers_to" in c.metadata}


@rule
def check_record_named(data: CheckedData) -> Iterable[Problem]:
    """A row of decisions, crosswalk, waivers or retired names a table that exists and, but for retired, a record in it."""
    for name in ("decisions", "crosswalk", "waivers", "retired"):
        rows = data.rows(f'SELECT _row, table_name, record_id FROM "{name}"')
        for row, table, record in rows:
            assert isinstance(row, int)
            if table not in data.tables:
                yield data.problem(name, row, "table_name", f"{table} is no table", "one of " + ", ".join(data.tables))
            elif name != "retired" and str(record) not in data.records(str(table)):
                near = get_close_matches(str(record), data.records(str(table)), n=1)
                hint = f", such as {near[0]}" if near else ""
                yield data.problem(name, row, "record_id", f"{record} is not in {table}", f"a key of {table}{hint}")


@rule
def check_retired_id(data: CheckedData) -> Iterable[Problem]:
    """A retired id is not used again, and what replaces it exists."""
    for row, table, record, replacement in data.rows("SELECT _row, table_name, record_id, replaced_by_id FROM retired"):
        assert isinstance(row, int)
        ids: Any = data.records(str(table)) if table in data.tables else ()
        if record in ids:
            yield data.problem(
                "retired", row, "record_id", f"{record} is in use in {table}", "an id that is used no longer"
            )
        if replacement is not None and replacement not in ids:
            yield data.problem(
                "retired", row, "replaced_by_id", f"{replacement} is not in {table}", f"a key of {table}"
            )


@rule
def check_released_id(data: CheckedData) -> Iterable[Problem]:
    """An id that a release has published is still there, or is in retired."""
    retired = set(data.rows("SELECT table_name, record_id FROM retired"))
    known = {
        name: data.records(name)
        for (name,) in data.rows("SELECT DISTINCT table_name FROM released")
        if name in data.tables
    }
    for row, table, record in data.rows("SELECT _row, table_name, record_id FROM released ORDER BY _row"):
        assert isinstance(row, int)
        if record not in known.get(str(table), ()) and (table, record) not in retired:
            yield data.problem(
                "released", row, "record_id", f"{record} is no longer in {table}", "the record, or a row in retired"
            )
