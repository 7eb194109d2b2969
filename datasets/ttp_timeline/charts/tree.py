"""Groups over time: how they were founded, split, joined, pledged and were renamed."""

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
    UTC,
    VERMILION,
    given,
    is_uncertain,
    values,
)
from ttp_timeline.loading import load

if TYPE_CHECKING:
    import pandas as pd

FIRST = "2001-01-01"
TYPES = {
    "founded_from": SKY,
    "split_from": VERMILION,
    "merged_into": GREEN,
    "faction_of": BLUE,
    "pledged_to": PURPLE,
    "renamed_to": GREY,
    "allied_with": ORANGE,
}


def tree(
    relations: pd.DataFrame | None = None, *, actors: pd.DataFrame | None = None, width: int = 820
) -> alt.LayerChart:
    """A line per group, from its founding to its end as far as known, and an arrow per relation from subject to object.

    ``relations`` and ``actors`` have the columns of the tables of those names; relations of other types than founded,
    split, merged, faction, pledged, renamed and allied, without a date or from before 2001, are not drawn. Dashed arrows have
    approximate dates. Raises BadArgumentError.
    """
    import pandas as pd

    links = given(
        relations, "relations", ["subject_actor_id", "relation_type", "object_actor_id", "date_edtf", "start_date"]
    )
    links = links[links["relation_type"].isin(TYPES) & (links["start_date"] >= FIRST)].sort_values("start_date")
    known = given(actors, "actors", ["actor_id", "actor_name", "founded_date", "dissolved_date"]).set_index("actor_id")
    names = load("actors", columns=["actor_id", "actor_name"]).set_index("actor_id")["actor_name"]
    links = links.assign(
        subject=links["subject_actor_id"].map(names),
        object=links["object_actor_id"].map(names),
        dates=is_uncertain(links["date_edtf"]).map({True: "approximate", False: "dated"}),
    )
    seen = pd.concat([links[["subject_actor_id", "start_date"]].set_axis(["actor_id", "at"], axis=1),
                      links[["object_actor_id", "start_date"]].set_axis(["actor_id", "at"], axis=1)])  # fmt: skip
    span = seen.groupby("actor_id", observed=True)["at"].agg(["min", "max"])
    last = span["max"].max()
    span["start"] = known["founded_date"].reindex(span.index).fillna(span["min"])
    merged = links[links["relation_type"].isin(["merged_into", "renamed_to"])].groupby(
        "subject_actor_id", observed=True
    )
    span["start"] = span["start"].mask(span["start"] < FIRST, pd.Timestamp(FIRST))
    ended = known["dissolved_date"].reindex(span.index).fillna(merged["start_date"].max().reindex(span.index))
    returned = ended < span["max"]  # a group that joined and left again goes on
    span["end"] = ended.mask(returned).fillna(last)
    span["name"] = names.reindex(span.index)
    order = span.sort_values(["start", "name"])["name"].tolist()
    rows = alt.Scale(domain=order)
    y = alt.Y("name:N", scale=rows, title=None, axis=alt.Axis(labelLimit=260, ticks=False, domain=False))
    kinds = alt.Scale(domain=[*TYPES], range=[*TYPES.values()])
    lines = (
        alt.Chart(values(span.reset_index()[["name", "start", "end"]], "groups"))
        .mark_rule(color=GREY, strokeWidth=2, opacity=0.5)
        .encode(x=alt.X("start:T", scale=UTC, title=None), x2="end:T", y=y, tooltip=["name:N", "start:N", "end:N"])
    )
    base = alt.Chart(values(links, "relations"))
    tooltip = ["start_date:N", "subject:N", "relation_type:N", "object:N"]
    dash = alt.StrokeDash("dates:N", title="Dates").scale(domain=["dated", "approximate"], range=[[1, 0], [3, 3]])
    arrows = base.mark_rule(strokeWidth=1.5).encode(
        x="start_date:T",
        y=alt.Y("subject:N", scale=rows),
        y2="object:N",
        color=alt.Color("relation_type:N", title="Relation", scale=kinds),
        strokeDash=dash,
        tooltip=tooltip,
    )
    heads = base.mark_point(filled=True, size=55, shape="diamond", opacity=1).encode(
        x="start_date:T",
        y=alt.Y("object:N", scale=rows),
        color=alt.Color("relation_type:N", scale=kinds),
        tooltip=tooltip,
    )
    return alt.LayerChart(layer=[lines, arrows, heads], width=width, height=alt.Step(17), config=CONFIG)
