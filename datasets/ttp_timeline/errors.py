"""What can go wrong for a user, each in one line that says what was expected."""

from __future__ import annotations

from collections.abc import Iterable


class TtpTimelineError(Exception):
    """Base of all errors that this package raises on purpose."""


class UnknownNameError(TtpTimelineError, LookupError):
    """A table, column, event or format that does not exist; the message offers the nearest names."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        names = list(known)
        # part of a name, such as the day of an event, tells more than likeness of letters
        near = [n for n in names if str(name).lower() in n][:3] if name else []
        near = near or get_close_matches(str(name), names, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else "."
        listed = f" There are: {', '.join(names)}." if len(names) <= 60 else ""
        super().__init__(f"no {kind} {name!r}{hint}{listed}")


class BadArgumentError(TtpTimelineError, ValueError):
    """An argument of the wrong form."""


class DataFileError(TtpTimelineError, OSError):
    """A data file that is missing or damaged; the message says what mends it."""

    def __init__(self, path: object, what: str) -> None:
        mend = "`python build` in a checkout, or `pip install --force-reinstall ttp-timeline`"
        super().__init__(f"{path} {what}; mend it with {mend}")
