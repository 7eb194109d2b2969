"""Mutation testing of the rules' SQL: ``python tests/mutants.py [RULE …] [--all]``.

Every query that a rule asks is changed in one place at a time (a comparison, AND and OR, a negation, a condition left out, a
number, the kind of a join), and the tests of the rule are asked again: its good fixture and the real data without a finding, its
bad one found where it is bad. A mutant that passes them all has survived: a test is missing, or the change means the same.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "build"), str(ROOT / "datasets")]

import sqlglot  # noqa: E402
from sqlglot import exp  # noqa: E402

from casting import cast  # noqa: E402
from checked_data import CheckedData  # noqa: E402
from checking import RULES  # noqa: E402
from curated import read_all  # noqa: E402
from derive import derive  # noqa: E402
from pipeline import CURATED  # noqa: E402
from rulebook import Rule  # noqa: E402

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


class Mutable(CheckedData):
    """Tables whose queries are noted, and of which one may be asked otherwise."""

    def __init__(self, root: Path) -> None:
        raw, _ = read_all(root)
        super().__init__(derive({name: cast(table)[0] for name, table in raw.items()}))
        self.asked: list[str] = []
        self.otherwise: dict[str, str] = {}

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        self.asked.append(sql)
        return super().rows(self.otherwise.get(sql, sql))


@dataclass
class Examined:
    """What the tests of a rule look at."""

    rule: Rule
    good: Mutable
    bad: Mutable
    real: Mutable
    expected: str

    def passes(self, sql: str, mutant: str) -> bool:
        """Whether the rule's tests would pass with one query asked otherwise."""
        for data in (self.good, self.bad, self.real):
            data.otherwise = {sql: mutant}
        try:
            return (
                self._found(self.bad) and not list(self.rule.check(self.good)) and not self._unwaived(self.real)
            )
        except Exception:  # noqa: BLE001  (a query that cannot be run is noticed)
            return False

    def _found(self, data: Mutable) -> bool:
        from dataclasses import replace

        problems = [replace(p, rule=self.rule.rule_id) for p in self.rule.check(data)]
        return any(str(p).replace("warning: ", "").startswith(self.expected) for p in problems)

    def _unwaived(self, data: Mutable) -> bool:
        waived = {
            (w["table_name"], w["record_id"])
            for w in data.tables["waivers"].to_pylist()
            if w["rule_id"] == self.rule.rule_id
        }
        found = {(p.table_name, p.record_id) for p in self.rule.check(data)}
        return found != waived


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
            yield other(**{k: v for k, v in node.copy().args.items()})


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
        mine = {}
        for sql in dict.fromkeys([*examined.bad.asked, *real.asked]):
            for mutant in mutants(sql):
                mine[mutant] = not examined.passes(sql, mutant)
                if options.all or not mine[mutant]:
                    print(f"{'killed' if mine[mutant] else 'SURVIVED'} {rule.rule_id}\n    {sql}\n -> {mutant}\n")
        killed, survived = killed + sum(mine.values()), survived + len(mine) - sum(mine.values())
        print(f"{rule.rule_id}: {sum(mine.values())} of {len(mine)} killed", file=sys.stderr)
    print(f"{killed} of {killed + survived} mutants killed ({killed / max(1, killed + survived):.1%})")
    return 0


def _examined(rule: Rule, scratch: Path, real: Mutable) -> Examined:
    fixture = FIXTURES / "rules" / rule.rule_id
    data = {}
    for kind in ("good", "bad"):
        shutil.copytree(FIXTURES / "base", scratch / kind)
        ignored = shutil.ignore_patterns("expected.txt")
        shutil.copytree(fixture / kind, scratch / kind, dirs_exist_ok=True, ignore=ignored)
        here = os.getcwd()
        os.chdir(scratch)
        data[kind] = Mutable(scratch / kind)
        os.chdir(here)
    examined = Examined(rule, data["good"], data["bad"], real, (fixture / "bad" / "expected.txt").read_text().strip())
    if not examined.passes("", ""):
        raise SystemExit(f"{rule.rule_id} does not pass its tests as it is")
    return examined


if __name__ == "__main__":
    sys.exit(main())
