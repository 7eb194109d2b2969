"""Which events of a corpus are events of the timeline, after MELTT's method of time, space and taxonomy.

MELTT: Donnay, Dunford, McGrath, Backer and Cunningham (2019), Journal of Conflict Resolution 63:5.
"""

from __future__ import annotations

from datetime import timedelta
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
#: the assignment is repeated on what is left; later rounds add little
ROUNDS = 3
#: an event of the timeline that lasts longer is an operation or a siege: its toll is not that of one event of a corpus
LONGEST_DAYS = 10


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
    their weighted mean. In each of three rounds a pair is kept whose score is the best for both and at least
    ``least_score``. ``timeline`` has the columns of that table; only violence dated to within six days and shorter than ten takes part.
    """
    events = ibis.memtable(_candidates(load("timeline") if timeline is None else timeline, days))
    taking_part = ibis.memtable(_sides())
    known = ibis.memtable(_known_sides())
    near = corpus.join(events, corpus.start_date == events.candidate_day)
    near = near.mutate(distance_km=distance_km(_.latitude, _.longitude, _.event_latitude, _.event_longitude))
    near = near.filter(_.distance_km <= within_km)
    sides = near.select("corpus_id", "event_id", "side_a_id", "side_b_id")
    sides = ibis.union(
        *(sides.select("corpus_id", "event_id", side=sides[name]) for name in ("side_a_id", "side_b_id"))
    ).join(known, _.side == known.known_side)
    took_part = sides.left_join(
        taking_part, (sides.event_id == taking_part.of_event) & (sides.known_side == taking_part.part_side)
    )
    actors = took_part.group_by("corpus_id", "event_id").agg(actor_score=_.part_side.notnull().cast("float64").max())
    scored = near.left_join(actors, ["corpus_id", "event_id"]).drop("corpus_id_right", "event_id_right")
    scored = scored.mutate(
        time_score=1 - _.days_apart / (days + 1.0),
        place_score=1 - _.distance_km / within_km,
        toll_score=_toll_score(),
        actor_score=_.actor_score.fill_null(0.5),
    )
    scored = scored.mutate(score=sum(scored[name] * weight for name, weight in WEIGHTS.items()))
    told = ("corpus_id", "event_id", "days_apart", "distance_km", "killed_best", "event_killed_best", *WEIGHTS, "score")
    return _one_to_one(scored.filter(scored.score >= least_score).select(*told))


def _toll_score() -> Any:
    """1 if the corpus's best figure lies within the timeline's bounds, else the ratio of the smaller to the larger figure."""
    figure = _.killed_best
    nearest = ibis.greatest(ibis.least(figure, _.event_killed_high), _.event_killed_low)
    return (ibis.least(figure, nearest) + 1.0) / (ibis.greatest(figure, nearest) + 1.0)


def _one_to_one(pairs: ir.Table) -> ir.Table:
    """The pairs that are best for both of their events, then of those left, for `ROUNDS` rounds; ties fall to the lower ids."""
    kept = []
    left = pairs
    for _round in range(ROUNDS):
        order = [left.score.desc(), left.corpus_id, left.event_id]
        ranked = left.mutate(
            of_corpus=ibis.row_number().over(group_by="corpus_id", order_by=order),
            of_event=ibis.row_number().over(group_by="event_id", order_by=order),
        )
        best = ranked.filter((ranked.of_corpus == 0) & (ranked.of_event == 0)).drop("of_corpus", "of_event")
        kept.append(best)
        left = left.anti_join(best, "corpus_id").anti_join(best, "event_id")
    return ibis.union(*kept)


def _candidates(timeline: pd.DataFrame, days: int) -> pa.Table:
    """A row per event of violence and day on which an event of a corpus would be a candidate."""
    rows: list[dict[str, Any]] = []
    chosen = timeline[
        (timeline["event_class"] == "violence") & (timeline["date_precision"] <= 2) & timeline["latitude"].notna()
    ]
    for event in chosen[chosen["killed_best"].notna()].to_dict("records"):
        first = event["start_date"].date()
        last = event["end_date"].date() if event["end_date"] == event["end_date"] else first
        if (last - first).days > LONGEST_DAYS:
            continue
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
                }
            )
    types = {
        "event_id": pa.string(),
        "candidate_day": pa.date32(),
        "event_latitude": pa.float64(),
        "event_longitude": pa.float64(),
    }
    numbers = ("days_apart", "event_killed_low", "event_killed_best", "event_killed_high")
    return pa.Table.from_pylist(rows, schema=pa.schema([*types.items(), *((name, pa.int32()) for name in numbers)]))


def _crosswalk() -> dict[str, str]:
    rows = load("crosswalk", filters=[("scheme", "==", "ucdp_actor")], engine="pyarrow").to_pylist()
    return {row["record_id"]: row["external_id"] for row in rows}


def _known_sides() -> pa.Table:
    return pa.table({"known_side": pa.array(sorted(set(_crosswalk().values())), pa.string())})


def _sides() -> pa.Table:
    """A row per event of the timeline and the UCDP id of an actor in it; soldiers and police stand for their state."""
    ids = _crosswalk()
    state = {
        "pak-army",
        "frontier-corps",
        "police",
        "pak-air-force",
        "frontier-constabulary",
        "govt-pakistan",
        "levies",
    }
    rows = {
        (row["event_id"], ids.get("govt-pakistan" if row["actor_id"] in state else row["actor_id"]))
        for row in load("participants", engine="pyarrow").to_pylist()
    }
    known = sorted((event, side) for event, side in rows if side)
    return pa.table(
        {
            "of_event": pa.array([e for e, _s in known], pa.string()),
            "part_side": pa.array([s for _e, s in known], pa.string()),
        }
    )
