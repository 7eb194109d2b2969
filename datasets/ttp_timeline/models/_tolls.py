"""The counted sides of a toll, shared by the models of events and reports and by the toll rule."""

from typing import Any

from ttp_timeline.models._model import derived
from ttp_timeline.toll_rule import MEASURES

_WORDS = {
    "low": "least figure that a report gives",
    "best": "figure chosen by the toll rule or by a decision",
    "high": "highest figure that a report gives",
}


def toll(measure: str, bound: str) -> Any:
    """A low, best or high figure, which follows from the reports and is never typed."""
    title = f"{MEASURES[measure].title}, {bound}"
    return derived(
        f"toll {measure} {bound}", title, f"{MEASURES[measure].title}: {_WORDS[bound]}.", unit="people", ge=0
    )
