"""Rules about evidence: every fact rests on a page that was read, and the pages agree with the chosen values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from problems import Problem
from rulebook import rule
from store import Finding, Store, record_id
from ttp_timeline.toll_rule import MEASURES

_BEST = [f"{measure}_best" for measure in MEASURES]


@rule
def check_event_reported(data: Store) -> Iterable[Problem]:
    """Every event has at least one report of a page that was read."""
    yield from data.find(
        "events",
        "event_id",
        "at least one row in reports",
        "SELECT _row, 'no report' FROM events WHERE event_id NOT IN (SELECT event_id FROM reports WHERE event_id IS NOT NULL)",
    )


@rule
def check_date_supported(data: Store) -> Iterable[Problem]:
    """The date of an event overlaps the date that a report gives, within three days if it is approximate; a report that
    gives no more than a year counts only where none gives more."""
    yield from data.find(
        "events",
        "date_edtf",
        "a date that one of its reports gives (reports.date_edtf)",
        "SELECT e._row, e.date_edtf || ' is the date of none of its reports (' || "
        "coalesce(string_agg(DISTINCT r.date_edtf, ', ' ORDER BY r.date_edtf), 'none gives one') || ')' "
        "FROM (SELECT *, CASE WHEN is_approximate THEN 3 ELSE 0 END AS slack FROM events) e "
        "JOIN (SELECT *, coalesce(end_date - start_date > 31, true) AS vague, "
        "coalesce(bool_or(end_date - start_date <= 31) OVER (PARTITION BY event_id), false) AS others FROM reports) r "
        "USING (event_id) WHERE e.start_date IS NOT NULL GROUP BY e._row, e.date_edtf "
        "HAVING NOT coalesce(bool_or(NOT (vague AND others) "
        "AND r.start_date <= coalesce(e.end_date, DATE '9000-12-31') + slack "
        "AND coalesce(r.end_date, DATE '9999-12-31') >= e.start_date - slack), false)",
    )


@rule
def check_report_near_event(data: Store) -> Iterable[Problem]:
    """A report gives the event a date within a year of the event's own."""
    yield from data.find(
        "reports",
        "date_edtf",
        "the date of this event as the page gives it",
        "SELECT r._row, r.date_edtf || ' is more than a year from the event''s ' || e.date_edtf "
        "FROM reports r JOIN events e USING (event_id) WHERE r.start_date > e.end_date + 366 "
        "OR coalesce(r.end_date, r.start_date) < e.start_date - 366",
    )


@rule
def check_report_after_event(data: Store) -> Iterable[Problem]:
    """A report is not published before the first day of the event that it reports."""
    for column, date in (("source_id", "e.start_date"), ("date_edtf", "r.start_date")):
        yield from data.find(
            "reports",
            column,
            "a page published on or after that day",
            f"SELECT r._row, 'published by ' || s.published_date || ', before ' || {date} FROM reports r "
            f"JOIN events e USING (event_id) JOIN sources s USING (source_id) WHERE s.published_date < {date}"
            + (" AND NOT s.published_date < e.start_date" if column == "date_edtf" else ""),
        )


@rule
def check_published_basis(data: Store) -> Iterable[Problem]:
    """The basis of a day of publication is unknown exactly when the day is not given."""
    yield from data.find(
        "sources",
        "published_basis",
        "a day with its basis, or neither (unknown)",
        "SELECT _row, 'basis ' || published_basis || CASE WHEN published_edtf IS NULL THEN ' without' ELSE ' with' END "
        "|| ' a day' FROM sources WHERE (published_edtf IS NULL) <> (published_basis = 'unknown')",
    )


@rule
def check_published_once(data: Store) -> Iterable[Problem]:
    """A page is published on one day, month or year, not over an interval."""
    yield from data.find(
        "sources",
        "published_edtf",
        "a day, a month or a year",
        "SELECT _row, published_edtf || ' is an interval' FROM sources WHERE published_edtf LIKE '%/%'",
    )


@rule
def check_address(data: Store) -> Iterable[Problem]:
    """A source has an address of its own; where it has none, its note says why."""
    yield from data.find(
        "sources",
        "url",
        "the address of the page, or a note that says why there is none",
        "SELECT _row, 'no address and no note' FROM sources WHERE url IS NULL AND note IS NULL",
    )
    yield from data.find(
        "sources",
        "url",
        "one row for each page",
        "WITH pages AS (SELECT _row, source_id, rtrim(regexp_replace(url, '^https?://(www\\.)?', ''), '/') AS page "
        "FROM sources WHERE url IS NOT NULL), twice AS (SELECT page FROM pages GROUP BY page HAVING count(*) > 1) "
        "SELECT _row, 'the address stands already at ' || first FROM (SELECT _row, row_number() OVER w AS n, "
        "first_value(source_id) OVER w AS first FROM pages SEMI JOIN twice USING (page) "
        "WINDOW w AS (PARTITION BY page ORDER BY _row)) WHERE n > 1",
    )


