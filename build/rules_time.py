"""Rules about time: intervals in order, one incumbent at a time, nobody acts after death."""

from __future__ import annotations

from collections.abc import Iterable

from formatting import UNDATED
from problems import Problem
from rulebook import rule
from store import Finding, Store
from ttp_timeline.models import table_metadata
from ttp_timeline.models.appearances import LIVING_ROLES

_ENDLESS = "DATE '9999-12-31'"


#: the bounds that a typed term certainly covers: of 2008/2010 it is only certain that it reached 2010-01-01
_EARLIEST_END = (
    "CASE length(rtrim(split_part({0}.date_edtf, '/', 2), '~')) WHEN 4 THEN date_trunc('year', {0}.end_date) "
    "WHEN 7 THEN date_trunc('month', {0}.end_date) ELSE {0}.end_date END"
)
_LATEST_START = (
    "CASE length(rtrim(split_part({0}.date_edtf, '/', 1), '~')) WHEN 4 THEN {0}.start_date + INTERVAL 1 YEAR "
    "WHEN 7 THEN {0}.start_date + INTERVAL 1 MONTH ELSE {0}.start_date END"
)


def _sql_list(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{v}'" for v in values) + ")"


def _slack(edtf: str) -> str:
    """Days by which a date typed with this EDTF text may differ from another account of it."""
    return f"CASE length(rtrim({edtf}, '~')) WHEN 4 THEN 366 WHEN 7 THEN 31 ELSE 7 END"


@rule
def check_year_file(data: Store) -> Iterable[Problem]:
    """A row of a table that is split by year lies in the file of its year, or in undated.csv."""
    for name in data.columns:
        split_by = table_metadata(name).get("split_by")
        rows = f'SELECT _row, _file, {split_by} AS day FROM "{name}"'
        if split_by == "event_id":
            rows = f'SELECT r._row, r._file, e.date_edtf AS day FROM "{name}" r LEFT JOIN events e USING (event_id)'
        year = f"coalesce(nullif(regexp_extract(day, '^[0-9]{{4}}'), ''), '{UNDATED}')"
        file = f"'{name}/' || {year} || '.csv'" if split_by else f"'{name}.csv'"
        source = rows if split_by else f'SELECT _row, _file FROM "{name}"'
        wrong = data.rows(
            f"SELECT _row, _file, expected FROM (SELECT *, {file} AS expected FROM ({source})) "
            "WHERE NOT ends_with(_file, '/' || expected) ORDER BY _row"
        )
        yield from data.problems(
            name,
            (
                Finding(row, "row", f"lies in {found.rsplit('/', 1)[-1]}", f"{expected}: run `python build format`")
                for row, found, expected in wrong
            ),
        )


@rule
def check_interval_order(data: Store) -> Iterable[Problem]:
    """What has a beginning and an end does not end before it begins."""
    pairs = (
        ("actors", "dissolved_edtf", "founded_date", "dissolved_date"),
        ("people", "died_edtf", "born_date", "died_date"),
        ("agreements", "ended_edtf", "signed_date", "ended_date"),
        ("statements", "decided_edtf", "said_date", "decided_date"),
    )
    for table, column, start, end in pairs:
        yield from data.find(
            table,
            column,
            "an end on or after the start",
            f"SELECT _row, {end} || ' lies before ' || {start} FROM {table} WHERE {end} < {start}",
        )


@rule
def check_truce_order(data: Store) -> Iterable[Problem]:
    """A truce is in effect no later than it ends, really or as announced, and ends no earlier than it was declared."""
    for column, earlier, later in (
        ("ended_edtf", "in_effect_date", "ended_date"),
        ("announced_end_edtf", "in_effect_date", "announced_end_date"),
        ("ended_edtf", "declared_date", "ended_date"),
    ):
        yield from data.find(
            "truces",
            column,
            f"a day on or after {earlier.removesuffix('_date').replace('_', ' ')}",
            f"SELECT _row, {later} || ' lies before {earlier.removesuffix('_date').replace('_', ' ')} ' || {earlier} "
            f"FROM truces WHERE {later} < {earlier}",
        )


@rule
def check_truce_overlap(data: Store) -> Iterable[Problem]:
    """Two truces declared by the same side between the same parties in the same area do not overlap by more than a day."""
    yield from data.find(
        "truces",
        "in_effect_edtf",
        "one truce at a time between the same parties in the same area",
        f"SELECT b._row, 'in force from ' || b.in_effect_date || ', while ' || a.truce_id || ' was until ' || "
        f"coalesce(CAST(a.ended_date AS VARCHAR), 'an end not given') FROM truces a JOIN truces b "
        f"ON list_sort(a.party_ids) = list_sort(b.party_ids) "
        f"AND list_sort(a.declared_by_ids) IS NOT DISTINCT FROM list_sort(b.declared_by_ids) "
        f"AND a.place_id IS NOT DISTINCT FROM b.place_id AND a.scope = b.scope "
        f"AND a.in_effect_date IS NOT NULL AND b.in_effect_date IS NOT NULL "
        f"AND (a.in_effect_date, a._row) < (b.in_effect_date, b._row) "
        f"AND coalesce(a.ended_date, CASE WHEN a.end_reason = 'ongoing' THEN {_ENDLESS} ELSE a.announced_end_date END) > b.in_effect_date",
    )


@rule
def check_truce_end(data: Store) -> Iterable[Problem]:
    """A truce that is ongoing has no end; one with an end is not called ongoing; an extension extends an earlier truce."""
    yield from data.find(
        "truces",
        "end_reason",
        "an end, or the reason ongoing, not both",
        "SELECT _row, 'ended on ' || ended_date || ' and ongoing' FROM truces WHERE end_reason = 'ongoing' AND ended_date IS NOT NULL",
    )
    yield from data.find(
        "truces",
        "extends_truce_id",
        "a truce declared before this one",
        "SELECT b._row, 'extends ' || a.truce_id || ', declared later' FROM truces a JOIN truces b "
        "ON b.extends_truce_id = a.truce_id WHERE a.declared_date > b.declared_date OR a.truce_id = b.truce_id",
    )


@rule
def check_event_of_record(data: Store) -> Iterable[Problem]:
    """The event that began or ended a truce, an accord or a term of office lies within a week of the days that its date allows."""
    pairs = (
        ("truces", "begin_event_id", "declared_edtf", "declared_date"),
        ("truces", "end_event_id", "ended_edtf", "ended_date"),
        ("agreements", "begin_event_id", "signed_edtf", "signed_date"),
        ("agreements", "end_event_id", "ended_edtf", "ended_date"),
        ("positions", "start_event_id", "date_edtf", "start_date"),
        ("positions", "end_event_id", "date_edtf", "end_date"),
    )
    for table, reference, column, day in pairs:
        slack = _slack(f"split_part(t.{column}, '/', {2 if table == 'positions' and day == 'end_date' else 1})")
        yield from data.find(
            table,
            column,
            f"a date that agrees with the event in {reference}",
            f"SELECT t._row, t.{day} || ' is not the date of ' || e.event_id FROM {table} t JOIN events e "
            f"ON e.event_id = t.{reference} WHERE t.{day} + {slack} < e.start_date OR t.{day} - {slack} > coalesce(e.end_date, {_ENDLESS})",
        )


@rule
def check_incumbents_overlap(data: Store) -> Iterable[Problem]:
    """An office that one person holds at a time has one incumbent on any day, but for the day of handing over."""
    yield from data.find(
        "positions",
        "date_edtf",
        "terms that do not overlap, or an office that several hold (is_single false)",
        f"SELECT b._row, 'begins on ' || b.start_date || ' while ' || a.person_id || ' is in office until ' || "
        f"coalesce(CAST(a.end_date AS VARCHAR), 'now') FROM positions a JOIN positions b USING (office_id) "
        f"JOIN offices o USING (office_id) WHERE o.is_single "
        f"AND (a.start_date, a._row) < (b.start_date, b._row) "
        f"AND (a.end_status = 'ongoing' OR {_EARLIEST_END.format('a')} > {_LATEST_START.format('b')})",
    )


@rule
def check_acts_after_death(data: Store) -> Iterable[Problem]:
    """Nobody negotiates, leads, signs, announces or holds office after his death."""
    yield from data.find(
        "appearances",
        "person_id",
        "a person who was alive",
        f"SELECT a._row, p.person_name || ' died on ' || p.died_date || ', the event was on ' || e.start_date "
        f"FROM appearances a JOIN people p USING (person_id) JOIN events e USING (event_id) "
        f"WHERE a.role IN {_sql_list(LIVING_ROLES)} AND e.start_date > p.died_date",
    )
    yield from data.find(
        "positions",
        "date_edtf",
        "a term that ends on or before the day of death",
        "SELECT t._row, p.person_name || ' died on ' || p.died_date || ', the term reaches ' || "
        "coalesce(CAST(t.end_date AS VARCHAR), CAST(t.start_date AS VARCHAR)) FROM positions t JOIN people p USING (person_id) "
        "WHERE t.start_date > p.died_date OR t.end_date > p.died_date + 31 OR (t.end_status = 'ongoing' AND p.died_date IS NOT NULL)",
    )


@rule
def check_actor_exists(data: Store) -> Iterable[Problem]:
    """An actor takes part in an event only while it exists."""
    yield from data.find(
        "participants",
        "actor_id",
        "an actor that existed on the day",
        "SELECT p._row, a.actor_name || ' existed from ' || coalesce(CAST(a.founded_date AS VARCHAR), '?') || ' to ' || "
        "coalesce(CAST(a.dissolved_date AS VARCHAR), 'now') || ', the event was on ' || e.start_date "
        "FROM participants p JOIN actors a USING (actor_id) JOIN events e USING (event_id) "
        "WHERE coalesce(e.end_date, e.start_date) < a.founded_date OR e.start_date > a.dissolved_date",
    )
