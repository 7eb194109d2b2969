"""Violence before, during and after each national truce, as a rate, because truces differ in length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from ttp_timeline.charts.style import CONFIG, GREEN, GREY, ORANGE, given, values

if TYPE_CHECKING:
    import pandas as pd

WINDOWS = ("before", "during", "after")
MEASURES = {"attack_count": "Attacks", "violent_event_count": "Violent events", "killed_best": "People killed"}


def truce_windows(
    windows: pd.DataFrame | None = None, *, measure: str = "attack_count", width: int = 110
) -> alt.FacetChart:
    """A small chart per truce: ``measure`` per day in the 30 days before, during, and in the 30 days after.

    ``windows`` has the columns of the table ``truce_windows``. ``measure`` is "attack_count", "violent_event_count" or
    "killed_best". Another truce may have been in force in a window: the tooltip gives the days. Raises BadArgumentError.
    """
    from ttp_timeline.errors import UnknownNameError

    if measure not in MEASURES:
        raise UnknownNameError("measure", measure, MEASURES)
    columns = ["truce_id", "window", "start_date", "end_date", "day_count", *MEASURES, "other_truce_day_count"]
    shown = given(windows, "truce_windows", columns)
    shown = shown.assign(a_day=(shown[measure] / shown["day_count"]).astype(float).round(3))
    order = shown.sort_values("start_date")["truce_id"].drop_duplicates().tolist()
    chart: alt.FacetChart = (
        alt.Chart(values(shown, "windows"))
        .mark_bar()
        .encode(
            x=alt.X("window:N", sort=[*WINDOWS], title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("a_day:Q", title=f"{MEASURES[measure]} a day"),
            color=alt.Color("window:N", legend=None).scale(domain=[*WINDOWS], range=[GREY, GREEN, ORANGE]),
            tooltip=[
                "truce_id:N", "window:N", "start_date:N", "end_date:N", "day_count:Q", f"{measure}:Q", "other_truce_day_count:Q",
            ],
        )
        .properties(width=width, height=110)
        .facet(facet=alt.Facet("truce_id:N", sort=order, title=None), columns=5)
        .configure(**CONFIG)
    )  # fmt: skip
    return chart
