"""The list of rules: each has an id, a sentence and, unless a reader finds it on its way, a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from problems import Problem
    from store import Store

    Check = Callable[[Store], Iterable[Problem]]


@dataclass(frozen=True)
class Rule:
    """A rule's id, its sentence for people, and the function that finds what breaks it."""

    rule_id: str
    sentence: str
    check: Any = None


RULES: dict[str, Rule] = {}


def declare(rule_id: str, sentence: str) -> str:
    """Enter a rule that is found while files are read or cells are cast; returns its id."""
    RULES[rule_id] = Rule(rule_id, sentence)
    return rule_id


def rule(check: Check) -> Check:
    """Enter a check function: ``check_interval_order`` becomes rule ``interval-order``, its docstring the sentence."""
    rule_id = check.__name__.removeprefix("check_").replace("_", "-")
    sentence = " ".join((check.__doc__ or "").split())
    if not sentence:
        raise ValueError(f"rule {rule_id} has no sentence: give {check.__name__} a docstring")
    RULES[rule_id] = Rule(rule_id, sentence, check)
    return check
