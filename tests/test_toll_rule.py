"""From reports to tolls: the written rule, decisions, and what may never happen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from ttp_timeline.models.actors import ACTOR_TYPES
from ttp_timeline.toll_rule import MEASURES, RANKS, tolls

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


def test_unknown_stays_empty() -> None:
    assert toll({"speaker_id": "media", "known_date": day(1)})["killed_best"] is None


def test_every_kind_of_speaker_is_ranked() -> None:
    assert all(set(ranks) == set(ACTOR_TYPES) for ranks in RANKS.values())


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "speaker_id": st.sampled_from(list(ACTOR_TYPES)),
            "killed": st.integers(0, 300) | st.none(),
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
