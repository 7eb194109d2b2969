"""The day-by-day panel: attacks, killed, truces in force, talks under way, days since the last round."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ttp_timeline.derived.in_force import (
    PROCESS_COLUMNS,
    TRUCE_COLUMNS,
    Interval,
    process_intervals,
    truce_intervals,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

FIRST_DAY = date(2001, 1, 1)
ATTACK_TYPES = frozenset(
    ("suicide_bombing", "bombing", "armed_attack", "assassination", "kidnapping", "execution", "jailbreak")
)
SUMS = ("killed_best", "killed_civilians_best", "killed_security_best", "killed_militants_best", "injured_best")
NEEDS = {
    "events": ("start_date", "event_class", "event_type", "date_precision", "is_lasting", *SUMS),
    "truces": TRUCE_COLUMNS,
    "processes": PROCESS_COLUMNS,
}


def days(tables: Mapping[str, pa.Table]) -> pa.Table:
    """One row per day from 2001-01-01 to the last event's day; events known to within six days count on their first day, lasting ones not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    events = tables["events"]
    last_day = pc.max(events["start_date"]).as_py() or FIRST_DAY
    calendar = [FIRST_DAY + timedelta(n) for n in range((last_day - FIRST_DAY).days + 1)]
    by_day = _by_day(events)
    truces = _spread(truce_intervals(tables["truces"], last_day))
    talks = _spread(process_intervals(tables["processes"], last_day))
    rounds = _rounds(events)
    ends = {last for _, _, last in truce_intervals(tables["truces"], last_day)}
    data: dict[str, list[Any]] = {
        "date": calendar,
        "attack_count": [by_day[d]["attack_count"] for d in calendar],
        "violent_event_count": [by_day[d]["violent_event_count"] for d in calendar],
        **{c: [by_day[d][c] for d in calendar] for c in SUMS},
        "truce_ids": [sorted(truces[d]) for d in calendar],
        "is_truce_in_force": [d in truces and bool(truces[d]) for d in calendar],
        "process_ids": [sorted(talks[d]) for d in calendar],
        "is_talks_under_way": [d in talks and bool(talks[d]) for d in calendar],
        "days_since_round": _since(calendar, rounds),
        "days_since_truce_end": _since(calendar, ends),
    }
    counts = ("attack_count", "violent_event_count", *SUMS, "days_since_round", "days_since_truce_end")
    types = {"date": pa.date32(), "truce_ids": pa.list_(pa.string()), "process_ids": pa.list_(pa.string())}
    types |= {c: pa.int32() for c in counts} | {c: pa.bool_() for c in ("is_truce_in_force", "is_talks_under_way")}
    return pa.table({c: pa.array(v, types[c]) for c, v in data.items()})


def _by_day(events: pa.Table) -> defaultdict[date, dict[str, int]]:
    """The counts and sums of each day on which there was violence."""
    import pyarrow as pa
    import pyarrow.compute as pc

    violent = events.filter(
        (pc.field("event_class").cast("string") == "violence")
        & (pc.field("date_precision") <= 2)
        & ~pc.field("is_lasting")
        & pc.field("start_date").is_valid()
    )
    is_attack = pc.is_in(violent["event_type"].cast(pa.string()), value_set=pa.array(sorted(ATTACK_TYPES)))
    counted = violent.append_column("attack_count", is_attack.cast(pa.int32()))
    sums = ("attack_count", *SUMS)
    found = counted.group_by("start_date").aggregate([([], "count_all"), *((column, "sum") for column in sums)])
    by_day: defaultdict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("violent_event_count", *sums), 0))
    for row in found.to_pylist():
        values = {column: row[f"{column}_sum"] or 0 for column in sums}
        by_day[row["start_date"]] = {"violent_event_count": row["count_all"], **values}
    return by_day


def _rounds(events: pa.Table) -> set[date]:
    """The days of rounds of talks."""
    import pyarrow.compute as pc

    of_a_day = (pc.field("event_type").cast("string") == "talks_round") & (pc.field("date_precision") <= 2)
    return {day for day in events.filter(of_a_day)["start_date"].to_pylist() if day}


def _spread(intervals: list[Interval]) -> defaultdict[date, set[str]]:
    found: defaultdict[date, set[str]] = defaultdict(set)
    for name, first, last in intervals:
        for n in range((last - first).days + 1):
            found[first + timedelta(n)].add(name)
    return found


def _since(calendar: list[date], marks: set[date]) -> list[int | None]:
    """Days since the last mark on or before each day; None before the first."""
    result: list[int | None] = []
    last: date | None = max((m for m in marks if m < calendar[0]), default=None)
    for day in calendar:
        last = day if day in marks else last
        result.append((day - last).days if last else None)
    return result
