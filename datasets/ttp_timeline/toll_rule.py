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

    result = reports.group_by("event_id").aggregate([])
    speakers = reports.join(actors.select(["actor_id", "actor_type"]), "speaker_id", "actor_id")
    for name, measure in MEASURES.items():
        result = result.join(_bounds(speakers, name, measure), "event_id")
    columns = ["event_id", *(f"{name}_{bound}" for name in MEASURES for bound in BOUNDS)]
    result = _decide(result.select(columns), decisions)
    schema = pa.schema([("event_id", pa.string()), *((c, pa.int32()) for c in columns[1:])])
    return result.cast(schema)


def _bounds(speakers: pa.Table, name: str, measure: Measure) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    given = speakers.filter(pc.field(name).is_valid())
    value = given[name]
    ranks = RANKS[measure.ranking]
    kind = pc.index_in(given["actor_type"].cast(pa.string()), value_set=pa.array(ranks))
    upper = pc.max_element_wise(value, given[measure.upper]) if measure.upper else value
    order = pa.table(
        {
            "event_id": given["event_id"],
            "rank": pc.fill_null(pa.array(ranks.values(), pa.int8()).take(kind), 9),
            "day": pc.fill_null(given["known_date"].cast(pa.int32()), -(2**31)),
            "value": value,
            "upper": upper,
        }
    ).sort_by([("event_id", "ascending"), ("rank", "ascending"), ("day", "descending"), ("value", "descending")])
    grouped = order.group_by("event_id", use_threads=False).aggregate(
        [("value", "min"), ("value", "first"), ("upper", "max")]
    )
    return grouped.select(["event_id", "value_min", "value_first", "upper_max"]).rename_columns(
        ["event_id", f"{name}_low", f"{name}_best", f"{name}_high"]
    )


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
