"""A swim-lane timeline: talks, truces, accords, operations and leaders as intervals over the violence of each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from ttp_timeline.charts.style import (
    BLUE,
    CONFIG,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    given,
    is_uncertain,
    values,
)

if TYPE_CHECKING:
    import pandas as pd

LANES = {
    "Talks": BLUE,
    "National truces": GREEN,
    "Local truces": SKY,
    "Accords": PURPLE,
    "Operations": ORANGE,
    "TTP leaders": GREY,
}
#: how an interval is drawn, by what is known of its ends
CERTAINTY = {"dated": (0.9, [1, 0]), "approximate": (0.45, [1, 0]), "end not known": (0.12, [3, 2])}
#: an interval whose end is not known is drawn this long
UNKNOWN_LENGTH_DAYS = 90


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
    90 days long, an end that is not known. Events dated to a year only are in no month. Raises BadArgumentError.
    """
    import pandas as pd

    violence = given(events, "events", EVENT_COLUMNS)
    spans = intervals(violence, truces, processes, agreements, positions)
    brush = alt.selection_interval(name="brush", encodings=["x"])
    color = alt.Color("lane:N").scale(domain=[*LANES], range=[*LANES.values()]).legend(None)
    firsts = spans.groupby("lane", sort=False)["row"].min()
    names = "{" + ", ".join(f"'{row}': '{lane}'" for lane, row in firsts.items()) + "}[datum.value]"
    axis = alt.Axis(values=[*map(int, firsts)], labelExpr=names, title=None, ticks=False, domain=False)
    known = [*CERTAINTY]
    opacities, dashes = zip(*CERTAINTY.values(), strict=True)
    by_month = months(violence)
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
            color=color,
            stroke=alt.Stroke("lane:N").scale(domain=[*LANES], range=[*LANES.values()]).legend(None),
            fillOpacity=alt.FillOpacity("certainty:N", legend=None).scale(domain=known, range=[*opacities]),
            strokeDash=alt.StrokeDash("certainty:N", legend=None).scale(domain=known, range=[*dashes]),
            tooltip=["lane:N", "label:N", "from:N", "until:N", "certainty:N"],
        )
        .properties(width=width, height=alt.Step(11))
    )
    beneath = (
        alt.Chart(values(by_month, "months"), height=90, width=width)
        .mark_bar(color=VERMILION)
        .encode(
            x=alt.X(
                "month:T",
                scale=alt.Scale(type="utc", domain=[*both_ends["at"].dt.strftime("%Y-%m-%d")]),
                title="Drag to look closer",
                timeUnit="utcyearmonth",
            ),
            y=alt.Y("killed:Q", title="Killed a month", axis=alt.Axis(tickCount=4)),
            tooltip=["month:N", "killed:Q", "events:Q"],
        )
        .add_params(brush)
    )
    key = alt.Title(
        "Solid: dated. Pale: dated roughly. Dashed: the end is not known.", fontSize=11, fontWeight="normal"
    )
    return alt.vconcat(alt.layer(extent, bars), beneath, spacing=8, config=CONFIG, title=key)


EVENT_COLUMNS = [
    "event_id", "title", "event_class", "event_type", "date_edtf", "start_date", "end_date", "date_precision", "killed_best",
]  # fmt: skip


def months(events: pd.DataFrame) -> pd.DataFrame:
    """``month`` (its first day), ``killed`` (people) and ``events`` of the violence dated to a month or better."""
    violent = events[
        (events["event_class"] == "violence") & (events["date_precision"] <= 4) & events["start_date"].notna()
    ]
    by_month = violent.groupby(violent["start_date"].dt.to_period("M"))["killed_best"].agg(["sum", "size"])
    by_month.columns = ["killed", "events"]
    return by_month.rename_axis("month").reset_index().assign(month=lambda f: f["month"].dt.to_timestamp())


def intervals(
    events: pd.DataFrame,
    truces: pd.DataFrame | None,
    processes: pd.DataFrame | None,
    agreements: pd.DataFrame | None,
    positions: pd.DataFrame | None,
) -> pd.DataFrame:
    """One row per interval: lane, label, start, end, certainty, from and until in words, and the row to draw it in."""
    import pandas as pd

    t = given(
        truces, "truces", ["truce_id", "scope", "in_effect_edtf", "in_effect_date", "announced_end_date", "ended_date"]
    )
    truce = pd.DataFrame(
        {
            "lane": t["scope"].map({"national": "National truces", "local": "Local truces"}).astype(object),
            "label": t["truce_id"],
            "start": t["in_effect_date"],
            "end": t["ended_date"].fillna(t["announced_end_date"]),
            "uncertain": is_uncertain(t["in_effect_edtf"]),
        }
    )
    p = given(processes, "processes", ["process_name", "date_edtf", "start_date", "end_date"])
    talk = _spans("Talks", p["process_name"], p["date_edtf"], p["start_date"], p["end_date"])
    a = given(agreements, "agreements", ["agreement_name", "signed_edtf", "signed_date", "ended_date"])
    accord = _spans("Accords", a["agreement_name"], a["signed_edtf"], a["signed_date"], a["ended_date"])
    o = events[(events["event_type"] == "operation") & (events["end_date"] > events["start_date"])]
    operation = _spans("Operations", o["title"], o["date_edtf"], o["start_date"], o["end_date"])
    e = given(positions, "positions", ["office_id", "person_id", "date_edtf", "start_date", "end_date", "end_status"])
    e = e[e["office_id"] == "ttp-emir"]
    last = events["start_date"].max()
    leader = _spans("TTP leaders", e["person_id"], e["date_edtf"], e["start_date"], e["end_date"].fillna(last))
    found = pd.concat([talk, truce, accord, operation, leader], ignore_index=True)
    found = found[found["lane"].notna() & found["start"].notna()]
    unknown = found["end"].isna()
    certainty = found["uncertain"].map({True: "approximate", False: "dated"}).where(~unknown, "end not known")
    found = found.assign(
        certainty=certainty,
        **{
            "from": found["start"].dt.strftime("%Y-%m-%d"),
            "until": found["end"].dt.strftime("%Y-%m-%d").fillna("not known"),
        },
        end=found["end"].fillna(found["start"] + pd.Timedelta(days=UNKNOWN_LENGTH_DAYS)) + pd.Timedelta(days=1),
    )
    return _rows(found.drop(columns="uncertain"))


def _spans(lane: str, label: pd.Series, edtf: pd.Series, start: pd.Series, end: pd.Series) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"lane": lane, "label": label, "start": start, "end": end, "uncertain": is_uncertain(edtf)})


def _rows(found: pd.DataFrame) -> pd.DataFrame:
    """Place intervals that overlap on rows of their own, lane by lane."""
    import pandas as pd

    gap, placed, base = pd.Timedelta(days=20), [], 0
    for lane in LANES:
        ends: list[pd.Timestamp] = []
        rows = []
        part = found[found["lane"] == lane].sort_values(["start", "label"])
        for start, end in zip(part["start"], part["end"], strict=True):
            free = next((n for n, until in enumerate(ends) if until + gap < start), len(ends))
            ends[free : free + 1] = [end]
            rows.append(base + free)
        placed.append(part.assign(row=rows))
        base += len(ends)
    return pd.concat(placed, ignore_index=True)
