"""What all charts share: colours that the colour-blind can tell apart, fonts, and frames as values of a specification."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import altair as alt

from ttp_timeline.errors import BadArgumentError
from ttp_timeline.loading import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

#: Okabe and Ito's palette, which differs in lightness as well
BLUE, SKY, GREEN, ORANGE, VERMILION, PURPLE, GREY = (
    "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#777777",
)  # fmt: skip

#: dates are days without a time zone: drawn as UTC, they are the same days everywhere
UTC = alt.Scale(type="utc")

CONFIG: dict[str, Any] = {
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {"grid": False, "labelLimit": 260, "titleFontWeight": "normal"},
    "title": {"anchor": "start", "subtitleColor": GREY},
    "legend": {"titleFontWeight": "normal", "labelLimit": 260},
}


def given(frame: pd.DataFrame | None, table: str, columns: Sequence[str], **options: Any) -> pd.DataFrame:
    """The frame given, checked, or the published table; raises BadArgumentError where it cannot be drawn."""
    if frame is None:
        return load(table, columns=list(columns), **options)  # type: ignore[call-overload, no-any-return]
    missing = [c for c in columns if c not in getattr(frame, "columns", ())]
    if missing:
        raise BadArgumentError(f"a frame with the columns of {table!r} is needed; {', '.join(missing)} not found")
    if frame.empty:
        raise BadArgumentError(f"nothing to draw: the frame of {table!r} has no rows")
    return frame[list(columns)].copy()


def values(frame: pd.DataFrame, name: str) -> alt.InlineData:
    """The rows as inline data of that name, days as ISO text; any number of rows."""
    import pandas as pd

    plain = frame.copy()
    for column in plain.columns:
        if isinstance(plain[column].dtype, pd.CategoricalDtype):
            plain[column] = plain[column].astype(object)
        elif pd.api.types.is_datetime64_any_dtype(plain[column]):
            plain[column] = plain[column].dt.strftime("%Y-%m-%d")
    return alt.InlineData(values=json.loads(plain.to_json(orient="records")), name=name)


def is_uncertain(edtf: pd.Series) -> pd.Series:
    """Whether a date in EDTF is approximate or gives no day at its beginning."""
    begin = edtf.astype("string").str.split("/").str[0]
    return (begin.str.endswith("~") | (begin.str.len() < len("2001-01-01"))).fillna(True).astype(bool)
