"""Rows with a point, for maps: GeoJSON and KML. Rows without coordinates are left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as xml

from ttp_timeline.exports.tabular import only

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

_KML = "http://www.opengis.net/kml/2.2"


def write_geojson(data: Mapping[str, pa.Table], path: Path) -> None:
    """A FeatureCollection of points, WGS 84; the row's cells are the properties."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.pop("longitude"), row.pop("latitude")]},
            "properties": row,
        }
        for row in _located(only(data))
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, default=str, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_kml(data: Mapping[str, pa.Table], path: Path) -> None:
    """A placemark a row: name, description, its days as a TimeSpan, the other cells as ExtendedData."""
    (name,) = data
    root = xml.Element("kml", xmlns=_KML)
    document = xml.SubElement(root, "Document")
    xml.SubElement(document, "name").text = f"ttp-timeline: {name}"
    for row in _located(only(data)):
        mark = xml.SubElement(document, "Placemark")
        xml.SubElement(mark, "name").text = row.get("title") or row.get("place_name")
        if row.get("summary"):
            xml.SubElement(mark, "description").text = row["summary"]
        if row.get("start_date"):
            span = xml.SubElement(mark, "TimeSpan")
            xml.SubElement(span, "begin").text = row["start_date"].isoformat()
            if row.get("end_date"):
                xml.SubElement(span, "end").text = row["end_date"].isoformat()
        extended = xml.SubElement(mark, "ExtendedData")
        for key, value in row.items():
            if value is not None and key not in ("title", "summary", "latitude", "longitude"):
                cell = xml.SubElement(extended, "Data", name=key)
                xml.SubElement(cell, "value").text = ";".join(value) if isinstance(value, list) else str(value)
        point = xml.SubElement(mark, "Point")
        xml.SubElement(point, "coordinates").text = f"{row['longitude']},{row['latitude']}"
    xml.indent(root)
    xml.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _located(table: pa.Table) -> Iterator[dict[str, Any]]:
    for row in table.to_pylist():
        if row["latitude"] is not None and row["longitude"] is not None:
            yield row
