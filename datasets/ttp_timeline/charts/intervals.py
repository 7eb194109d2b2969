"""Talks, truces, accords, operations and leaders as intervals in lanes; violence by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ttp_timeline.charts.style import given, is_uncertain

if TYPE_CHECKING:
    import pandas as pd

LANES = ("Talks", "National truces", "Local truces", "Accords", "Operations", "TTP leaders")
CERTAINTIES = ("dated", "approximate", "end not known")
#: an interval whose end is not known is drawn this long
UNKNOWN_LENGTH_DAYS = 90
EVENT_COLUMNS = [
    "event_id", "title", "event_class", "event_type", "date_edtf", "start_date", "end_date", "date_precision", "is_lasting",
    "killed_best", "known_date",
]  # fmt: skip


def months(events: pd.DataFrame) -> pd.DataFrame:
    """``month`` (its first day), ``killed`` (people) and ``events`` of the violence dated to a month or better, lasting ones not."""
    dated = (events["date_precision"] <= 4) & events["start_date"].notna() & ~events["is_lasting"].astype(bool)
    violent = events[(events["event_class"] == "violence") & dated]
    by_month = violent.groupby(violent["start_date"].dt.to_period("M"))["killed_best"].agg(["sum", "size"])
    by_month.columns = ["killed", "events"]
    return by_month.rename_axis("month").reset_index().assign(month=lambda f: f["month"].dt.to_timestamp())


def intervals(events: pd.DataFrame, **tables: pd.DataFrame | None) -> pd.DataFrame:
    """One row per interval: ``lane``, ``row`` to draw it in, ``label``, ``start``, ``end``, ``certainty`` and the dates in words.

    ``record`` says what it is ("truce/…", "process/…", "accord/…", "event/…", "person/…"), ``known`` and ``end_known`` since
    when its pages tell of it and of its end. ``tables``: frames for truces, processes, agreements, positions, or None for the published ones.
    """
    import pandas as pd

    found = pd.concat([part for part in _parts(events, tables) if len(part)], ignore_index=True)
    found = found[found["lane"].isin(LANES) & found["start"].notna()]
    certainty = (
        found["uncertain"].map({True: "approximate", False: "dated"}).where(found["end"].notna(), "end not known")
    )
    until = found["end"].dt.strftime("%Y-%m-%d").fillna("not known")
    found = found.assign(certainty=certainty, **{"from": found["start"].dt.strftime("%Y-%m-%d"), "until": until})
    found["end"] = found["end"].fillna(found["start"] + pd.Timedelta(days=UNKNOWN_LENGTH_DAYS)) + pd.Timedelta(days=1)
    return _rows(found.drop(columns="uncertain"))


def _parts(events: pd.DataFrame, tables: dict[str, pd.DataFrame | None]) -> list[pd.DataFrame]:
    last = events["start_date"].max()
    known = ["known_date", "end_known_date"]
    t = given(
        tables.get("truces"), "truces",
        ["truce_id", "scope", "in_effect_edtf", "in_effect_date", "announced_end_date", "ended_date", *known],
    )  # fmt: skip
    p = given(
        tables.get("processes"),
        "processes",
        ["process_id", "process_name", "date_edtf", "start_date", "end_date", *known],
    )
    a = given(
        tables.get("agreements"),
        "agreements",
        ["agreement_id", "agreement_name", "signed_edtf", "signed_date", "ended_date", *known],
    )
    e = given(
        tables.get("positions"), "positions", ["office_id", "person_id", "date_edtf", "start_date", "end_date", *known]
    )
    e = e[e["office_id"] == "ttp-emir"]
    o = events[(events["event_type"] == "operation") & (events["end_date"] > events["start_date"])]
    scopes = t["scope"].astype(object).map({"national": "National truces", "local": "Local truces"})
    ends = t["ended_date"].fillna(t["announced_end_date"])
    return [
        _part("Talks", "process/" + p["process_id"], p["process_name"], p["date_edtf"], p["start_date"], p["end_date"], p),
        _part(scopes, "truce/" + t["truce_id"], t["truce_id"], t["in_effect_edtf"], t["in_effect_date"], ends, t),
        _part("Accords", "accord/" + a["agreement_id"], a["agreement_name"], a["signed_edtf"], a["signed_date"], a["ended_date"], a),
        _part("Operations", "event/" + o["event_id"], o["title"], o["date_edtf"], o["start_date"], o["end_date"], o),
        _part("TTP leaders", "person/" + e["person_id"], e["person_id"], e["date_edtf"], e["start_date"], e["end_date"].fillna(last), e),
    ]  # fmt: skip


def _part(
    lane: str | pd.Series, record: pd.Series, label: pd.Series, edtf: pd.Series, start: pd.Series, end: pd.Series, of: pd.DataFrame
) -> pd.DataFrame:  # fmt: skip
    import pandas as pd

    end_known = of["end_known_date"] if "end_known_date" in of else of["known_date"]
    cells: dict[str, Any] = {"lane": lane, "record": record, "label": label, "start": start, "end": end}
    return pd.DataFrame({**cells, "uncertain": is_uncertain(edtf), "known": of["known_date"], "end_known": end_known})


def _rows(found: pd.DataFrame) -> pd.DataFrame:
    """Place intervals that overlap on rows of their own, lane by lane."""
    import pandas as pd

    gap, placed, base = pd.Timedelta(days=20), [], 0
    for lane in LANES:
        ends: list[pd.Timestamp] = []
        rows = []
        part = found[found["lane"] == lane].sort_values(["start", "label"])
        for start, end in zip(part["start"], part["end"], strict=True):
            free = next((n for n, until in enumerate(ends) if until + gap < start), len(ends))
            ends[free : free + 1] = [end]
            rows.append(base + free)
        placed.append(part.assign(row=rows))
        base += len(ends)
    return pd.concat(placed, ignore_index=True)
