"""Run every rule over the curated data and apply the waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import pyarrow as pa

from casting import cast
from checked_data import CheckedData
from curated import RawTable, read_all
from derive import derive
from formatting import differing, formatted_files
from problems import Problem
from rulebook import RULES, declare

for _path in sorted(Path(__file__).parent.glob("rules_*.py")):
    import_module(_path.stem)

#: what keeps rows from being read
_LOSSES = {"encoding", "header", "row-shape"}

declare(
    "rows-read",
    "Rules across tables are run when all rows can be read: what is lost would be missing everywhere (a warning).",
)
declare("layout", "Curated files have the one layout that `python build format` gives (a warning).")
declare("waiver-unused", "A waiver is needed: without it, its rule would find something in its record.")


@dataclass
class Checked:
    """The outcome of a check: typed and derived tables, and all problems found."""

    tables: dict[str, pa.Table]
    problems: list[Problem]


def check_all(root: Path, rule_ids: Iterable[str] | None = None) -> Checked:
    """Read, cast, derive and check ``root``; with ``rule_ids`` only these cross-table rules are run."""
    raw, problems = read_all(root)
    typed = {}
    for name, table in raw.items():
        typed[name], found = cast(table)
        problems.extend(found)
    tables = derive(typed)
    if any(problem.rule in _LOSSES for problem in problems):
        message, expected = "rules across tables were not run", "files of which every row can be read"
        problems.append(Problem("datasets/curated", 0, "files", "", "rows-read", message, expected, "warning"))
        return Checked(tables, problems)
    data = CheckedData(tables)
    broken = {(p.path, p.line, p.column) for p in problems}
    for rule in RULES.values():
        if rule.check is not None and (rule_ids is None or rule.rule_id in rule_ids):
            fresh = (replace(p, rule=rule.rule_id) for p in rule.check(data))
            problems.extend(p for p in fresh if (p.path, p.line, p.column) not in broken)
    if not problems:
        problems.extend(_layout(root, raw))
    return Checked(tables, list(_waived(problems, data, complete=rule_ids is None)))


def _layout(root: Path, raw: dict[str, RawTable]) -> Iterator[Problem]:
    for file in differing(root, formatted_files(raw)):
        path = f"datasets/curated/{file}"
        yield Problem(
            path, 0, "file", "", "layout", "is not in the one layout", "what `python build format` writes", "warning"
        )


def _waived(problems: list[Problem], data: CheckedData, *, complete: bool) -> Iterator[Problem]:
    """The problems that no waiver covers, and the waivers that cover none."""
    waivers = data.tables["waivers"]
    rows = {tuple(w[c] for c in ("rule_id", "table_name", "record_id")): i for i, w in enumerate(waivers.to_pylist())}
    used = set()
    for problem in problems:
        waiver = (problem.rule, problem.table_name, problem.record_id)
        if waiver in rows:
            used.add(waiver)
        else:
            yield problem
    if complete:
        for waiver in rows.keys() - used:
            message = f"rule {waiver[0]} finds nothing in {waiver[1]} {waiver[2]}"
            found = data.problem("waivers", rows[waiver], "rule_id", message, "no waiver: delete the row")
            yield replace(found, rule="waiver-unused")
