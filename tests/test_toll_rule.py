"""From reports to tolls: the written rule, decisions, and what may never happen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttp_timeline.models.actors import ACTOR_TYPES
from ttp_timeline.toll_rule import FULLER_RANK, MEASURES, RANKS, SIDES, tolls

ACTORS = pa.table({"actor_id": list(ACTOR_TYPES), "actor_type": list(ACTOR_TYPES)})
NO_DECISIONS = pa.table({c: pa.array([], pa.string()) for c in ("record_id", "table_name", "column_name", "value")})
COUNTS = [*MEASURES, "killed_max"]


def reports(*rows: dict[str, Any]) -> pa.Table:
    kinds = {"event_id": pa.string(), "speaker_id": pa.string(), "known_date": pa.date32()} | {
        c: pa.int32() for c in COUNTS
    }
    return pa.table(
        {c: pa.array([r.get(c, "e" if c == "event_id" else None) for r in rows], k) for c, k in kinds.items()}
    )


def toll(*rows: dict[str, Any], decisions: pa.Table = NO_DECISIONS) -> dict[str, Any]:
    (row,) = tolls(reports(*rows), ACTORS, decisions).to_pylist()
    return dict(row)


def day(n: int) -> date:
    return date(2014, 12, n)


def test_latest_of_the_best_placed_speaker_is_chosen() -> None:
    found = toll(
        {"speaker_id": "medical", "killed": 130, "known_date": day(16)},
        {"speaker_id": "police_force", "killed": 145, "known_date": day(17)},
        {"speaker_id": "media", "killed": 150, "known_date": day(20)},
        {"speaker_id": "armed_group", "killed": 200, "known_date": day(21)},
    )
    assert (found["killed_low"], found["killed_best"], found["killed_high"]) == (130, 145, 200)


def test_the_force_that_claims_the_kill_does_not_decide_it() -> None:
    found = toll(
        {"speaker_id": "armed_force", "killed_militants": 30, "known_date": day(17)},
        {"speaker_id": "unnamed_witness", "killed_militants": 4, "known_date": day(16)},
    )
    assert found["killed_militants_best"] == 4


def test_a_range_widens_high_only() -> None:
    found = toll({"speaker_id": "media", "killed": 18, "killed_max": 25, "known_date": day(1)})
    assert (found["killed_low"], found["killed_best"], found["killed_high"]) == (18, 18, 25)


def test_a_decision_overrides_best() -> None:
    decisions = pa.table(
        {"record_id": ["e"], "table_name": ["events"], "column_name": ["killed_best"], "value": ["140"]}
    )
    rows = [
        {"speaker_id": "media", "killed": 130, "known_date": day(1)},
        {"speaker_id": "media", "killed": 150, "known_date": day(2)},
    ]
    assert toll(*rows, decisions=decisions)["killed_best"] == 140


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("sources", "killed_best", "140"), ("events", "title", "140"), ("events", "killed_best", "many"), ("events", "killed_best", None)],
)  # fmt: skip
def test_a_decision_on_something_else_changes_no_toll(table: str, column: str, value: str | None) -> None:
    cells = {"record_id": ["e"], "table_name": [table], "column_name": [column], "value": [value]}
    decisions = pa.table({name: pa.array(cell, pa.string()) for name, cell in cells.items()})
    assert toll({"speaker_id": "media", "killed": 130, "known_date": day(1)}, decisions=decisions)["killed_best"] == 130


def test_unknown_stays_empty() -> None:
    assert toll({"speaker_id": "media", "known_date": day(1)})["killed_best"] is None


def test_every_kind_of_speaker_is_ranked() -> None:
    assert all(set(ranks) == set(ACTOR_TYPES) for ranks in RANKS.values())


#: who comes before whom, best placed first
ORDERS = {
    "killed": [
        "medical government foreign_government government_body police_force armed_force intelligence_service unnamed_official",
        "intergovernmental research_institute",
        "media",
        "tribal_body religious_body negotiating_body political_party unnamed_witness",
        "armed_group faction",
        "of a kind without a rank",
    ],
    "killed_militants": [
        "intergovernmental research_institute",
        "media medical government foreign_government police_force unnamed_official",
        "tribal_body religious_body negotiating_body political_party unnamed_witness",
        "government_body armed_force intelligence_service",
        "armed_group faction",
        "of a kind without a rank",
    ],
}


@pytest.mark.parametrize("measure", ORDERS)
def test_every_kind_of_speaker_against_every_other(measure: str) -> None:
    """Of two kinds the better placed decides, whoever spoke last; of one place the one that spoke last."""
    places = {kind: place for place, kinds in enumerate(ORDERS[measure][:-1]) for kind in kinds.split()}
    places[ORDERS[measure][-1]] = len(places)
    rows, expected = [], {}
    for early, first in places.items():
        for late, second in places.items():
            event = f"{early} before {late}"
            rows += [
                {"event_id": event, "speaker_id": early, measure: 1, "known_date": day(1)},
                {"event_id": event, "speaker_id": late, measure: 2, "known_date": day(2)},
            ]
            expected[event] = 1 if first < second else 2
    kinds = pa.table({"actor_id": list(places), "actor_type": list(places)})
    found = tolls(reports(*rows), kinds, NO_DECISIONS)
    assert dict(zip(found["event_id"].to_pylist(), found[f"{measure}_best"].to_pylist(), strict=True)) == expected


def test_a_day_not_known_comes_before_all_others() -> None:
    found = toll(
        {"speaker_id": "media", "killed": 2, "known_date": date(1901, 12, 13)},
        {"speaker_id": "media", "killed": 3},
    )
    assert found["killed_best"] == 2


SOLDIERS = {"speaker_id": "armed_force", "killed": 5, "killed_security": 5, "known_date": day(9)}
ALL = {"speaker_id": "media", "killed": 18, "killed_security": 5, "killed_militants": 13, "known_date": day(2)}


@pytest.mark.parametrize(
    ("changes", "low", "best"),
    [
        ({}, 18, 18),
        ({"speaker_id": "unnamed_witness"}, 5, 5),
        ({"killed": 5, "killed_security": 2, "killed_militants": 3}, 5, 5),
        ({"killed_militants": 0, "killed_security": 18}, 5, 5),
        ({"killed_security": None, "killed_civilians": 5}, 5, 5),
        ({"killed_security": None}, 18, 18),
    ],
    ids=["fuller", "of a party or a witness", "no higher", "of the same side", "of other sides", "the rest may be of that side"],
)  # fmt: skip
def test_one_side_is_no_total_beside_a_fuller_count(changes: dict[str, Any], low: int, best: int) -> None:
    found = toll(SOLDIERS, ALL | changes)
    assert (found["killed_low"], found["killed_best"]) == (low, best)
    assert found["killed_security_best"] == 5, "for its own side the figure counts"


def test_a_total_beyond_its_sides_is_not_partial() -> None:
    assert toll(SOLDIERS | {"killed": 6}, ALL)["killed_best"] == 6


def test_two_halves_of_a_toll_stay() -> None:
    militants = {"speaker_id": "armed_force", "killed": 30, "killed_militants": 30, "known_date": day(8)}
    assert toll(SOLDIERS, militants)["killed_low"] == 5


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "speaker_id": st.sampled_from(list(ACTOR_TYPES)),
            "killed": st.integers(0, 300) | st.none(),
            **{side: st.integers(0, 300) | st.none() for side in SIDES},
            "known_date": st.dates(day(1), day(31)) | st.none(),
        }
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS, st.randoms())
def test_low_best_high_are_in_order_and_do_not_hang_on_the_order_of_rows(
    rows: list[dict[str, Any]], random: Any
) -> None:
    found = toll(*rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert toll(*shuffled) == found
    if found["killed_best"] is not None:
        assert found["killed_low"] <= found["killed_best"] <= found["killed_high"]


SIDED = st.lists(
    st.builds(
        lambda speaker, sides, rest: dict(zip(SIDES, sides, strict=True)) | {"speaker_id": speaker, "killed": sum(filter(None, sides)) + rest},
        st.sampled_from(["media", "armed_force", "armed_group"]),
        st.tuples(*[st.integers(0, 3) | st.none()] * 3),
        st.sampled_from([0, 0, 1]),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


@given(SIDED)
def test_what_is_set_aside_is_what_the_words_say(rows: list[dict[str, Any]]) -> None:
    def is_set_aside(row: dict[str, Any]) -> bool:
        given = {side for side in SIDES if row[side] is not None}
        if row["killed"] != sum(row[side] for side in given) or not given:
            return False
        return any(
            RANKS["victims"][other["speaker_id"]] <= FULLER_RANK
            and other["killed"] > row["killed"]
            and any(other[side] for side in set(SIDES) - given)
            and (
                all(other[side] is not None for side in given)
                or other["killed"] > sum(other[side] or 0 for side in SIDES)
            )
            for other in rows
        )

    found = toll(*rows)
    kept = [row["killed"] for row in rows if not is_set_aside(row)]
    assert (found["killed_low"], found["killed_high"]) == (min(kept), max(kept))
