"""Tables that follow from other published tables: one module each, with a function of the module's name.

The build writes them; ``load(…, as_of=…)`` computes them again from what was known by that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ttp_timeline.derived import days, timeline, truce_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa


class Derivation(NamedTuple):
    """How a table follows from others: the function, and the columns that it reads of each of them.

    ``is_by_event``: the rows of some events follow from these events alone, so it may be computed in parts.
    """

    compute: Callable[[Mapping[str, pa.Table]], pa.Table]
    needs: Mapping[str, tuple[str, ...]]
    is_by_event: bool = False


DERIVED = {
    "days": Derivation(days.days, days.NEEDS),
    "timeline": Derivation(timeline.timeline, timeline.NEEDS, is_by_event=True),
    "truce_windows": Derivation(truce_windows.truce_windows, truce_windows.NEEDS),
}
