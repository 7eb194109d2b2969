"""From strings to the types of the models, strictly: a cell that does not fit is a problem, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc

from curated import RawTable
from edtf_dates import FORMS, parse
from problems import Problem
from rulebook import declare
from ttp_timeline.models import MODELS, table_metadata

for _id, _sentence in {
    "cell-type": "A cell holds the type of its column: whole numbers, decimal numbers, true or false.",
    "edtf": "A date is typed in EDTF, in one of the accepted forms, on days that exist, its end not before its start.",
    "list-form": "A list is separated by single semicolons, without blanks, holes or repeats.",
    "required": "A required cell is filled.",
    "vocabulary": "A coded cell holds one of the column's codes.",
    "form": "An id is lower-case words joined by hyphens; an address or a code has the form of its kind.",
    "range": "A number lies in the range of its column; counts are never negative.",
}.items():
    declare(_id, _sentence)

_PANDERA_RULES = {
    "not_nullable": ("required", "is empty"),
    "isin": ("vocabulary", "{value!r} is not a code of this column"),
    "str_matches": ("form", "{value!r} has the wrong form"),
    "greater_than_or_equal_to": ("range", "{value} is too small"),
    "less_than_or_equal_to": ("range", "{value} is too large"),
}


def arrow_type(column: Any) -> pa.DataType:
    """The Arrow type of a pandera column."""
    dtype: pa.DataType = column.dtype.type.pyarrow_dtype
    return dtype


def key_columns(name: str) -> list[str]:
    return list(table_metadata(name)["key"])


def record_ids(table: pa.Table, name: str) -> list[str]:
    """The key of each row as one string, its parts joined by slashes."""
    columns = [pc.fill_null(table[c], "") for c in key_columns(name)]
    return list(pc.binary_join_element_wise(*columns, "/").to_pylist())


def cast(raw: RawTable) -> tuple[pa.Table, list[Problem]]:
    """The typed table (with ``_file`` and ``_line``) and every cell that does not fit its column."""
    schema = MODELS[raw.name].to_schema()
    strings = raw.to_arrow()
    ids = record_ids(strings, raw.name)
    problems: list[Problem] = []

    def wrong(row: int, column: str, rule: str, message: str, expected: str) -> None:
        problems.append(
            Problem(raw.files[row], raw.lines[row], column, ids[row], rule, message, expected, table_name=raw.name)
        )

    columns: dict[str, pa.Array] = {}
    for name in raw.columns:
        column = schema.columns[name]
        values = strings[name].to_pylist() if strings.num_rows else []
        converted = _convert(values, arrow_type(column), bool((column.metadata or {}).get("edtf")), name, wrong)
        columns[name] = pa.array(converted, arrow_type(column))
    broken = {(p.path, p.line, p.column) for p in problems}
    typed = pa.table(columns)
    for row, name, rule, message, expected in _validate(typed, raw):
        if (raw.files[row], raw.lines[row], name) not in broken:
            wrong(row, name, rule, message, expected)
    return typed.append_column("_file", strings["_file"]).append_column("_line", strings["_line"]), problems


Wrong = Callable[[int, str, str, str, str], None]


def _convert(values: list[str | None], kind: pa.DataType, is_edtf: bool, name: str, wrong: Wrong) -> list[Any]:
    if pa.types.is_list(kind):
        return [None if v is None else _list(v, row, name, wrong) for row, v in enumerate(values)]
    if is_edtf:
        return [None if v is None else _edtf(v, row, name, wrong) for row, v in enumerate(values)]
    if pa.types.is_string(kind):
        return values
    pattern, convert, expected = _SCALARS[str(kind)]
    result: list[Any] = []
    for row, value in enumerate(values):
        fits = value is None or pattern.fullmatch(value)
        if not fits:
            wrong(row, name, "cell-type", f"{value!r} does not fit", expected)
        result.append(convert(value) if value is not None and fits else None)
    return result


_SCALARS: dict[str, tuple[re.Pattern[str], Callable[[str], Any], str]] = {
    "int32": (re.compile(r"-?[0-9]{1,9}"), int, "a whole number"),
    "double": (re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?"), float, "a number such as 33.0086"),
    "bool": (re.compile(r"true|false"), lambda v: v == "true", "true or false"),
}


def _edtf(value: str, row: int, name: str, wrong: Wrong) -> str | None:
    try:
        parse(value)
    except ValueError as error:
        wrong(row, name, "edtf", str(error), FORMS)
        return None
    return value


def _list(value: str, row: int, name: str, wrong: Wrong) -> list[str]:
    parts = value.split(";")
    if any(not p or p != p.strip() for p in parts) or len(set(parts)) < len(parts):
        wrong(row, name, "list-form", f"{value!r} has blanks, holes or repeats", "a;b;c")
    return [p.strip() for p in parts if p.strip()]


def _validate(typed: pa.Table, raw: RawTable) -> Iterator[tuple[int, str, str, str, str]]:
    """What pandera finds in the curated columns, as (row, column, rule, message, expected)."""
    schema = MODELS[raw.name].to_schema().select_columns(raw.columns)
    schema.ordered = False
    try:
        schema.validate(typed.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            check = str(case["check"])
            rule, message = _PANDERA_RULES[check.split("(")[0]]
            column = schema.columns[str(case["column"])]
            yield (
                int(case["index"]),
                column.name,
                rule,
                message.format(value=case["failure_case"]),
                _expected(check, column),
            )


def _expected(check: str, column: Any) -> str:
    metadata = column.metadata or {}
    if check.startswith("isin"):
        return "one of " + ", ".join(map(str, metadata["codes"]))
    if check.startswith("str_matches"):
        return str(metadata.get("example") or metadata["pattern"])
    if check == "not_nullable":
        return str(column.description).rstrip(".").lower()
    return check.replace("_", " ")
