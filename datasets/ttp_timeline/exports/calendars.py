"""Dated rows for calendars and timelines on a page: iCalendar and TimelineJS."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ttp_timeline.catalog import descriptor
from ttp_timeline.errors import BadArgumentError
from ttp_timeline.exports.tabular import only

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa


def write_ics(data: Mapping[str, pa.Table], path: Path) -> None:
    """All-day events; the id is the UID, so that a newer file replaces what an older one brought."""
    try:
        from icalendar import Calendar, Event
    except ModuleNotFoundError:
        raise BadArgumentError("icalendar is not installed: pip install 'ttp-timeline[calendar]'") from None
    package = descriptor()
    stamp = datetime.combine(date.fromisoformat(package["last_read"]), datetime.min.time(), tzinfo=UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//ttp-timeline//{package['version']}//EN")
    calendar.add("version", "2.0")
    for row in _dated(only(data)):
        event = Event()
        event.add("uid", f"{next(iter(row.values()))}@ttp-timeline")
        event.add("dtstamp", stamp)  # no clock: the day of the newest page read
        event.add("dtstart", row["start_date"])
        event.add("dtend", (row.get("end_date") or row["start_date"]) + timedelta(days=1))
        event.add("summary", row["title"])
        if row.get("summary"):
            event.add("description", row["summary"])
        if row.get("place_name"):
            event.add("location", row["place_name"])
        if row.get("event_class"):
            event.add("categories", [row["event_class"]])
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())


def write_timelinejs(data: Mapping[str, pa.Table], path: Path) -> None:
    """The JSON that TimelineJS 3 reads; text is escaped, for TimelineJS shows it as HTML."""
    from html import escape

    package = descriptor()
    events = [
        {
            "unique_id": next(iter(row.values())),
            "start_date": _parts(row["start_date"]),
            **({"end_date": _parts(row["end_date"])} if row.get("end_date") else {}),
            "text": {"headline": escape(row["title"]), "text": escape(row.get("summary") or "")},
            **({"group": row["event_class"]} if row.get("event_class") else {}),
        }
        for row in _dated(only(data))
    ]
    page = {"title": {"text": {"headline": escape(package["title"]), "text": ""}}, "events": events}
    path.write_text(json.dumps(page, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _dated(table: pa.Table) -> Iterator[dict[str, Any]]:
    for row in table.to_pylist():
        if row["start_date"] is not None:
            yield row


def _parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