@rule
def check_source_used(data: Store) -> Iterable[Problem]:
    """Every source is used by at least one row of another table."""
    lists = [name for name, columns in data.columns.items() if "source_ids" in columns]
    used = " UNION ALL ".join(f'SELECT unnest(source_ids) AS s FROM "{n}"' for n in lists)
    yield from data.find(
        "sources",
        "source_id",
        "a source that some row rests on",
        f"SELECT _row, 'no row uses it' FROM sources WHERE source_id NOT IN (SELECT s FROM ({used}) WHERE s IS NOT NULL) "
        "AND source_id NOT IN (SELECT source_id FROM reports WHERE source_id IS NOT NULL) "
        "AND source_id NOT IN (SELECT source_id FROM statements WHERE source_id IS NOT NULL)",
    )


@rule
def check_statement_supported(data: Store) -> Iterable[Problem]:
    """A statement that is decided names the pages that decide it."""
    yield from data.find(
        "statements",
        "source_ids",
        "the pages that decide it, or verdict unresolved or opinion",
        "SELECT _row, 'verdict ' || verdict || ' without a page' FROM statements "
        "WHERE source_ids IS NULL AND verdict NOT IN ('unresolved', 'opinion')",
    )
    yield from data.find(
        "statements",
        "right_value",
        "the right value",
        "SELECT _row, 'verdict ' || verdict || ' without the right value' FROM statements "
        "WHERE right_value IS NULL AND verdict IN ('false', 'imprecise')",
    )


@rule
def check_decision_agrees(data: Store) -> Iterable[Problem]:
    """The value of a decision is the value in its table, or, for a best figure, lies between low and high."""
    for row, table, record, column, value in _decisions(data):
        if column not in data.columns[table]:
            expected = "one of " + ", ".join(data.columns[table])
            yield from data.problems(
                "decisions", [Finding(row, "column_name", f"{table} has no column {column}", expected)]
            )
        elif not column.endswith("_best"):
            (cell,) = _cells(data, table, record, column)
            shown = str(cell).lower() if isinstance(cell, bool) else str(cell)
            if shown != value:
                message = f"{value} is chosen, {table} has {cell}"
                yield from data.problems("decisions", [Finding(row, "value", message, "the same value in both")])


@rule
def check_low_best_high(data: Store) -> Iterable[Problem]:
    """Of each toll low is at most best and best at most high: a decision stays within what is reported."""
    for row, table, record, column, value in _decisions(data):
        if table != "events" or column not in _BEST:
            continue
        low, high = _cells(
            data, table, record, *(f"{column.removesuffix('_best')}_{bound}" for bound in ("low", "high"))
        )
        if low is None or not low <= int(value) <= high:
            expected = "a figure between the least and the highest reported"
            found = Finding(row, "value", f"{value} lies outside {low} to {high}", expected)
            yield from data.problems("decisions", [found])


@rule
def check_decision_figure(data: Store) -> Iterable[Problem]:
    """A decision on a toll is a whole number and names a toll's best figure."""
    wrong = data.rows(f"SELECT _row, value FROM decisions WHERE {_NO_FIGURE}")
    yield from data.problems(
        "decisions", (Finding(row, "value", f"{value!r} is no figure", "a whole number") for row, value in wrong)
    )


_NO_FIGURE = "column_name LIKE '%_best' AND NOT regexp_full_match(value, '[0-9]{1,6}')"


def _decisions(data: Store) -> Iterator[tuple[int, str, str, str, str]]:
    """Row, table, record, column and value of each decision on a record that exists."""
    for row, table, record, column, value in data.rows(
        f"SELECT _row, table_name, record_id, column_name, value FROM decisions WHERE NOT ({_NO_FIGURE}) ORDER BY _row"
    ):
        if table in data.columns and _cells(data, table, record, "_row"):
            yield row, table, record, column, value


def _cells(data: Store, table: str, record: str, *columns: str) -> tuple[Any, ...]:
    """Some cells of a record; nothing if there is none."""
    chosen = ", ".join(columns)
    sought = record.replace("'", "''")
    found = data.rows(f"SELECT {chosen} FROM \"{table}\" WHERE {record_id(table)} = '{sought}' ORDER BY _row LIMIT 1")
    return found[0] if found else ()


@rule
def check_claim_entered(data: Store) -> Iterable[Problem]:
    """Whoever claims an act of violence in a report takes part in it, claimed, or disputed where it is denied."""
    yield from data.find(
        "reports",
        "claimed_by_id",
        "a row in participants with its own claim",
        "SELECT r._row, r.claimed_by_id || ' claims it here and has no row with its claim' FROM reports r JOIN events e USING (event_id) "
        "WHERE e.event_class = 'violence' AND r.claimed_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM participants p "
        "WHERE p.event_id = r.event_id AND p.actor_id = r.claimed_by_id AND p.attribution IN ('claimed', 'disputed'))",
    )


@rule
def check_unidentified_claimed(data: Store) -> Iterable[Problem]:
    """Unidentified perpetrators do not stand beside a group that claimed the act itself."""
    yield from data.find(
        "participants",
        "actor_id",
        "the group that claimed it, alone",
        "SELECT p._row, p.actor_id || ' beside ' || min(c.actor_id) || ', which claimed it' FROM participants p "
        "JOIN participants c USING (event_id) WHERE p.actor_id LIKE 'unidentified-%' AND p.role = 'perpetrator' "
        "AND c.role = 'perpetrator' AND c.attribution = 'claimed' GROUP BY p._row, p.actor_id",
    )
