"""ttp-timeline: Pakistan's conflict and talks with the Tehreek-e-Taliban Pakistan, 2001 to the present.

>>> import ttp_timeline as ttp
>>> events = ttp.load("events", columns=["event_id", "killed_best"], filters=[("killed_best", ">=", 100)])
>>> "2014-12-16-army-public-school-attack" in set(events["event_id"])
True
"""

from ttp_timeline.catalog import path
from ttp_timeline.citing import cite
from ttp_timeline.codebook import describe, tables
from ttp_timeline.errors import BadArgumentError, DataFileError, TtpTimelineError, UnknownNameError
from ttp_timeline.evidence import evidence
from ttp_timeline.loading import load
from ttp_timeline.verifying import verify

__all__ = [
    "BadArgumentError",
    "DataFileError",
    "TtpTimelineError",
    "UnknownNameError",
    "cite",
    "describe",
    "evidence",
    "load",
    "path",
    "tables",
    "verify",
]
