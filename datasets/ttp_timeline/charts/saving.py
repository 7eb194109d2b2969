"""Write a chart to a file that needs no network."""

from __future__ import annotations

from pathlib import Path

import altair as alt

from ttp_timeline.errors import BadArgumentError

SUFFIXES = (".html", ".png", ".svg")


def save(chart: alt.TopLevelMixin, path: str | Path, *, scale: float = 2) -> Path:
    """Write the chart as PNG (``scale`` pixels per point), SVG or self-contained HTML, by the suffix of ``path``.

    Returns the path; raises BadArgumentError for another suffix or a folder that does not exist.
    """
    target = Path(path)
    if target.suffix not in SUFFIXES:
        raise BadArgumentError(f"a chart is saved as {', '.join(SUFFIXES)}, not as {target.name!r}")
    if not target.parent.is_dir():
        raise BadArgumentError(f"there is no folder {target.parent}")
    unfinished = target.with_name(f".{target.name}.unfinished{target.suffix}")
    try:
        if target.suffix == ".html":
            chart.save(str(unfinished), inline=True)
        else:
            chart.save(str(unfinished), scale_factor=scale if target.suffix == ".png" else 1)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target
