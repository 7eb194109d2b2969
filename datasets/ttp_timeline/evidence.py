"""Who says what about one event, with addresses."""

from __future__ import annotations

from ttp_timeline.errors import UnknownNameError
from ttp_timeline.loading import load

TYPE_CHECKING = False  # as in `typing`, whose import would take longer than all the rest here
if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

FIGURES = [
    "killed", "killed_max", "killed_civilians", "killed_security", "killed_militants", "injured", "captured", "displaced",
]  # fmt: skip


def evidence(event_id: str, *, as_of: str | date | None = None) -> pd.DataFrame:
    """One row per report of an event, by day of publication: speaker, figures, what the page says, origin, address.

    Columns: ``published`` (day), ``speaker``, ``date_edtf``, the figures (people), ``claimed_by_id``, ``denied_by_id``,
    ``blamed_id``, ``says``, ``publisher``, ``origin``, ``url``. With ``as_of`` only pages published by that day.
    Raises UnknownNameError for an event that does not exist.
    """
    reports = load("reports", filters=[("event_id", "==", event_id)], as_of=as_of)
    if reports.empty and event_id not in set(load("events", columns=["event_id"])["event_id"]):
        raise UnknownNameError("event", event_id, load("events", columns=["event_id"])["event_id"])
    sources = load("sources", columns=["source_id", "url", "publisher_id", "origin_id", "published_date"])
    names = load("publishers", columns=["publisher_id", "publisher_name"]).set_index("publisher_id")["publisher_name"]
    actors = load("actors", columns=["actor_id", "actor_name"]).set_index("actor_id")["actor_name"]
    joined = reports.merge(sources, on="source_id", how="left").sort_values(["published_date", "source_id"])
    joined = joined.assign(
        published=joined["published_date"],
        speaker=joined["speaker_id"].map(actors),
        publisher=joined["publisher_id"].map(names),
        origin=joined["origin_id"].map(names),
    )
    claims = ["claimed_by_id", "denied_by_id", "blamed_id"]
    order = ["published", "speaker", "date_edtf", *FIGURES, *claims, "says", "publisher", "origin", "url"]
    return joined[order].reset_index(drop=True)
