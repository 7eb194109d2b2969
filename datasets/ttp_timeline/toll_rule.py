"""From reports to tolls: low and high are the least and most reported, best follows a written rule.

The rule for *best*: of the reports that give the figure, take those of the best-placed kind of speaker (`RANKS`);
of these the one published last; of several on one day the highest figure. A row in ``decisions`` overrides it.

The dead of one side are not the dead of an event: a figure of all killed that is only the sum of some sides gives way
to a higher one that covers these and counts a side more, where the press or someone better placed (`FULLER_RANK`) gives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Measure:
    """A counted side of a toll: its title, the reports' column for the higher end, and which ranking applies."""

    title: str
    upper: str | None = None
    ranking: str = "victims"


MEASURES = {
    "killed": Measure("Killed", upper="killed_max"),
    "killed_civilians": Measure("Civilians killed"),
    "killed_security": Measure("Security forces killed"),
    "killed_militants": Measure("Militants killed", ranking="militants"),
    "injured": Measure("Injured"),
}
BOUNDS = ("low", "best", "high")
SIDES = ("killed_civilians", "killed_security", "killed_militants")

#: the last rank among victims whose fuller count sets a partial one aside: no party's own word does
FULLER_RANK = 3

#: actor type of the speaker -> rank, 1 best placed. Victims: those who count bodies and answer for it come first,
#: a party to the violence last. Militants killed: before all, who is not the force that claims to have killed them.
RANKS = {
    "victims": {
        "medical": 1,
        "government": 1,
        "foreign_government": 1,
        "government_body": 1,
        "police_force": 1,
        "armed_force": 1,
        "intelligence_service": 1,
        "unnamed_official": 1,
        "intergovernmental": 2,
        "research_institute": 2,
        "media": 3,
        "tribal_body": 4,
        "religious_body": 4,
        "negotiating_body": 4,
        "political_party": 4,
        "unnamed_witness": 4,
        "armed_group": 5,
        "faction": 5,
    },
    "militants": {
        "intergovernmental": 1,
        "research_institute": 1,
        "media": 2,
        "medical": 2,
        "government": 2,
        "foreign_government": 2,
        "police_force": 2,
        "unnamed_official": 2,
        "tribal_body": 3,
        "religious_body": 3,
        "negotiating_body": 3,
        "political_party": 3,
        "unnamed_witness": 3,
        "government_body": 4,
        "armed_force": 4,
        "intelligence_service": 4,
        "armed_group": 5,
        "faction": 5,
    },
}


def tolls(reports: pa.Table, actors: pa.Table, decisions: pa.Table) -> pa.Table:
    """One row per reported event with ``<measure>_low``, ``_best`` and ``_high`` (int32, people).

    ``reports`` needs ``event_id``, ``speaker_id``, ``known_date`` and the measures; ``actors`` ``actor_id`` and
    ``actor_type``; ``decisions`` the whole table. Give only what was published by a day to get the tolls of that day.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    events = reports["event_id"].combine_chunks().dictionary_encode()
    speaker = pc.index_in(reports["speaker_id"], value_set=actors["actor_id"].combine_chunks())
    kind = actors["actor_type"].cast(pa.string()).take(speaker)
    ranks = {
        ranking: pc.fill_null(pa.array(of.values(), pa.int8()).take(pc.index_in(kind, value_set=pa.array(of))), 9)
        for ranking, of in RANKS.items()
    }
    partial = _partial(reports, events.indices, ranks["victims"])
    day = pc.fill_null(reports["known_date"].cast(pa.int32()), -(2**31))
    result = pa.table({"event_id": events.dictionary})
    at = pa.array(range(len(events.dictionary)), pa.int32())
    for name, measure in MEASURES.items():
        value = pc.if_else(partial, None, reports[name]) if name == "killed" else reports[name]
        upper = pc.max_element_wise(value, reports[measure.upper]) if measure.upper else value
        columns = {"event": events.indices, "rank": ranks[measure.ranking], "day": day, "value": value, "upper": upper}
        found = _bounds(pa.table(columns).filter(pc.field("value").is_valid()))
        row = pc.index_in(at, value_set=found["event"].combine_chunks())
        for bound in BOUNDS:
            result = result.append_column(f"{name}_{bound}", found[bound].take(row))
    return _decide(result, decisions)


def _bounds(figures: pa.Table) -> pa.Table:
    """One row per event of which the figure is given: ``event`` and the bounds."""
    order = figures.sort_by(
        [("event", "ascending"), ("rank", "ascending"), ("day", "descending"), ("value", "descending")]
    )
    grouped = order.group_by("event", use_threads=False).aggregate(
        [("value", "min"), ("value", "first"), ("upper", "max")]
    )
    return grouped.select(["event", "value_min", "value_first", "upper_max"]).rename_columns(["event", *BOUNDS])


def _partial(reports: pa.Table, event: pa.Array, rank: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each report, whether its figure of all killed leaves out a side that a fuller one of the event counts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    killed = reports["killed"]
    counts = {side: pc.fill_null(reports[side], 0) for side in SIDES}
    summed = reduce(pc.add, counts.values())
    is_sum = pc.fill_null(pc.equal(killed, summed), False)
    is_heard = pc.less_equal(rank, FULLER_RANK)
    gives = {side: pc.is_valid(reports[side]) for side in SIDES}
    covers = {side: pc.or_(gives[side], pc.greater(killed, summed)) for side in SIDES}
    partial = pc.less(rank, 0)  # none yet
    for sides in (some for count in (1, 2) for some in combinations(SIDES, count)):
        others = [side for side in SIDES if side not in sides]
        gives_only_these = reduce(pc.and_, [is_sum, *map(gives.get, sides), *(pc.invert(gives[o]) for o in others)])
        counts_another = reduce(pc.or_, [pc.greater(counts[other], 0) for other in others])
        is_fuller = reduce(pc.and_, [is_heard, counts_another, *map(covers.get, sides)])
        fuller = pa.table({"event": event, "killed": killed}).filter(is_fuller)
        most = fuller.group_by("event").aggregate([("killed", "max")])
        highest = most["killed_max"].take(pc.index_in(event, value_set=most["event"].combine_chunks()))
        partial = pc.or_(partial, pc.and_(gives_only_these, pc.fill_null(pc.greater(highest, killed), False)))
    return partial


def _decide(result: pa.Table, decisions: pa.Table) -> pa.Table:
    import pyarrow as pa

    bests = {f"{measure}_best" for measure in MEASURES}
    chosen = {
        (row["record_id"], row["column_name"]): int(row["value"])
        for row in decisions.to_pylist()
        if row["table_name"] == "events" and row["column_name"] in bests and (row["value"] or "").isdigit()
    }
    for column in {column for _, column in chosen}:
        events, values = result["event_id"].to_pylist(), result[column].to_pylist()
        decided = [chosen.get((event, column), value) for event, value in zip(events, values, strict=True)]
        result = result.set_column(result.column_names.index(column), column, pa.array(decided, pa.int32()))
    return result
