"""A swim-lane timeline: talks, truces, accords, operations and leaders as intervals over the violence of each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from ttp_timeline.charts.intervals import CERTAINTIES, EVENT_COLUMNS, LANES, intervals, months
from ttp_timeline.charts.style import BLUE, CONFIG, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, given, values

if TYPE_CHECKING:
    import pandas as pd

LANE_COLORS = alt.Scale(domain=[*LANES], range=[BLUE, GREEN, SKY, PURPLE, ORANGE, GREY])
OPACITIES = alt.Scale(domain=[*CERTAINTIES], range=[0.9, 0.45, 0.12])
DASHES = alt.Scale(domain=[*CERTAINTIES], range=[[1, 0], [1, 0], [3, 2]])


def lanes(
    events: pd.DataFrame | None = None,
    *,
    truces: pd.DataFrame | None = None,
    processes: pd.DataFrame | None = None,
    agreements: pd.DataFrame | None = None,
    positions: pd.DataFrame | None = None,
    width: int = 900,
) -> alt.VConcatChart:
    """Intervals in lanes above the people killed each month (best figures); drag over the months to look closer.

    ``events`` has the columns of ``events``: those of type operation that last more than a day give a lane, the violence
    the months. The other frames are the tables of their names. Pale bars have approximate dates; dashed ones, drawn
    90 days long, an end that is not known. Events dated to a year only, and lasting ones, are in no month. Raises BadArgumentError.
    """
    import pandas as pd

    shown = given(events, "events", EVENT_COLUMNS)
    spans = intervals(shown, truces=truces, processes=processes, agreements=agreements, positions=positions)
    by_month = months(shown)
    brush = alt.selection_interval(name="brush", encodings=["x"])
    firsts = spans.groupby("lane", sort=False)["row"].min()
    names = "{" + ", ".join(f"'{row}': '{lane}'" for lane, row in firsts.items()) + "}[datum.value]"
    axis = alt.Axis(values=[*map(int, firsts)], labelExpr=names, title=None, ticks=False, domain=False)
    both_ends = pd.DataFrame({"at": [min(spans["start"].min(), by_month["month"].min()), spans["end"].max()]})
    # without a brush the lanes span the same years as the months beneath
    extent = alt.Chart(values(both_ends, "extent")).mark_point(opacity=0).encode(x="at:T")
    bars = (
        alt.Chart(values(spans, "intervals"))
        .mark_bar(clip=True, strokeWidth=1, height={"band": 0.8}, minBandSize=3)
        .encode(
            x=alt.X("start:T", scale=alt.Scale(type="utc", domain=brush), title=None),
            x2="end:T",
            y=alt.Y("row:O", axis=axis),
            color=alt.Color("lane:N", scale=LANE_COLORS, legend=None),
            stroke=alt.Stroke("lane:N", scale=LANE_COLORS, legend=None),
            fillOpacity=alt.FillOpacity("certainty:O", scale=OPACITIES, legend=None),
            strokeDash=alt.StrokeDash("certainty:O", scale=DASHES, legend=None),
            tooltip=["lane:N", "label:N", "from:N", "until:N", "certainty:N"],
        )
        .properties(width=width, height=alt.Step(11))
    )
    ends = alt.Scale(type="utc", domain=[*both_ends["at"].dt.strftime("%Y-%m-%d")])
    beneath = (
        alt.Chart(values(by_month, "months"), height=90, width=width)
        .mark_bar(color=VERMILION)
        .encode(
            x=alt.X("month:T", scale=ends, title="Drag to look closer", timeUnit="utcyearmonth"),
            y=alt.Y("killed:Q", title="Killed a month", axis=alt.Axis(tickCount=4)),
            tooltip=["month:N", "killed:Q", "events:Q"],
        )
        .add_params(brush)
    )
    key = alt.Title(
        "Solid: dated. Pale: dated roughly. Dashed: the end is not known.", fontSize=11, fontWeight="normal"
    )
    return alt.vconcat(alt.layer(extent, bars), beneath, spacing=8, config=CONFIG, title=key)
