"""Rules about places: each stands once, and its point lies in the district and province it is said to lie in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import shapely

from problems import Problem
from rulebook import rule
from store import Finding, Store
from ttp_timeline.outlines import outlines

#: how far outside its outline, in degrees, a place may fall: outlines are generalised, districts the more so
TOLERANCE = {"province": 0.06, "district": 0.1}


@cache
def widened(level: str) -> dict[str, shapely.Geometry]:
    """Name -> outline of a level ("province", "district") widened by its tolerance."""
    shapes = {name: shapely.geometry.shape(outline) for name, outline in outlines(level).items()}
    return {name: shapely.buffer(shape, TOLERANCE[level]) for name, shape in shapes.items()}


@rule
def check_point_in_province(data: Store) -> Iterable[Problem]:
    """The point of a place lies inside its province, as it is now and as it was before 31 May 2018."""
    yield from _outside(data, "province", ("province_code", "province_before_2018_code"))


@rule
def check_point_in_district(data: Store) -> Iterable[Problem]:
    """The point of a place lies inside its district, or within ten kilometres of the district's generalised outline."""
    yield from _outside(data, "district", ("district_name",))


def _outside(data: Store, level: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    """At most one problem a place: its point lies outside the area that one of the columns names."""
    areas = widened(level)
    placed = data.rows(
        f"SELECT _row, latitude, longitude, {', '.join(columns)} FROM places "
        "WHERE latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY _row"
    )
    yield from data.problems("places", (f for row in placed if (f := _misplaced(areas, columns, *row))))


def _misplaced(
    areas: dict[str, shapely.Geometry],
    columns: tuple[str, ...],
    row: int,
    latitude: float,
    longitude: float,
    *names: str,
) -> Finding | None:
    point = shapely.Point(longitude, latitude)
    for column, name in zip(columns, names, strict=True):
        if name in areas and not areas[name].contains(point):
            inside = " or ".join(other for other, area in areas.items() if area.contains(point))
            expected = f"a point inside {name}" + (f"; this one is in {inside}" if inside else "")
            return Finding(row, "latitude", f"{latitude}, {longitude} is outside {name} ({column})", expected)
    return None


@rule
def check_province_known(data: Store) -> Iterable[Problem]:
    """A place below the country in Pakistan or Afghanistan names its province, now and then, and has both coordinates or none."""
    known = ", ".join(f"'{code}'" for code in outlines("province"))
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


@rule
def check_place_once(data: Store) -> Iterable[Problem]:
    """No two places below a district stand under two spellings: names that differ in vowels, h, y and spaces only."""
    # "Hurmaz" and "Hurmuz", "Kari Kot" and "Karikot": papers spell Pashto and Balochi names by ear
    sound = "regexp_replace(lower(strip_accents(place_name)), '[^b-df-gj-np-tv-xz]', '', 'g')"
    yield from data.find(
        "places",
        "place_name",
        "one place, its other spelling mapped to it",
        f"WITH heard AS (SELECT _row, place_id, place_name, {sound} AS sound, coalesce(district_name, province_code, country_code) AS area "
        "FROM places WHERE place_type NOT IN ('district', 'province', 'country')) "
        "SELECT b._row, b.place_name || ' sounds like ' || a.place_id FROM heard a "
        "JOIN heard b ON a.sound = b.sound AND a.sound <> '' AND a.area = b.area AND a.place_id < b.place_id ORDER BY ALL",
    )
