"""Rules about places: a point lies in the province and country it is said to lie in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import shapely

from checked_data import CheckedData
from problems import Problem
from rulebook import rule

BOUNDARIES = Path(__file__).with_name("boundaries.geojson")
#: the outlines are generalised to about 2 km; places near a border may fall this far outside, in degrees
TOLERANCE = 0.06


@cache
def outlines() -> dict[str, shapely.Geometry]:
    """Province code -> its outline widened by the tolerance."""
    features = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]
    return {
        f["properties"]["province_code"]: shapely.buffer(shapely.geometry.shape(f["geometry"]), TOLERANCE)
        for f in features
    }


@rule
def check_point_in_province(data: CheckedData) -> Iterable[Problem]:
    """The point of a place lies inside its province, as it is now and as it was before 31 May 2018."""
    places = data.tables["places"]
    columns = [places[c].to_pylist() for c in ("latitude", "longitude", "province_code", "province_before_2018_code")]
    for row, (latitude, longitude, now, then) in enumerate(zip(*columns, strict=True)):
        if latitude is None or longitude is None:
            continue
        point = shapely.Point(longitude, latitude)
        for column, province in (("province_code", now), ("province_before_2018_code", then)):
            outline = outlines().get(province)
            if outline is not None and not outline.contains(point):
                inside = [code for code, o in outlines().items() if o.contains(point)]
                yield data.problem(
                    "places",
                    row,
                    "latitude",
                    f"{latitude}, {longitude} is outside {province} ({column})",
                    f"a point inside {province}" + (f"; this one is in {' or '.join(inside)}" if inside else ""),
                )
                break


@rule
def check_province_known(data: CheckedData) -> Iterable[Problem]:
    """A place below the country in Pakistan or Afghanistan names its province, now and then, and has both coordinates or none."""
    known = ", ".join(f"'{code}'" for code in outlines())
    yield from data.find(
        "places",
        "province_code",
        "the ISO 3166-2 code of its province",
        "SELECT _row, 'no province' FROM places WHERE country_code IN ('PK', 'AF') AND place_type <> 'country' "
        "AND (province_code IS NULL OR province_before_2018_code IS NULL)",
    )
    yield from data.find(
        "places",
        "province_code",
        "a province of that country",
        f"SELECT _row, province_code || ' is not in ' || country_code || ' or is no province' FROM places WHERE province_code IS NOT NULL "
        f"AND (province_code NOT LIKE country_code || '-%' OR province_before_2018_code NOT LIKE country_code || '-%' "
        f"OR (country_code IN ('PK', 'AF') AND (province_code NOT IN ({known}) OR province_before_2018_code NOT IN ({known}))) "
        f"OR province_code = 'PK-TA')",
    )
    yield from data.find(
        "places",
        "latitude",
        "both coordinates or none, and where they are from",
        "SELECT _row, 'half a position' FROM places WHERE (latitude IS NULL) <> (longitude IS NULL) "
        "OR (latitude IS NULL) <> (coordinate_source IS NULL)",
    )
