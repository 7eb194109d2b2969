"""What was going on when and where an event of the corpus happened: truces in force, days around events, days in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from ttp_timeline.derived.in_force import truce_intervals
from ttp_timeline.errors import BadArgumentError, UnknownNameError
from ttp_timeline.loading import load

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

FIRST_DAY = date(2001, 1, 1)
COUNTRY = "Pakistan"


def truce_status(corpus: ir.Table) -> ir.Table:
    """The corpus with the truce in force there and then, and the days to the ends of national truces.

    Adds ``truce_id`` (the national truce in force on ``start_date``, else the local one in its district; of several the one
    begun last), ``truce_scope``, ``days_into_truce``, ``days_to_truce_end`` (both from a national truce in force),
    ``days_since_truce`` (since the last national one ended) and ``days_until_truce`` (until the next came into force);
    all empty outside Pakistan and outside 2001 to the timeline's last day. Truces are those of the table ``truces``, an end not known
    counting as in the table ``days``.
    """
    national, local = (ibis.memtable(table) for table in _calendars())
    home = corpus.country == COUNTRY
    keyed = corpus.mutate(_day=home.ifelse(corpus.start_date, ibis.null("date")))
    joined = keyed.left_join(national, keyed._day == national.day)
    joined = joined.left_join(local, (joined._day == local.local_day) & (joined.district_name == local.local_district))
    in_force = _.national_id.nullif(NO_TRUCE)
    numbers = {name: _[name].nullif(NO_DAYS) for name in DAY_COUNTS}
    return joined.select(
        *corpus.columns,
        truce_id=ibis.coalesce(in_force, _.local_id),
        truce_scope=in_force.notnull().ifelse("national", _.local_id.notnull().ifelse("local", ibis.null("string"))),
        **numbers,
    )


#: stand for "none" in the calendars: not every engine keeps an empty cell of a table handed to it
NO_TRUCE, NO_DAYS = "", -1
DAY_COUNTS = ("days_into_truce", "days_to_truce_end", "days_since_truce", "days_until_truce")


@cache
def _calendars() -> tuple[pa.Table, pa.Table]:
    """A row per day with the national truce and the days to truces; a row per district and day with the local truce."""
    truces = load("truces", engine="pyarrow")
    last_day = max(load("days", columns=["date"], engine="pyarrow")["date"].to_pylist())
    spans = sorted(truce_intervals(truces, last_day), key=lambda span: (span[1], span[2], span[0]))
    rows = []
    for day in (FIRST_DAY + timedelta(n) for n in range((last_day - FIRST_DAY).days + 1)):
        held = [span for span in spans if span[1] <= day <= span[2]]
        ended = [last for _name, _first, last in spans if last < day]
        coming = [first for _name, first, _last in spans if first > day]
        rows.append(
            {
                "day": day,
                "national_id": held[-1][0] if held else NO_TRUCE,
                "days_into_truce": (day - held[-1][1]).days if held else NO_DAYS,
                "days_to_truce_end": (held[-1][2] - day).days if held else NO_DAYS,
                "days_since_truce": (day - max(ended)).days if ended else NO_DAYS,
                "days_until_truce": (min(coming) - day).days if coming else NO_DAYS,
            }
        )
    types = [("day", pa.date32()), ("national_id", pa.string()), *((name, pa.int32()) for name in DAY_COUNTS)]
    return pa.Table.from_pylist(rows, schema=pa.schema(types)), _local(truces, last_day)


def _local(truces: pa.Table, last_day: date) -> pa.Table:
    places = {p["place_id"]: p["district_name"] for p in load("places", engine="pyarrow").to_pylist()}
    where = dict(zip(truces["truce_id"].to_pylist(), truces["place_id"].to_pylist(), strict=True))
    begun: dict[tuple[str, date], str] = {}
    for name, first, last in sorted(
        truce_intervals(truces, last_day, scope="local"), key=lambda span: (span[1], span[0])
    ):
        district = places.get(where[name])
        if district:
            begun |= {(district, first + timedelta(n)): name for n in range((last - first).days + 1)}
    return pa.table(
        {
            "local_district": pa.array([d for d, _day in begun], pa.string()),
            "local_day": pa.array([day for _d, day in begun], pa.date32()),
            "local_id": pa.array(list(begun.values()), pa.string()),
        }
    )


def around(corpus: ir.Table, events: pd.DataFrame, days: int = 30, *, within_km: float | None = None) -> ir.Table:
    """Each pair of one of ``events`` and an event of the corpus that began from ``days`` before its start to ``days`` after its end.

    ``events`` has ``event_id``, ``start_date``, ``end_date`` (empty: the start), as `ttp_timeline.load` gives ``timeline``; truces are
    such events once their columns are renamed. Adds ``event_id``, ``window`` ("before", "during", "after") and ``relative_day``
    (negative before, 0 during, positive after). ``within_km`` keeps only pairs at most so far apart (kilometres), in
    ``distance_km``, and needs ``latitude`` and ``longitude``. Raises BadArgumentError.
    """
    needed = ["event_id", "start_date", "end_date", *(["latitude", "longitude"] if within_km is not None else [])]
    missing = [column for column in needed if column not in getattr(events, "columns", ())]
    if missing:
        raise BadArgumentError(
            f"around needs a frame of events with {', '.join(needed)}; {', '.join(missing)} not found"
        )
    if days < 0:
        raise BadArgumentError(f"days is how many days before and after, not {days}")
    near = ibis.memtable(_windows(events[needed], days, within_km is not None))
    pairs = corpus.join(near, corpus.start_date == near.window_day).drop("window_day")
    if within_km is not None:
        pairs = pairs.mutate(distance_km=distance_km(_.latitude, _.longitude, _.event_latitude, _.event_longitude))
        pairs = pairs.filter(_.distance_km <= within_km).drop("event_latitude", "event_longitude")
    return pairs


def _windows(events: pd.DataFrame, days: int, placed: bool) -> pa.Table:
    """A row per event and day of its windows."""
    rows: list[dict[str, Any]] = []
    for event in events.to_dict("records"):
        if event["start_date"] != event["start_date"]:
            continue  # no date: around nothing
        first = event["start_date"].date()
        last = max(first, event["end_date"].date()) if event["end_date"] == event["end_date"] else first
        at = {"event_latitude": event["latitude"], "event_longitude": event["longitude"]} if placed else {}
        for n in range(-days, (last - first).days + days + 1):
            day = first + timedelta(n)
            relative = n if n < 0 else max(0, (day - last).days)
            window = "before" if relative < 0 else "after" if relative > 0 else "during"
            rows.append(
                {"event_id": event["event_id"], "window": window, "relative_day": relative, "window_day": day, **at}
            )
    fields = [
        ("event_id", pa.string()),
        ("window", pa.string()),
        ("relative_day", pa.int32()),
        ("window_day", pa.date32()),
    ]
    return pa.Table.from_pylist(
        rows,
        schema=pa.schema(
            [*fields, *([("event_latitude", pa.float64()), ("event_longitude", pa.float64())] if placed else [])]
        ),
    )


def daily(corpus: ir.Table, by: str | Sequence[str] = ()) -> ir.Table:
    """A row per day, and per value of the columns ``by``: ``events`` and people killed (``killed_low``, ``_best``, ``_high``).

    Only events dated to within six days (``date_precision`` 1 and 2), on their first day; days without any have no row.
    Raises UnknownNameError.
    """
    columns = [by] if isinstance(by, str) else list(by)
    for column in columns:
        if column not in corpus.columns:
            raise UnknownNameError("column of the corpus", column, corpus.columns)
    sums = {name: _[name].sum() for name in ("killed_low", "killed_best", "killed_high")}
    dated = corpus.filter(corpus.date_precision <= 2)
    return dated.group_by(date=dated.start_date, **{c: dated[c] for c in columns}).agg(events=_.count(), **sums)


def distance_km(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> Any:
    """Great-circle distance between two positions in degrees, by the haversine formula on a sphere of radius 6,371 km."""
    half_north = ((other_latitude - latitude) / 2).radians().sin()
    half_east = ((other_longitude - longitude) / 2).radians().sin()
    chord = half_north * half_north + latitude.radians().cos() * other_latitude.radians().cos() * half_east * half_east
    return 2 * 6371.0 * ibis.least(chord.sqrt(), 1.0).asin()
