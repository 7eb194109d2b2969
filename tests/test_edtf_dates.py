"""The small date parser against the edtf library, where that one is right, and against its own promises."""

from __future__ import annotations

from datetime import date

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edtf_dates import parse

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
POINTS = st.one_of(DAYS.map(str), DAYS.map(lambda d: str(d)[:7]), DAYS.map(lambda d: str(d)[:4]))


@given(POINTS)
def test_agrees_with_the_edtf_library_on_points(text: str) -> None:
    theirs, ours = oracle.parse_edtf(text), parse(text)
    assert tuple(theirs.lower_strict()[:3]) == ours.start.timetuple()[:3]
    assert ours.end is not None
    assert tuple(theirs.upper_strict()[:3]) == ours.end.timetuple()[:3]


@given(DAYS, DAYS)
def test_intervals_reach_from_the_first_to_the_last_day(a: date, b: date) -> None:
    first, last = sorted((a, b))
    span = parse(f"{first}/{last}")
    assert (span.start, span.end, span.end_status, span.precision) == (first, last, "known", 1)
    if first != last:
        with pytest.raises(ValueError, match="lies before"):
            parse(f"{last}/{first}")


@pytest.mark.parametrize(
    ("text", "end", "status", "precision", "approximate"),
    [
        ("2014-12-16", date(2014, 12, 16), "known", 1, False),
        ("2004-02", date(2004, 2, 29), "known", 4, False),
        ("2007~", date(2007, 12, 31), "known", 5, True),
        ("2022-05-10~", date(2022, 5, 10), "known", 2, True),
        ("2024-06/..", None, "ongoing", 4, False),
        ("2022-06-03/", None, "unknown", 1, False),
        ("2002-06-25/2002-07", date(2002, 7, 31), "known", 4, False),
        ("2002-06-25~/2002-06-27", date(2002, 6, 27), "known", 2, True),
        ("2002-06-25/2002-06-27~", date(2002, 6, 27), "known", 2, True),
    ],
)
def test_forms(text: str, end: date | None, status: str, precision: int, approximate: bool) -> None:
    span = parse(text)
    assert (span.end, span.end_status, span.precision, span.is_approximate) == (end, status, precision, approximate)


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("2009-06-01", False),
        ("2009-06-01/2009-06-11", False),
        ("2009-06-01/2009-06-12", True),
        ("2009-06", False),
        ("2009-06/2009-07-02", False),
        ("2009-06/2009-07-03", True),
        ("2009", False),
        ("2009/2010-01-02", False),
        ("2009/2010-01-03", True),
        ("2009-06-01/..", True),
        ("2009-06-01/", True),
    ],
)
def test_what_lasts_is_longer_than_ten_days_and_than_what_is_known_of_its_date(text: str, lasting: bool) -> None:
    assert parse(text).is_lasting is lasting


@pytest.mark.parametrize(
    "text", ["2014-13", "2014-02-29", "16.12.2014", "2009-02-1X", "2014-1-1", "../2014", "/", "", "2014?"]
)
def test_other_forms_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse(text)


@given(st.text(max_size=30))
def test_any_text_gives_a_span_or_a_value_error(text: str) -> None:
    try:
        span = parse(text)
    except ValueError:
        return
    assert span.end is None or span.start <= span.end
