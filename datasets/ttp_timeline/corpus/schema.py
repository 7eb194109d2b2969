"""The one shape that every corpus is read into."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """A column of a corpus: its Arrow type, what it holds, and whether every row has it."""

    type: pa.DataType
    description: str
    required: bool = False


SCHEMA = {
    "provider": Column(pa.string(), "Who publishes the corpus, such as 'ucdp'.", True),
    "version": Column(
        pa.string(), "Version of the corpus as its provider names it, such as '22.1'; empty if not known."
    ),
    "corpus_id": Column(pa.string(), "The provider's id of the event.", True),
    "start_date": Column(pa.date32(), "First day of the event.", True),
    "end_date": Column(pa.date32(), "Last day of the event.", True),
    "date_precision": Column(pa.int32(), "UCDP's date_prec: 1 day, 2 two to six days, 3 week, 4 month, 5 year."),
    "latitude": Column(pa.float64(), "Latitude in degrees, WGS 84."),
    "longitude": Column(pa.float64(), "Longitude in degrees, WGS 84."),
    "where_precision": Column(
        pa.int32(), "UCDP's where_prec: 1 place, 2 near it, 3 district, 4 province, 5 area, 6 country, 7 unclear."
    ),
    "place_name": Column(pa.string(), "Place as the provider names it."),
    "district_name": Column(
        pa.string(), "District without the words district or agency, spelled as in the table places."
    ),
    "country": Column(pa.string(), "Country as the provider names it.", True),
    "side_a_id": Column(pa.string(), "The provider's id of the first side."),
    "side_a": Column(pa.string(), "First side: a state if one takes part."),
    "side_b_id": Column(pa.string(), "The provider's id of the second side."),
    "side_b": Column(pa.string(), "Second side; civilians in one-sided violence."),
    "killed_low": Column(pa.int32(), "Least people killed."),
    "killed_best": Column(pa.int32(), "People killed, best estimate."),
    "killed_high": Column(pa.int32(), "Most people killed."),
}
ARROW = pa.schema([pa.field(name, column.type, nullable=not column.required) for name, column in SCHEMA.items()])
