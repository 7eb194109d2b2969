"""Tolls as they are reported: from low to high, the best figure, and each report as a dot by the kind of its speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from ttp_timeline.charts.style import BLUE, CONFIG, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, given, values
from ttp_timeline.loading import load

if TYPE_CHECKING:
    import pandas as pd

#: kind of speaker -> actor types; whoever is in none of them is "other"
SPEAKERS = {
    "officials": (
        "unnamed_official",
        "government",
        "government_body",
        "police_force",
        "intelligence_service",
        "medical",
    ),
    "army": ("armed_force",),
    "foreign government": ("foreign_government", "intergovernmental"),
    "armed groups": ("armed_group", "faction"),
    "press": ("media", "research_institute"),
    "residents": ("unnamed_witness", "tribal_body", "religious_body", "political_party"),
    "other": (),
}
COLORS = (BLUE, GREEN, PURPLE, VERMILION, ORANGE, SKY, GREY)
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "wedge")


def tolls(
    events: pd.DataFrame | None = None, *, reports: pd.DataFrame | None = None, most: int = 25, width: int = 600
) -> alt.LayerChart:
    """The ``most`` deadliest of the events given that are not lasting: a bar from low to high, a tick at best, a dot for each report.

    ``events`` has the columns of ``events`` (or ``timeline``), ``reports`` those of ``reports``; give both as of one day to
    see what was known then. Figures are people killed. Raises BadArgumentError.
    """
    shown = given(
        events, "events", ["event_id", "title", "start_date", "killed_low", "killed_best", "killed_high", "is_lasting"]
    )
    shown = shown[shown["killed_best"].notna() & ~shown["is_lasting"].astype(bool)].nlargest(most, "killed_best")
    told = given(reports, "reports", ["event_id", "source_id", "speaker_id", "killed"])
    told = told[told["killed"].notna() & told["event_id"].isin(shown["event_id"])]
    actors = load("actors", columns=["actor_id", "actor_name", "actor_type"]).set_index("actor_id")
    labels = shown["start_date"].dt.strftime("%Y-%m-%d") + "  " + shown["title"]
    shown = shown.assign(label=labels)
    told = told.assign(
        label=told["event_id"].map(shown.set_index("event_id")["label"]),
        speaker=told["speaker_id"].map(actors["actor_name"]),
        kind=told["speaker_id"].map(actors["actor_type"]).astype(object).map(_kind),
    )
    order = shown["label"].tolist()
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=420, ticks=False, domain=False))
    base = alt.Chart(values(shown, "tolls"))
    bar = base.mark_bar(height=7, color=GREY, opacity=0.3).encode(
        x=alt.X("killed_low:Q", title="People killed"),
        x2="killed_high:Q",
        y=y,
    )
    best = base.mark_tick(thickness=3, size=16, color="currentColor").encode(
        x="killed_best:Q", y=y, tooltip=["label:N", "killed_low:Q", "killed_best:Q", "killed_high:Q"]
    )
    dots = (
        alt.Chart(values(told, "toll_reports"))
        .mark_point(filled=True, size=45, opacity=0.8)
        .encode(
            x="killed:Q",
            y=y,
            color=alt.Color("kind:N", title="Speaker").scale(domain=[*SPEAKERS], range=[*COLORS]),
            shape=alt.Shape("kind:N", title="Speaker").scale(domain=[*SPEAKERS], range=[*SHAPES]),
            tooltip=["label:N", "speaker:N", "killed:Q", "source_id:N"],
        )
    )
    return alt.LayerChart(layer=[bar, best, dots], width=width, height=alt.Step(20), config=CONFIG)


def _kind(actor_type: str) -> str:
    return next((kind for kind, types in SPEAKERS.items() if actor_type in types), "other")
