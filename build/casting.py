"""From strings to the types of the models, strictly: a cell that does not fit is a problem, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
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
    columns = [pc.fill_null(table[c].cast(pa.string()), "") for c in key_columns(name)]
    return list(pc.binary_join_element_wise(*columns, "/").to_pylist())


def each_distinct(texts: pa.ChunkedArray, convert: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """``convert`` of each text, called once for each distinct one; null stays null."""
    distinct = texts.combine_chunks().dictionary_encode()
    return pa.array([convert(text) for text in distinct.dictionary.to_pylist()], kind).take(distinct.indices)


def cast(raw: RawTable) -> tuple[pa.Table, list[Problem]]:
    """The typed table (with ``_file`` and ``_line``) and every cell that does not fit its column."""
    schema = MODELS[raw.name].to_schema()
    problems: list[Problem] = []

    def wrong(row: int, column: str, rule: str, message: str, expected: str) -> None:
        cells = raw.cells.slice(row, 1)
        path, line = cells["_file"][0].as_py(), cells["_line"][0].as_py()
        record = record_ids(cells, raw.name)[0]
        problems.append(Problem(path, line, column, record, rule, message, expected, table_name=raw.name))

    typed, broken = raw.cells, set()
    for at, name in enumerate(raw.columns):
        rule, convert, expected = _conversion(schema.columns[name])
        if convert is None:
            continue
        values, misfits = _converted(raw.cells[name], convert, arrow_type(schema.columns[name]))
        typed = typed.set_column(at, name, values)
        for row in _rows_with(raw.cells[name], misfits):
            broken.add((row, name))
            wrong(row, name, rule, misfits[raw.cells[name][row].as_py()], expected)
    for row, name, rule, message, expected in _validate(typed, raw):
        if (row, name) not in broken:
            wrong(row, name, rule, message, expected)
    return typed, problems


#: a text's value, as far as it has one, and what is wrong with the text
Convert = Callable[[str], tuple[Any, str | None]]


def _converted(texts: pa.ChunkedArray, convert: Convert, kind: pa.DataType) -> tuple[pa.Array, dict[str, str]]:
    """The values of a column, and what is wrong with each text that does not fit."""
    misfits = {}

    def value(text: str) -> Any:
        found, complaint = convert(text)
        if complaint:
            misfits[text] = complaint
        return found

    return each_distinct(texts, value, kind), misfits


def _rows_with(texts: pa.ChunkedArray, searched: Collection[str]) -> list[int]:
    """The rows whose text is one of those searched."""
    if not searched:
        return []
    found = pc.is_in(texts, value_set=pa.array(searched, pa.string()))
    return list(pc.indices_nonzero(found).to_pylist())


def _conversion(column: Any) -> tuple[str, Convert | None, str]:
    """The rule by which a column's cells are read, the function that reads them (None: texts stay), what it expects."""
    kind = arrow_type(column)
    if pa.types.is_list(kind):
        return "list-form", _list, "a;b;c"
    if (column.metadata or {}).get("edtf"):
        return "edtf", _edtf, FORMS
    return ("cell-type", *_SCALARS.get(str(kind), (None, "")))


def _scalar(pattern: str, value: Callable[[str], Any]) -> Convert:
    form = re.compile(pattern)
    return lambda text: (value(text), None) if form.fullmatch(text) else (None, f"{text!r} does not fit")


_SCALARS: dict[str, tuple[Convert, str]] = {
    "int32": (_scalar(r"-?[0-9]{1,9}", int), "a whole number"),
    "double": (_scalar(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", float), "a number such as 33.0086"),
    "bool": (_scalar(r"true|false", lambda text: text == "true"), "true or false"),
}


def _edtf(text: str) -> tuple[str | None, str | None]:
    try:
        parse(text)
    except ValueError as error:
        return None, str(error)
    return text, None


def _list(text: str) -> tuple[list[str], str | None]:
    parts = text.split(";")
    filled = [part.strip() for part in parts if part.strip()]
    fits = parts == filled and len(set(parts)) == len(parts)
    return filled, None if fits else f"{text!r} has blanks, holes or repeats"


def _validate(typed: pa.Table, raw: RawTable) -> Iterator[tuple[int, str, str, str, str]]:
    """What pandera finds in the curated columns, as (row, column, rule, message, expected)."""
    schema = MODELS[raw.name].to_schema().select_columns(raw.columns)
    schema.ordered = False
    try:
        schema.validate(typed.select(raw.columns).to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
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
        return f"a form such as {metadata['example']}" if "example" in metadata else f"the form {metadata['pattern']}"
    if check == "not_nullable":
        return str(column.description).rstrip(".").lower()
    name, _, bound = check.rstrip(")").partition("(")
    return f"{name.replace('_', ' ')} {bound}"
