"""Events over the outlines of provinces and districts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from ttp_timeline.charts.style import BLUE, CONFIG, VERMILION, given, values
from ttp_timeline.errors import UnknownNameError
from ttp_timeline.outlines import outlines

if TYPE_CHECKING:
    import pandas as pd

#: where_precision -> how well the place is known; UCDP's where_prec
PLACED = {1: "at the place", 2: "near the place"}
ROUGHLY = "somewhere in the district or province"
COLUMNS = [
    "event_id", "title", "start_date", "event_class", "latitude", "longitude", "where_precision", "place_name", "country_code",
    "killed_best", "is_lasting",
]  # fmt: skip


def map(
    events: pd.DataFrame | None = None,
    *,
    when: Literal["now", "then"] = "now",
    districts: bool = True,
    width: int = 640,
    height: int = 620,
) -> alt.LayerChart:
    """Events as circles, their area by people killed (best figure), over the outlines of provinces and districts.

    ``events`` has the columns of ``timeline``; those outside Pakistan and Afghanistan, such as talks in Doha, and those
    without a position are left out. ``when="then"`` draws the tribal areas as they were until 31 May 2018. Hollow circles
    lie somewhere in their district or province, not where they are drawn; lasting operations are small. Raises BadArgumentError, UnknownNameError.
    """
    if when not in ("now", "then"):
        raise UnknownNameError("time of the map", when, ("now", "then"))
    shown = given(events, "timeline", COLUMNS)
    shown = shown[shown["latitude"].notna() & shown["country_code"].isin(["PK", "AF"])].sort_values(
        "killed_best", ascending=False
    )
    placed = shown["where_precision"].map(PLACED).astype(object)
    shown = shown.assign(
        placed=placed.where(placed.notna(), ROUGHLY),
        killed=shown["killed_best"]
        .where((shown["event_class"] == "violence") & ~shown["is_lasting"].astype(bool))
        .fillna(0),
        kind=(shown["event_class"] == "violence").map({True: "violence", False: "talks and politics"}),
    )
    provinces = {name: shape for name, shape in outlines("province").items() if name != "PK-TA"}
    drawn = [_shapes(provinces, "provinces").mark_geoshape(fill="#8882", stroke="#888", strokeWidth=0.9)]
    if districts:
        drawn.append(
            _shapes(outlines("district"), "districts").mark_geoshape(fill=None, stroke="#8886", strokeWidth=0.4)
        )
    if when == "then":
        tribal = {"PK-TA": outlines("province")["PK-TA"]}
        drawn.append(_shapes(tribal, "tribal_areas").mark_geoshape(fill="#E69F0022", stroke="#E69F00", strokeWidth=1.2))
    kinds = alt.Scale(domain=["violence", "talks and politics"], range=[VERMILION, BLUE])
    points = (
        alt.Chart(values(shown, "points"))
        .mark_circle(strokeWidth=1)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("killed:Q", title="Killed").scale(range=[8, 600], domain=[0, 150], clamp=True),
            fill=alt.Fill("kind:N", title="Events", scale=kinds),
            stroke=alt.Stroke("kind:N", title="Events", scale=kinds),
            fillOpacity=alt.condition(f"datum.placed == '{ROUGHLY}'", alt.value(0), alt.value(0.4)),
            tooltip=["start_date:N", "title:N", "place_name:N", "placed:N", "killed_best:Q"],
        )
    )
    return alt.LayerChart(layer=[*drawn, points], width=width, height=height, config=CONFIG).project(type="mercator")


def _shapes(named: dict[str, dict[str, Any]], data_name: str) -> alt.Chart:
    features = [{"type": "Feature", "properties": {"name": n}, "geometry": g} for n, g in named.items()]
    return alt.Chart(alt.InlineData(values=features, name=data_name)).encode(tooltip=alt.value(None))
