"""The words in which a table is described: column types, field helpers and the base model."""

from typing import Annotated, Any, ClassVar

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

Text = Annotated[pd.ArrowDtype, pa.string()]
TextList = Annotated[pd.ArrowDtype, pa.list_(pa.string())]
Day = Annotated[pd.ArrowDtype, pa.date32()]
Count = Annotated[pd.ArrowDtype, pa.int32()]
Degrees = Annotated[pd.ArrowDtype, pa.float64()]
Number = Annotated[pd.ArrowDtype, pa.float64()]
Flag = Annotated[pd.ArrowDtype, pa.bool_()]

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Table(pandera.DataFrameModel):
    """Base of all tables: columns as listed, in that order, none besides.

    A model's ``Config`` names the table and says, in ``metadata``:

    * ``title``: the table's heading in the codebook;
    * ``key``: the columns that identify a row;
    * ``split_by``: the column whose year names the curated file a row lies in (absent: one file);
    """

    class Config:
        strict = True
        ordered = True
        metadata: ClassVar[dict[str, Any]] = {}


def _field(title: str, description: str, **options: Any) -> Any:
    checks: dict[str, Any] = {name: options.pop(name) for name in ("ge", "le") if name in options}
    nullable = options.pop("nullable", True)
    if "pattern" in options:
        checks["str_matches"] = options["pattern"]
    if "codes" in options:
        checks["isin"] = list(options["codes"])
    metadata = {"origin": "curated", **options}
    return pandera.Field(nullable=nullable, title=title, description=description, metadata=metadata, **checks)


def key(title: str, description: str, *, example: str) -> Any:
    """A row's own name: lower-case ASCII words joined by hyphens; never reused, never data."""
    return _field(title, description, example=example, nullable=False, pattern=ID_PATTERN)


def ref(target: str, title: str, description: str, *, required: bool = False, **options: Any) -> Any:
    """The id of a row of another table (``table.column``)."""
    return _field(title, description, refers_to=target, nullable=not required, **options)


def refs(target: str, title: str, description: str, *, required: bool = False, **options: Any) -> Any:
    """A list of ids of another table, separated by semicolons in the CSV."""
    return _field(title, description, refers_to=target, nullable=not required, **options)


def text(title: str, description: str, *, required: bool = False, **options: Any) -> Any:
    """Free text."""
    return _field(title, description, nullable=not required, **options)


def code(codes: dict[str, str], title: str, description: str, *, required: bool = False, **options: Any) -> Any:
    """One of a closed list of codes, each with its meaning."""
    return _field(title, description, codes=codes, nullable=not required, **options)


def edtf(title: str, description: str, *, required: bool = False, **options: Any) -> Any:
    """A date as a curator types it, in EDTF (ISO 8601-2): a day, month, year, ``~`` or an interval."""
    return _field(title, description, edtf=True, nullable=not required, **options)


def count(unit: str, title: str, description: str, **options: Any) -> Any:
    """A whole number of things, never negative."""
    return _field(title, description, unit=unit, ge=0, **options)


def number(unit: str, title: str, description: str, **options: Any) -> Any:
    """A number that may have decimals."""
    return _field(title, description, unit=unit, **options)


def flag(title: str, description: str, **options: Any) -> Any:
    """true or false."""
    return _field(title, description, **options)


def derived(rule: str, title: str, description: str, **options: Any) -> Any:
    """A column that the build computes; ``rule`` says from what, in the words of ``build/derive.py``."""
    return _field(title, description, **{"origin": "derived", "derive": rule, **options})


def known(rule: str, title: str = "Known since", description: str = "") -> Any:
    """The day from which this row, or a part of it, could be known; ``rule`` names the columns it follows from."""
    default = "First day on which a page that supports this row had been published; empty: not dated."
    return derived(f"known {rule}", title, description or default)
