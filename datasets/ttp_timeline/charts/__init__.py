"""Charts of the published tables, on Altair: ``pip install 'ttp-timeline[charts]'``.

Each function takes frames as `ttp_timeline.load` gives them, filtered as you like, or reads the published ones, and returns an
ordinary Altair chart. `save` writes PNG, SVG or an HTML page that needs no network.

>>> from ttp_timeline import charts
>>> charts.save(charts.truce_windows(), "windows.svg")  # doctest: +SKIP
"""

try:
    import altair as _altair  # noqa: F401
except ImportError as error:
    raise ImportError("charts need Altair: pip install 'ttp-timeline[charts]'") from error

from ttp_timeline.charts.calendars import calendar
from ttp_timeline.charts.lanes import lanes
from ttp_timeline.charts.maps import map
from ttp_timeline.charts.saving import save
from ttp_timeline.charts.tolls import tolls
from ttp_timeline.charts.tree import tree
from ttp_timeline.charts.truce_windows import truce_windows

__all__ = ["calendar", "lanes", "map", "save", "tolls", "tree", "truce_windows"]
