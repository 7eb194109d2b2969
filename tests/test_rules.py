"""Every rule has a sentence, a good fixture that it passes and a bad one that it alone reports, at the right place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import FIXTURES
from rule_cases import CASES, Case

from checking import check_all
from rulebook import RULES


def overlaid(tiny: Path, overlay: Path) -> Path:
    shutil.copytree(overlay, tiny, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return tiny


def test_the_smallest_data_is_clean(tiny: Path) -> None:
    assert check_all(tiny) == []


def test_every_rule_has_fixtures_and_every_fixture_a_rule() -> None:
    assert {p.name for p in (FIXTURES / "rules").iterdir()} == set(RULES)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_good_fixture_passes(rule_id: str, tiny: Path) -> None:
    overlaid(tiny, FIXTURES / "rules" / rule_id / "good")
    assert [str(p) for p in check_all(tiny)] == []


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_bad_fixture_is_reported_where_it_is_bad(rule_id: str, tiny: Path) -> None:
    bad = FIXTURES / "rules" / rule_id / "bad"
    overlaid(tiny, bad)
    alone = None if rule_id == "waiver-unused" else [rule_id]
    found = sorted(str(p) for p in check_all(tiny, alone) if p.rule == rule_id)
    assert found == (bad / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_what_a_lost_row_leaves_behind_is_not_reported(tiny: Path) -> None:
    events = tiny / "events" / "2010.csv"
    events.write_text(
        events.read_text(encoding="utf-8").replace("2010-01-01-blast,", "2010-01-01-blast;"), encoding="utf-8"
    )
    assert [(p.rule, p.line) for p in check_all(tiny)] == [("row-shape", 2), ("rows-read", 0)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.what}")
def test_the_edges_of_a_rule(case: Case, tiny: Path) -> None:
    case.apply(tiny)
    problems = [p for p in check_all(tiny, [case.rule]) if p.rule != "layout"]
    assert {p.rule for p in problems} <= {case.rule}
    assert case.holds(problems), problems


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_every_rule_has_a_sentence(rule_id: str) -> None:
    assert RULES[rule_id].sentence.endswith(".")
    assert len(RULES[rule_id].sentence) > 20
