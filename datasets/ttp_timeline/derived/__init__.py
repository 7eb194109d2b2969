"""Tables that follow from other published tables: one module each, with a function of the module's name.

The build writes them; ``load(…, as_of=…)`` computes them again from what was known by that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttp_timeline.derived.days import days
from ttp_timeline.derived.timeline import timeline
from ttp_timeline.derived.truce_windows import truce_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    Derivation = Callable[[Mapping[str, pa.Table]], pa.Table]

DERIVED: dict[str, Derivation] = {"days": days, "timeline": timeline, "truce_windows": truce_windows}
