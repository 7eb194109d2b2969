"""Outlines of provinces and districts, generalised to about 2 km, for checks and maps; not for navigation or law.

Districts are those of about 2012, from the public-domain drawing "Pakistan Districts" by Schajee (Wikimedia Commons),
placed on the globe by fitting its outline to that of the provinces (they then differ by 1.1 % of the area); frontier regions belong to
the district they joined in 2018. ``PK-TA`` are the tribal areas until 31 May 2018, which ``PK-KP`` holds as well.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def outlines(level: str) -> dict[str, dict[str, Any]]:
    """Name -> GeoJSON geometry (degrees, WGS 84) of a level: "province" (ISO 3166-2 codes) or "district" (names).

    Outer rings run clockwise, as drawing libraries that work on the sphere expect.
    """
    import json
    from pathlib import Path

    features = json.loads(Path(__file__).with_suffix(".geojson").read_text(encoding="utf-8"))["features"]
    return {f["properties"]["name"]: f["geometry"] for f in features if f["properties"]["level"] == level}
