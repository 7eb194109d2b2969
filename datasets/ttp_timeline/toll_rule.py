"""From reports to tolls: low and high are the least and most reported, best follows a written rule.

The rule for *best*: of the reports that give the figure, take those of the best-placed kind of speaker (`RANKS`);
of these the one published last; of several on one day the highest figure. A row in ``decisions`` overrides it.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    given = {
        "event": events.indices,
        "actor_type": actors["actor_type"].cast(pa.string()).take(speaker),
        "day": pc.fill_null(reports["known_date"].cast(pa.int32()), -(2**31)),
    }
    result = pa.table({"event_id": events.dictionary})
    at = pa.array(range(len(events.dictionary)), pa.int32())
    for name, measure in MEASURES.items():
        upper = reports[measure.upper] if measure.upper else reports[name]
        figures = pa.table(given | {"value": reports[name], "upper": upper}).filter(pc.field("value").is_valid())
        found = _bounds(figures, measure)
        row = pc.index_in(at, value_set=found["event"].combine_chunks())
        for bound in BOUNDS:
            result = result.append_column(f"{name}_{bound}", found[bound].take(row))
    return _decide(result, decisions)


def _bounds(figures: pa.Table, measure: Measure) -> pa.Table:
    """One row per event of which the figure is given: ``event`` and the bounds."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ranks = RANKS[measure.ranking]
    kind = pc.index_in(figures["actor_type"], value_set=pa.array(ranks))
    rank = pc.fill_null(pa.array(ranks.values(), pa.int8()).take(kind), 9)
    upper = pc.max_element_wise(figures["value"], figures["upper"])
    order = figures.select(["event", "day", "value"]).append_column("rank", rank).append_column("upper", upper)
    order = order.sort_by(
        [("event", "ascending"), ("rank", "ascending"), ("day", "descending"), ("value", "descending")]
    )
    grouped = order.group_by("event", use_threads=False).aggregate(
        [("value", "min"), ("value", "first"), ("upper", "max")]
    )
    return grouped.select(["event", "value_min", "value_first", "upper_max"]).rename_columns(["event", *BOUNDS])


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
