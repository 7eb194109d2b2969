"""The one kind of drawing that measurements need."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def seconds_by_rows(values: list[dict[str, Any]], x_title: str, file: Path) -> None:
    """``rows`` against ``seconds``, both axes by powers of ten, a ``line`` each, side by side by ``panel``."""
    import altair as alt

    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_line(point=True)
        .encode(
            x=alt.X(
                "rows:Q",
                scale=alt.Scale(type="log"),
                title=x_title,
                axis=alt.Axis(format="~s", tickCount=4),
            ),
            y=alt.Y("seconds:Q", scale=alt.Scale(type="log"), title="Seconds"),
            color=alt.Color("line:N", title=None).scale(range=["#0072B2", "#D55E00", "#009E73", "#E69F00"]),
            strokeDash=alt.StrokeDash("line:N", title=None),
        )
        .properties(width=210, height=180)
        .facet(column=alt.Column("panel:N", title=None))
    )
    chart.save(file)
