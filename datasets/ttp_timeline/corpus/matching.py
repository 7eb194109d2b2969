"""Which events of a corpus are events of the timeline, after MELTT's method of time, space and taxonomy.

MELTT: Donnay, Dunford, McGrath, Backer and Cunningham (2019), Journal of Conflict Resolution 63:5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from ttp_timeline.corpus.joins import distance_km
from ttp_timeline.loading import load

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

#: how much each likeness counts towards the score
WEIGHTS = {"time_score": 0.25, "place_score": 0.25, "toll_score": 0.35, "actor_score": 0.15}
EVENT_COLUMNS = ["event_id", "start_date", "latitude", "longitude", "killed_low", "killed_best", "killed_high"]


def match(
    corpus: ir.Table,
    timeline: pd.DataFrame | None = None,
    *,
    days: int = 1,
    within_km: float = 60,
    least_score: float = 0.6,
) -> ir.Table:
    """Pairs of ``corpus_id`` and ``event_id`` that are held to be one event, each on either side in one pair at most.

    Candidates are events at most ``days`` days and ``within_km`` kilometres apart. Each score lies between 0 and 1 and is a column:
    ``time_score`` (0 beyond ``days``), ``place_score`` (1 at one point, 0 at ``within_km``), ``toll_score`` (1 where the best
    figure of the corpus lies between the timeline's low and high, else the smaller over the larger), ``actor_score``
    (1 if a side of the corpus that the crosswalk knows took part, 0 if none did, a half if it knows none); ``score`` is
    their weighted mean. In each of two rounds a pair is kept whose score is the best for both and at least
    ``least_score``. ``timeline`` has the columns of that table; only violence dated to within six days that is not lasting takes part.
    """
    events = ibis.memtable(_candidates(days) if timeline is None else _of(timeline, days))
    near = corpus.join(events, corpus.start_date == events.candidate_day)
    near = near.mutate(distance_km=distance_km(_.latitude, _.longitude, _.event_latitude, _.event_longitude))
    near = near.filter(near.distance_km <= within_km)
    scored = near.mutate(
        time_score=1 - _.days_apart / (days + 1.0),
        place_score=1 - _.distance_km / within_km,
        toll_score=_toll_score(),
        actor_score=_actor_score(near),
    )
    scored = scored.mutate(score=sum(scored[name] * weight for name, weight in WEIGHTS.items()))
    told = ("corpus_id", "event_id", "days_apart", "distance_km", "killed_best", "event_killed_best", *WEIGHTS, "score")
    return _one_to_one(scored.filter(scored.score >= least_score).select(*told))


def _toll_score() -> Any:
    """1 if the corpus's best figure lies within the timeline's bounds, else the ratio of the smaller to the larger figure."""
    figure = _.killed_best
    nearest = ibis.greatest(ibis.least(figure, _.event_killed_high), _.event_killed_low)
    return (ibis.least(figure, nearest) + 1.0) / (ibis.greatest(figure, nearest) + 1.0)


def _actor_score(near: ir.Table) -> Any:
    """1 if one of the corpus's sides took part, 0 if only others did, a half if the crosswalk knows neither side."""
    known = sorted(known_sides())
    sides = (near.side_a_id, near.side_b_id)
    took_part = [near.event_sides.contains(ibis.literal(",") + side + ",").fill_null(False) for side in sides]
    is_known = [side.isin(known).fill_null(False) for side in sides]
    return (took_part[0] | took_part[1]).ifelse(1.0, (is_known[0] | is_known[1]).ifelse(0.0, 0.5))


def _listed(sides: Iterable[str]) -> str:
    """Ids as text in which each stands between commas, so that an engine finds one without a join."""
    return f",{','.join(sorted(sides))},"


def _one_to_one(pairs: ir.Table) -> ir.Table:
    """The pairs that are best for both of their events, then those that are best among the rest; ties fall to the lower ids.

    A third round adds nothing on GED. Windows over one table, not joins of the rest with what was kept: one pass for every engine.
    """
    sides = ("corpus_id", "event_id")
    order = [_.score.desc(), _.corpus_id, _.event_id]

    def is_best(*also: str) -> Any:
        ranks = [ibis.row_number().over(group_by=[side, *also], order_by=order) for side in sides]
        return (ranks[0] == 0) & (ranks[1] == 0)

    first = pairs.mutate(_is_first=is_best())
    rest = first.mutate(_is_taken=ibis.or_(*(_._is_first.max().over(group_by=side) for side in sides)))
    kept = rest.mutate(_is_second=is_best("_is_taken") & ~_._is_taken)
    return kept.filter(_._is_first | _._is_second).select(*pairs.columns)


@cache
def _candidates(days: int) -> pa.Table:
    return _of(load("timeline"), days)


def _of(timeline: pd.DataFrame, days: int) -> pa.Table:
    """A row per event of violence and day on which an event of a corpus would be a candidate."""
    chosen = timeline[
        (timeline["event_class"] == "violence") & (timeline["date_precision"] <= 2) & timeline["latitude"].notna()
    ]
    chosen = chosen[chosen["killed_best"].notna()]
    chosen = chosen[~chosen["is_lasting"].astype(bool)]
    chosen = chosen.assign(last=chosen["end_date"].fillna(chosen["start_date"]))
    sides = sides_of_events()
    rows: list[dict[str, Any]] = []
    for event in chosen[[*EVENT_COLUMNS, "last"]].to_dict("records"):
        first, last = event["start_date"].date(), event["last"].date()
        for n in range(-days, (last - first).days + days + 1):
            day = first + timedelta(n)
            rows.append(
                {
                    "event_id": event["event_id"],
                    "candidate_day": day,
                    "days_apart": max(0, -n, (day - last).days),
                    "event_latitude": event["latitude"],
                    "event_longitude": event["longitude"],
                    "event_killed_low": int(event["killed_low"]),
                    "event_killed_best": int(event["killed_best"]),
                    "event_killed_high": int(event["killed_high"]),
                    "event_sides": _listed(sides.get(event["event_id"], ())),
                }
            )
    types: list[tuple[str, pa.DataType]] = [
        ("event_id", pa.string()),
        ("candidate_day", pa.date32()),
        ("event_sides", pa.string()),
    ]
    types += [(name, pa.float64()) for name in ("event_latitude", "event_longitude")]
    types += [
        (name, pa.int32()) for name in ("days_apart", "event_killed_low", "event_killed_best", "event_killed_high")
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(types))


#: forces of the state, for which UCDP has one id
STATE = frozenset(
    ("pak-army", "frontier-corps", "police", "pak-air-force", "frontier-constabulary", "govt-pakistan", "levies")
)


def _crosswalk() -> dict[str, str]:
    rows = load("crosswalk", filters=[("scheme", "==", "ucdp_actor")], engine="pyarrow").to_pylist()
    return {row["record_id"]: row["external_id"] for row in rows}


def known_sides() -> set[str]:
    """The UCDP ids of actors that the crosswalk knows."""
    return set(_crosswalk().values())


def sides_of_events() -> dict[str, set[str]]:
    """Event of the timeline -> the UCDP ids of those who took part."""
    ids = _crosswalk()
    found: dict[str, set[str]] = defaultdict(set)
    for row in load("participants", engine="pyarrow").to_pylist():
        side = ids.get("govt-pakistan" if row["actor_id"] in STATE else row["actor_id"])
        if side:
            found[row["event_id"]].add(side)
    return found
