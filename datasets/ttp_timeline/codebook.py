"""The codebook, from the descriptor: no data file is read."""

from __future__ import annotations

from ttp_timeline.catalog import descriptor, resource

TYPE_CHECKING = False  # as in `typing`, whose import would take longer than all the rest here
if TYPE_CHECKING:
    import pandas as pd

    from ttp_timeline.table_names import TableName


def tables() -> pd.DataFrame:
    """One row per table: ``table``, ``rows``, ``columns``, ``description``."""
    import pandas as pd

    rows = [
        {
            "table": r["name"],
            "rows": r["rowcount"],
            "columns": len(r["schema"]["fields"]),
            "description": r["description"],
        }
        for r in descriptor()["resources"]
    ]
    return pd.DataFrame(rows).set_index("table")


def describe(table: TableName) -> pd.DataFrame:
    """One row per column of a table: ``column``, ``type``, ``unit``, ``description``, ``codes`` (code -> meaning).

    Raises UnknownNameError for a name that is no table.
    """
    import pandas as pd

    rows = [
        {
            "column": f["name"],
            "type": f["type"],
            "unit": f.get("unit", ""),
            "description": f["description"],
            "codes": f.get("codes", {}),
            "refers_to": f.get("refers_to", ""),
            "origin": f["origin"],
        }
        for f in resource(table)["schema"]["fields"]
    ]
    return pd.DataFrame(rows).set_index("column")
