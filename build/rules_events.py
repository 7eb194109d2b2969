"""Rules about events among each other: each stands once, and no link leads back to where it starts."""

from __future__ import annotations

from collections.abc import Iterable

from problems import Problem
from rulebook import rule
from store import Store

_FIGURES = ("killed", "killed_civilians", "killed_security", "killed_militants")


@rule
def check_event_once(data: Store) -> Iterable[Problem]:
    """A page does not give the same figures for two events of one place, day and kind, unless a link says how they differ."""
    same = " AND ".join(f"a.{figure} IS NOT DISTINCT FROM b.{figure}" for figure in _FIGURES)
    yield from data.find(
        "events",
        "event_id",
        "one event, or a link that says how the two belong together",
        "WITH linked AS (SELECT from_event_id, to_event_id FROM links UNION ALL SELECT to_event_id, from_event_id FROM links), "
        "told AS (SELECT a.source_id, a.event_id AS one, b.event_id AS other, a.killed IS NULL AS is_vague FROM reports a "
        f"JOIN reports b ON a.source_id = b.source_id AND a.event_id < b.event_id AND {same}) "
        "SELECT DISTINCT f._row, source_id || ' says the same of ' || one FROM told "
        "JOIN events e ON e.event_id = one JOIN events f ON f.event_id = other "
        "AND e.start_date = f.start_date AND e.end_date IS NOT DISTINCT FROM f.end_date "
        "JOIN places p ON p.place_id = e.place_id JOIN places q ON q.place_id = f.place_id "
        "WHERE CASE WHEN is_vague THEN e.event_type = f.event_type AND p.place_id = q.place_id "
        "ELSE p.place_id = q.place_id OR p.district_name = q.district_name END "
        "AND (one, other) NOT IN (SELECT (from_event_id, to_event_id) FROM linked) ORDER BY ALL",
    )


@rule
def check_link_direction(data: Store) -> Iterable[Problem]:
    """A link leads from one event to another, and not the same way back; a relation joins two actors."""
    yield from data.find(
        "links",
        "to_event_id",
        "another event",
        "SELECT _row, 'the event is linked to itself' FROM links WHERE from_event_id = to_event_id",
    )
    yield from data.find(
        "links",
        "link_type",
        "a link in one direction",
        "SELECT b._row, b.to_event_id || ' is linked to it as ' || b.link_type FROM links a JOIN links b "
        "ON a.link_type = b.link_type AND a.from_event_id = b.to_event_id AND a.to_event_id = b.from_event_id "
        "WHERE a._row < b._row",
    )
    yield from data.find(
        "relations",
        "object_actor_id",
        "another actor",
        "SELECT _row, 'the actor is related to itself' FROM relations WHERE subject_actor_id = object_actor_id",
    )
