"""Mutation testing of the rules' SQL: ``python tests/mutants.py [RULE …] [--all]``.

Every query that a rule asks is changed in one place at a time (a comparison, AND and OR, a negation, a condition left out, a
number, the kind of a join), queries of one shape together, as they come from one line of code. Then the tests of the rule are
asked again: its good fixture and the real data without a finding, its bad one with the findings expected, the cases at its edges as they are. A mutant that passes
them all has survived: a test is missing, or the change means the same.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "build"), str(ROOT / "datasets")]

import duckdb  # noqa: E402
import sqlglot  # noqa: E402
from rule_cases import CASES, Case  # noqa: E402
from sqlglot import exp  # noqa: E402

from checking import RULES  # noqa: E402
from intake import take_in  # noqa: E402
from pipeline import CURATED  # noqa: E402
from rulebook import Rule  # noqa: E402
from store import Store  # noqa: E402

FIXTURES = ROOT / "tests" / "fixtures"
SWAPS = {
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT,),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT,),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.And: (exp.Or,),
    exp.Or: (exp.And,),
    exp.Add: (exp.Sub,),
    exp.Sub: (exp.Add,),
    exp.Mul: (exp.Div,),
}


class Mutable(Store):
    """Tables whose queries are noted, and of which one may be asked otherwise."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.otherwise: dict[str, str] = {}
        take_in(root, self)
        self.asked.clear()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        self.asked.append(sql)
        return super().rows(self.otherwise.get(sql, sql))


@dataclass
class Examined:
    """What the tests of a rule look at."""

    rule: Rule
    good: Mutable
    bad: Mutable
    real: Mutable
    edges: list[tuple[Case, Mutable]]
    expected: list[str]

    def passes(self, otherwise: dict[str, str]) -> bool:
        """Whether the rule's tests would pass with some queries asked otherwise."""
        for data in (self.good, self.bad, self.real, *(data for _, data in self.edges)):
            data.otherwise = otherwise
        try:
            found = sorted(str(replace(p, rule=self.rule.rule_id)) for p in self.rule.check(self.bad))
            return (
                found == self.expected
                and not list(self.rule.check(self.good))
                and all(case.holds(self.rule.check(data)) for case, data in self.edges)
                and self._only_waived()
            )
        except duckdb.Error:  # a query that cannot be run is noticed
            return False

    def _only_waived(self) -> bool:
        asked = f"SELECT table_name, record_id FROM waivers WHERE rule_id = '{self.rule.rule_id}'"
        waived = set(Store.rows(self.real, asked))
        return waived == {(p.table_name, p.record_id) for p in self.rule.check(self.real)}


def of_one_shape(queries: list[str]) -> list[list[str]]:
    """The queries, those together that differ in names only."""
    groups: dict[tuple[type, ...], list[str]] = {}
    for sql in dict.fromkeys(queries):
        tree = sqlglot.parse_one(sql, dialect="duckdb")
        shape = tuple(type(node) for node in tree.walk() if any(changes(node)))
        groups.setdefault(shape, []).append(sql)
    return list(groups.values())


def mutants(sql: str) -> Iterator[str]:
    """The query with one thing changed, for each thing that can be."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    number = len(list(tree.walk()))
    for at in range(number):
        node = list(tree.walk())[at]
        for change in changes(node):
            copy = tree.copy()
            list(copy.walk())[at].replace(change)
            yield copy.sql(dialect="duckdb")


def changes(node: exp.Expression) -> Iterator[exp.Expression]:
    """What could stand in place of a part of a query."""
    for kind in SWAPS.get(type(node), ()):
        yield kind(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.Not):
        yield node.this.copy()
    if isinstance(node, (exp.Is, exp.In, exp.Exists, exp.RegexpLike)) and not isinstance(node.parent, exp.Not):
        yield exp.Not(this=node.copy())
    if isinstance(node, exp.And):
        yield node.this.copy()
        yield node.expression.copy()
    if isinstance(node, exp.Literal) and node.is_int:
        yield exp.Literal.number(int(node.this) + 1)
    if isinstance(node, exp.Coalesce):
        yield node.this.copy()
    if isinstance(node, exp.Join) and node.side == "LEFT":
        copy = node.copy()
        copy.set("side", None)
        yield copy
    for one, other in ((exp.Min, exp.Max), (exp.Greatest, exp.Least), (exp.Max, exp.Min)):
        if isinstance(node, one):
            yield other(**node.copy().args)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rule", nargs="*", help="these rules only")
    parser.add_argument("--all", action="store_true", help="name the killed ones, too")
    options = parser.parse_args()
    chosen = [r for r in RULES.values() if r.check is not None and r.rule_id in (options.rule or RULES)]
    real = Mutable(CURATED)
    killed = survived = 0
    for rule in chosen:
        with tempfile.TemporaryDirectory() as scratch:
            examined = _examined(rule, Path(scratch), real)
        real.asked.clear()
        list(rule.check(real))
        fates = []
        for queries in of_one_shape([*examined.bad.asked, *real.asked]):
            for changed in zip(*map(mutants, queries), strict=True):
                fates.append(not examined.passes(dict(zip(queries, changed, strict=True))))
                if options.all or not fates[-1]:
                    fate = "killed" if fates[-1] else "SURVIVED"
                    print(f"{fate} {rule.rule_id}\n    {queries[0]}\n -> {changed[0]}\n")
        killed, survived = killed + sum(fates), survived + len(fates) - sum(fates)
        if fates:
            print(f"{rule.rule_id}: {sum(fates)} of {len(fates)} killed", file=sys.stderr)
    print(f"{killed} of {killed + survived} mutants killed ({killed / max(1, killed + survived):.1%})")
    return 0


def _examined(rule: Rule, scratch: Path, real: Mutable) -> Examined:
    fixture = FIXTURES / "rules" / rule.rule_id
    data = {}
    for kind in ("good", "bad"):
        shutil.copytree(FIXTURES / "base", scratch / kind)
        ignored = shutil.ignore_patterns("expected.txt")
        shutil.copytree(fixture / kind, scratch / kind, dirs_exist_ok=True, ignore=ignored)
        data[kind] = Mutable(scratch / kind)
    edges = []
    for number, case in enumerate(case for case in CASES if case.rule == rule.rule_id):
        folder = Path(shutil.copytree(FIXTURES / "base", scratch / str(number)))
        case.apply(folder)
        edges.append((case, Mutable(folder)))
    expected = (fixture / "bad" / "expected.txt").read_text(encoding="utf-8").splitlines()
    examined = Examined(rule, data["good"], data["bad"], real, edges, expected)
    if not examined.passes({}):
        raise SystemExit(f"{rule.rule_id} does not pass its tests as it is")
    return examined


if __name__ == "__main__":
    sys.exit(main())
