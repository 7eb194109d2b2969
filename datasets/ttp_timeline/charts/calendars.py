"""A calendar: a square a day, darker with more of what is counted, framed while a national truce was in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from ttp_timeline.charts.style import CONFIG, GREEN, given, values
from ttp_timeline.charts.truce_windows import MEASURES
from ttp_timeline.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


def calendar(days: pd.DataFrame | None = None, *, measure: str = "killed_best", step: int = 11) -> alt.FacetChart:
    """A row of weeks per year, a square of ``step`` points a day; green frames are days of a national truce.

    ``days`` has the columns of the table ``days``; without it the years 2021 and 2022. ``measure`` is "attack_count",
    "violent_event_count" or "killed_best". Raises BadArgumentError, UnknownNameError.
    """
    if measure not in MEASURES:
        raise UnknownNameError("measure", measure, MEASURES)
    default = [("date", ">=", "2021-01-01"), ("date", "<=", "2022-12-31")]
    shown = given(
        days, "days", ["date", measure, "is_truce_in_force"], **({"filters": default} if days is None else {})
    )
    iso = shown["date"].dt.isocalendar()
    # the first days of January may belong to the last week of the year before
    week = iso["week"].mask((shown["date"].dt.month == 1) & (iso["week"] > 50), 0)
    week = week.mask((shown["date"].dt.month == 12) & (iso["week"] == 1), 53)
    shown = shown.assign(year=shown["date"].dt.year, week=week, weekday=shown["date"].dt.strftime("%a"))
    shade = alt.Fill(f"{measure}:Q", title=MEASURES[measure]).scale(scheme="oranges", type="symlog")
    order = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    chart: alt.FacetChart = (
        alt.Chart(values(shown, "days"))
        .mark_rect(strokeWidth=1)
        .encode(
            x=alt.X("week:O", title=None, axis=None),
            y=alt.Y("weekday:O", sort=order, title=None, axis=alt.Axis(values=["Mon", "Thu", "Sun"], domain=False, ticks=False)),
            fill=alt.condition(f"datum.{measure} > 0", shade, alt.value("transparent")),
            stroke=alt.condition("datum.is_truce_in_force", alt.value(GREEN), alt.value("#8883")),
            tooltip=["date:N", f"{measure}:Q", "is_truce_in_force:N"],
        )
        .properties(width=alt.Step(step), height=alt.Step(step))
        .facet(row=alt.Row("year:O", title=None, header=alt.Header(labelAngle=0)))
        .configure(**CONFIG)
    )  # fmt: skip
    return chart
