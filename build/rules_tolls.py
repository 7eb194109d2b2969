"""Rules about figures: parts within the whole."""

from __future__ import annotations

from collections.abc import Iterable

from problems import Problem
from rulebook import rule
from store import Store
from ttp_timeline.toll_rule import MEASURES, SIDES

_PARTS = " + ".join(f"coalesce({p}, 0)" for p in SIDES)


@rule
def check_toll_parts(data: Store) -> Iterable[Problem]:
    """The sides of a toll do not add up to more than the whole, where the same speaker gives both."""
    yield from data.find(
        "reports",
        "killed",
        "civilians, security forces and militants that add up to at most the killed",
        f"SELECT _row, 'the sides add up to ' || ({_PARTS}) || ', the whole is ' || greatest(killed, killed_max) "
        f"FROM reports WHERE ({_PARTS}) > greatest(killed, killed_max)",
    )


@rule
def check_toll_range(data: Store) -> Iterable[Problem]:
    """The higher end of a range lies above its lower end."""
    for table, low, high in (("reports", "killed", "killed_max"), ("statistics", "value", "value_max")):
        yield from data.find(
            table,
            high,
            f"a figure above {low}, or an empty cell",
            f"SELECT _row, {high} || ' is not above ' || coalesce(CAST({low} AS VARCHAR), 'an empty {low}') "
            f"FROM {table} WHERE {high} IS NOT NULL AND ({low} IS NULL OR {high} <= {low})",
        )


@rule
def check_toll_plausible(data: Store) -> Iterable[Problem]:
    """The figures of one event lie within a factor of ten of each other, or within twenty; those of a lasting one grow."""
    for name, measure in MEASURES.items():
        upper = f"greatest({name}, {measure.upper})" if measure.upper else name
        yield from data.find(
            "reports",
            name,
            "a figure near the others, or a waiver that says why it differs",
            f"SELECT r._row, r.{name} || ' against a median of ' || m FROM reports r JOIN ("
            f"SELECT event_id, quantile_disc({upper}, 0.5) AS m FROM reports WHERE {name} IS NOT NULL GROUP BY event_id) USING (event_id) "
            f"WHERE event_id NOT IN (SELECT event_id FROM events WHERE is_lasting) AND abs(r.{name} - m) > 20 AND (r.{name} > 10 * m OR 10 * r.{name} < m)",
        )


@rule
def check_toll_period(data: Store) -> Iterable[Problem]:
    """The dead and injured of a report were not counted until more than a week after the event, unless that is lasting."""
    figures = " OR ".join(f"r.{name} IS NOT NULL" for name in MEASURES)
    yield from data.find(
        "reports",
        "date_edtf",
        "a figure of this event's days, or an event that lasts as long",
        "SELECT r._row, 'counts until ' || r.end_date || ', the event is of ' || e.date_edtf FROM reports r JOIN events e USING (event_id) "
        f"WHERE NOT e.is_lasting AND ({figures}) AND r.end_date > e.end_date + 7 AND r.date_edtf LIKE '%/%'",
    )


@rule
def check_release_counts(data: Store) -> Iterable[Problem]:
    """A number of prisoners released names who gives it."""
    for kind in ("claimed", "confirmed"):
        yield from data.find(
            "releases",
            f"{kind}_by_id",
            "the actor who gives the number",
            f"SELECT _row, {kind}_count || ' without a speaker' FROM releases WHERE {kind}_count IS NOT NULL AND {kind}_by_id IS NULL",
        )


@rule
def check_audit_counts(data: Store) -> Iterable[Problem]:
    """A second reading finds no more cells wrong than it compared, and compares at least one."""
    yield from data.find(
        "audits",
        "wrong_count",
        "at most checked_count, which is at least 1",
        "SELECT _row, wrong_count || ' wrong of ' || checked_count FROM audits WHERE wrong_count > checked_count OR checked_count = 0",
    )


@rule
def check_coverage_counts(data: Store) -> Iterable[Problem]:
    """No more of a corpus's events are held than it has."""
    yield from data.find(
        "coverage",
        "matched_count",
        "at most corpus_event_count",
        "SELECT _row, matched_count || ' of ' || corpus_event_count FROM coverage WHERE matched_count > corpus_event_count",
    )
