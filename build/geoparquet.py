"""GeoParquet 1.1: a table's points as WKB in a ``geometry`` column, with the ``geo`` metadata of the standard."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import shapely


def write_geoparquet(table: pa.Table, path: Path) -> None:
    """Write a table with ``latitude`` and ``longitude`` (degrees, WGS 84) as GeoParquet; a row without a point keeps none."""
    degrees = zip(table["longitude"].to_pylist(), table["latitude"].to_pylist(), strict=True)
    places = [None if None in point else shapely.Point(point) for point in degrees]
    points = [p for p in places if p is not None]
    geometry = pa.array([None if p is None else shapely.to_wkb(p, flavor="iso") for p in places], pa.binary())
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["Point"],
                "bbox": shapely.total_bounds(points).tolist(),  # no crs: OGC:CRS84, longitude first, is the default
            }
        },
    }
    with_points = table.append_column("geometry", geometry)
    metadata = {**(table.schema.metadata or {}), b"geo": json.dumps(geo).encode()}
    pq.write_table(with_points.replace_schema_metadata(metadata), path, compression="zstd", version="2.6")
