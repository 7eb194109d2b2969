"""Dates as curators type them: the part of EDTF (ISO 8601-2:2019) that the timeline uses.

Accepted: ``2014-12-16``, ``2004-04``, ``2007``, each with ``~`` for approximate; intervals ``a/b`` of these;
``a/..`` still going; ``a/`` end not known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

FORMS = "2014-12-16, 2004-04, 2007, any with ~ for approximate, or start/end, start/.. (ongoing), start/ (end unknown)"
_POINT = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?(?P<approximate>~)?")


@dataclass(frozen=True)
class Span:
    """The days a typed date allows; ``end`` is None when it is open or not known.

    ``precision`` is UCDP GED's date_prec: of an interval, that of its less precise end.
    """

    start: date
    end: date | None
    end_status: str
    precision: int
    is_approximate: bool

    @property
    def is_lasting(self) -> bool:
        """Longer than ten days, and not only because no more than a month or a year is known; or without a known end."""
        longest = {4: 31, 5: 366}.get(self.precision, 10)
        return self.end is None or (self.end - self.start).days > longest


@lru_cache(maxsize=65536)
def parse(text: str) -> Span:
    """The span of days of a typed date; raises ValueError with a sentence for the curator."""
    first, slash, second = text.partition("/")
    start = _point(first)
    if not slash:
        return start
    if second == "..":
        return Span(start.start, None, "ongoing", start.precision, start.is_approximate)
    if second == "":
        return Span(start.start, None, "unknown", start.precision, start.is_approximate)
    end = _point(second)
    assert end.end is not None
    if end.end < start.start:
        raise ValueError(f"{second} lies before {first}")
    precision = max(start.precision, end.precision)
    return Span(start.start, end.end, "known", precision, start.is_approximate or end.is_approximate)


def _point(text: str) -> Span:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date of the accepted forms")
    year, month, day = int(match["year"]), match["month"], match["day"]
    approximate = match["approximate"] is not None
    try:
        if day:
            point = date(year, int(month), int(day))
            return Span(point, point, "known", 2 if approximate else 1, approximate)
        if month:
            last = monthrange(year, int(month))[1]
            return Span(date(year, int(month), 1), date(year, int(month), last), "known", 4, approximate)
        return Span(date(year, 1, 1), date(year, 12, 31), "known", 5, approximate)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None
