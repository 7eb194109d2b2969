"""The one currency of the checks: a problem, where it is, and what was expected instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in the curated data, told so that a person with a spreadsheet can mend it."""

    path: str
    line: int
    column: str
    record_id: str
    rule: str
    message: str
    expected: str
    severity: str = "error"
    table_name: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        what = self.column + (f" [{self.record_id}]" if self.record_id else "")
        mark = "warning: " if self.severity == "warning" else ""
        return _visible(f"{where}: {mark}{what}: {self.message}; expected {self.expected} (rule {self.rule})")


def _visible(text: str) -> str:
    """The text on one line: what a cell holds may neither break it nor command the terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def report(problems: Sequence[Problem], *, as_json: bool) -> str:
    """All problems as text for people, or as one JSON document for machines."""
    ordered = sorted(problems)
    if as_json:
        return json.dumps({"problems": [asdict(p) for p in ordered]}, ensure_ascii=False, indent=1)
    errors = sum(p.severity == "error" for p in ordered)
    lines = [str(p) for p in ordered]
    if ordered:
        lines.append(f"{_many(errors, 'error')}, {_many(len(ordered) - errors, 'warning')}")
    else:
        lines.append("no problems")
    return "\n".join(lines)


def exit_status(problems: Iterable[Problem]) -> int:
    """0 clean, 2 only warnings, 1 errors."""
    severities = {p.severity for p in problems}
    return 1 if "error" in severities else 2 if severities else 0


def _many(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
