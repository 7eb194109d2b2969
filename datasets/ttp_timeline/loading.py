"""Read published tables: whole, in part, or as they were known on a day."""

from __future__ import annotations

from ttp_timeline.catalog import descriptor_names, folder, path
from ttp_timeline.errors import BadArgumentError, DataFileError, UnknownNameError

TYPE_CHECKING = False  # as in `typing`, whose import would take longer than all the rest here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any, Literal, TypeAlias, overload

    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.compute as pc

    from ttp_timeline.table_names import TableName

    Condition = tuple[str, str, Any]
    Filters: TypeAlias = Sequence[Condition] | Sequence[Sequence[Condition]] | pc.Expression

ENGINES = ("pandas", "pyarrow", "polars")


if TYPE_CHECKING:

    @overload
    def load(
        table: TableName, *, columns: Sequence[str] | None = ..., filters: Filters | None = ...,
        as_of: str | date | None = ..., engine: Literal["pandas"] = ...,
    ) -> pd.DataFrame: ...  # fmt: skip
    @overload
    def load(
        table: TableName, *, columns: Sequence[str] | None = ..., filters: Filters | None = ...,
        as_of: str | date | None = ..., engine: Literal["pyarrow"],
    ) -> pa.Table: ...  # fmt: skip
    @overload
    def load(
        table: TableName, *, columns: Sequence[str] | None = ..., filters: Filters | None = ...,
        as_of: str | date | None = ..., engine: Literal["polars"],
    ) -> pl.DataFrame: ...  # fmt: skip


def load(
    table: str,
    *,
    columns: Sequence[str] | None = None,
    filters: Filters | None = None,
    as_of: str | date | None = None,
    engine: str = "pandas",
) -> Any:
    """Load a table as a plain frame: real dates, nullable integers and booleans, categories, a clean index.

    ``columns`` and ``filters`` (as in `pyarrow.parquet.read_table`; ISO dates may be strings) are pushed down to the
    file. With ``as_of`` the table is as it could be known from pages published by that day. ``engine`` is "pandas",
    "pyarrow" or "polars".

    Raises UnknownNameError (table, column, engine), BadArgumentError (a date, a filter), DataFileError (a file that is
    missing or damaged).
    """
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    if as_of is None:
        return _convert(_read(table, columns, filters), engine)
    from ttp_timeline.as_of import known_by

    known = known_by(_existing(table), _day("as_of", as_of), lambda name: _read(name, None, None))
    if filters is not None:
        known = known.filter(_expression(filters, known.schema))
    if columns is not None:
        _check_columns(table, columns, known.schema)
        known = known.select(list(columns))
    return _convert(known, engine)


def _existing(table: str) -> str:
    path(table)
    return table


def _read(table: str, columns: Sequence[str] | None, filters: Filters | None) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not isinstance(table, str) or "/" in table or "\\" in table:
        raise UnknownNameError("table", table, descriptor_names())
    file = f"{folder()}/{table}.parquet"
    try:
        with pq.ParquetFile(file, page_checksum_verification=True) as opened:
            _check_columns(table, columns, opened.schema_arrow)
            chosen = None if columns is None else list(columns)
            if filters is None:
                return opened.read(columns=chosen)
            condition = _expression(filters, opened.schema_arrow)
        # only a filter needs the dataset reader, which imports pandas and takes twice the time
        return pq.read_table(
            file, columns=chosen, filters=condition, partitioning=None, page_checksum_verification=True
        )
    except FileNotFoundError:
        path(table)
        raise
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, pa.ArrowNotImplementedError) and filters is not None:
            raise BadArgumentError(f"filters do not fit the columns of {table}: {error}") from None
        raise DataFileError(file, "is damaged") from error


def _check_columns(table: str, columns: Sequence[str] | None, schema: pa.Schema) -> None:
    if isinstance(columns, str):
        raise BadArgumentError(f"columns takes a list of names, such as [{columns!r}]")
    for column in columns or ():
        if column not in schema.names:
            raise UnknownNameError(f"column of {table}", column, schema.names)


def _expression(filters: Filters, schema: pa.Schema) -> pc.Expression:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if isinstance(filters, pc.Expression):
        return filters
    groups = filters if filters and isinstance(filters[0], list) else [filters]
    typed = [[_typed(condition, schema) for condition in group] for group in groups]
    expression: pc.Expression = pq.filters_to_expression(typed)
    return expression


def _typed(condition: Any, schema: pa.Schema) -> tuple[str, str, Any]:
    import pyarrow as pa

    try:
        column, operator, value = condition
    except (TypeError, ValueError):
        raise BadArgumentError(
            f"a filter is (column, operator, value), such as ('killed_best', '>=', 20), not {condition!r}"
        ) from None
    if column not in schema.names:
        raise UnknownNameError("column to filter by", column, schema.names)
    if pa.types.is_date(schema.field(column).type) and isinstance(value, str):
        value = _day(column, value)
    return column, operator, value


def _day(name: str, value: Any) -> date:
    from datetime import date, datetime

    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadArgumentError(f"{name} is a day such as '2022-05-20', not {value!r}") from None


def _convert(table: pa.Table, engine: str) -> Any:
    if engine == "pyarrow":
        return table
    if engine == "polars":
        import polars as pl

        return pl.from_arrow(table)
    import pandas as pd
    import pyarrow as pa

    nullable = {pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}
    plain = table.replace_schema_metadata(None)
    return plain.to_pandas(date_as_object=False, types_mapper=nullable.get)
