"""Take the curated data in, run every rule over it and apply the waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from intake import take_in
from problems import Problem
from rulebook import RULES, declare
from store import Finding, Store

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


@contextmanager
def checked(root: Path, rule_ids: Iterable[str] | None = None) -> Iterator[tuple[Store, list[Problem]]]:
    """The tables under ``root``, typed and complete, and all problems found; with ``rule_ids`` only these rules across tables are run."""
    store = Store()
    try:
        problems, unlaid = take_in(root, store)
        yield store, list(_judged(store, problems, unlaid, rule_ids))
    finally:
        store.close()


def check_all(root: Path, rule_ids: Iterable[str] | None = None) -> list[Problem]:
    """All problems that `checked` finds."""
    with checked(root, rule_ids) as (_, problems):
        return problems


def _judged(
    store: Store, problems: list[Problem], unlaid: list[str], rule_ids: Iterable[str] | None
) -> Iterator[Problem]:
    """The problems of the intake and those that the rules find, less what is waived."""
    if any(problem.rule in _LOSSES for problem in problems):
        message, expected = "rules across tables were not run", "files of which every row can be read"
        yield from problems
        yield Problem("datasets/curated", 0, "files", "", "rows-read", message, expected, "warning")
        return
    found = list(problems)
    broken = {(p.path, p.line, p.column) for p in problems}
    for rule in RULES.values():
        if rule.check is not None and (rule_ids is None or rule.rule_id in rule_ids):
            fresh = (replace(p, rule=rule.rule_id) for p in rule.check(store))
            found += [p for p in fresh if (p.path, p.line, p.column) not in broken]
    if not found:
        message, expected = "is not in the one layout", "what `python build format` writes"
        for file in sorted(unlaid):
            found.append(Problem(file, 0, "file", "", "layout", message, expected, "warning"))
    yield from _waived(found, store, complete=rule_ids is None)


def _waived(problems: list[Problem], store: Store, *, complete: bool) -> Iterator[Problem]:
    """The problems that no waiver covers, and the waivers that cover none."""
    rows = {tuple(key): row for row, *key in store.rows("SELECT _row, rule_id, table_name, record_id FROM waivers")}
    used = set()
    for problem in problems:
        waiver = (problem.rule, problem.table_name, problem.record_id)
        if waiver in rows:
            used.add(waiver)
        else:
            yield problem
    if complete:
        unused = [
            Finding(row, "rule_id", f"rule {rule} finds nothing in {table} {record}", "no waiver: delete the row")
            for (rule, table, record), row in rows.items()
            if (rule, table, record) not in used
        ]
        yield from (replace(p, rule="waiver-unused") for p in store.problems("waivers", unused))
